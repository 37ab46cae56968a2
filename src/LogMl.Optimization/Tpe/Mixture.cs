using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// A density over the whole tree of parameters: a mixture of the prior and one kernel for each of some trials. A kernel is a product over
/// the parameters that exist at a point. The factor of a number is a truncated normal density around the coordinate of the trial; for
/// integers and quantized numbers it contains a share of the prior. The factor of a choice is the option of the trial with a share of the
/// prior. The factor of a parameter that the trial does not have is the prior.
/// </summary>
/// <remarks>
/// Each kernel is a distribution over the tree, so the mixture integrates to 1. All kernels have the same bandwidth on an axis.
/// </remarks>
internal sealed class Mixture
{
    // If cells are wider than this number of bandwidths, a kernel is integrated over the cell. For narrower cells, the density at the
    // middle differs by at most a hundredth (h^2/24 of the second derivative).
    private const double FineCell = 0.5;

    private readonly DensityAxis[] _axes;
    private readonly Observations _observations;
    private readonly KernelNorms? _norms;
    private readonly int _capacity;
    private readonly double[] _weights;

    // For each kernel: the logarithm of its weight, with the norms of the shared axes, and the logarithm of its density at a point.
    private readonly double[] _logWeights;
    private readonly double[] _terms;

    // The scaled centers of the axes that all trials have (numbers outside of branches), a row for each.
    private readonly double[] _sharedCenters;
    private readonly double[] _point;
    private readonly double[]?[] _centers;
    private readonly double[]?[] _axisNorms;
    private readonly CellRows?[] _rows;
    private int _padded;
    private int _sharedCount;

    /// <param name="observations">The coordinates of the trials.</param>
    /// <param name="capacity">The largest number of kernels.</param>
    /// <param name="keepNorms">Whether to cache norms, which pays if the bandwidths rarely change.</param>
    public Mixture(Observations observations, int capacity, bool keepNorms)
    {
        _axes = observations.Axes;
        _observations = observations;
        _norms = keepNorms ? new KernelNorms(observations) : null;
        _capacity = KernelSums.Padded(capacity);
        Trials = new int[_capacity];
        _weights = new double[_capacity];
        _logWeights = new double[_capacity];
        _terms = new double[_capacity];
        Bandwidths = new double[_axes.Length];
        Smoothing = new double[_axes.Length];
        _sharedCenters = new double[_axes.Count(axis => axis is { Choice: null, Parameter.Parent: null }) * _capacity];
        _point = new double[_axes.Length];
        _centers = new double[]?[_axes.Length];
        _axisNorms = new double[]?[_axes.Length];
        _rows = new CellRows?[_axes.Length];
    }

    /// <summary>The trials of the kernels; the first <see cref="Count"/> are in use.</summary>
    public int[] Trials { get; }

    public int Count { get; private set; }

    /// <summary>The weight of each kernel. Together with the weight of the prior they sum to 1.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, Count);

    public double PriorWeight { get; private set; }

    /// <summary>
    /// For each axis, the bandwidth of a number in units of the axis, or the share of the prior in the kernels of a choice.
    /// </summary>
    public double[] Bandwidths { get; }

    /// <summary>
    /// For each axis, the share of the prior in the kernels of an integer or a quantized number. It is 0 for continuous numbers, and for
    /// cells that are so narrow that the kernels reach across them.
    /// </summary>
    public double[] Smoothing { get; }

    public DensityAxis[] Axes => _axes;

    /// <summary>Removes all kernels.</summary>
    public void Clear() => Count = 0;

    public void Add(int trial, double weight)
    {
        Trials[Count] = trial;
        _weights[Count++] = weight;
    }

    public void SetWeight(int kernel, double weight) => _weights[kernel] = weight;

    public double Coordinate(int axis, int kernel) => _observations.Coordinates(axis)[Trials[kernel]];

    /// <summary>Whether kernels must be integrated over the cells of an axis.</summary>
    public bool IsCoarse(int axis) => _axes[axis].WidestCell > FineCell * Bandwidths[axis];

    /// <summary>Completes a fit, after all kernels have been added and <see cref="Bandwidths"/> have been set.</summary>
    /// <param name="priorWeight">The weight of the prior, in the unit of the weights of the kernels.</param>
    /// <param name="isCoarse">For each axis, whether kernels are integrated over its cells.</param>
    public void Prepare(double priorWeight, ReadOnlySpan<bool> isCoarse)
    {
        _padded = KernelSums.Padded(Count);
        Normalize(priorWeight);
        _sharedCount = 0;
        for (var k = 0; k < _padded; k++)
        {
            _logWeights[k] = k < Count ? DensityAxis.LogOf(_weights[k]) : double.NegativeInfinity;
        }

        for (var a = 0; a < _axes.Length; a++)
        {
            Smoothing[a] = isCoarse[a] ? Smoothing[a] : 0;
            if (_axes[a].Choice is not null)
            {
                CopyCenters(a, 1);
            }
            else if (isCoarse[a])
            {
                (_rows[a] ??= new CellRows(_capacity)).Clear();
            }
            else if (_axes[a].Parameter.Parent is null)
            {
                PrepareShared(a);
            }
            else
            {
                CopyCenters(a, 1 / Bandwidths[a]);
                CopyNorms(a);
            }
        }
    }

    /// <summary>The logarithm of the density at a point. For coarse axes, the density is replaced by the probability of the cell.</summary>
    /// <param name="coordinates">The coordinate of each parameter, NaN for one that does not exist at the point.</param>
    /// <param name="values">The values of the parameters.</param>
    /// <param name="isCoarse">The same as for <see cref="Prepare"/>.</param>
    public double LogDensity(ReadOnlySpan<double> coordinates, ReadOnlySpan<double> values, ReadOnlySpan<bool> isCoarse)
    {
        var terms = _terms.AsSpan(0, _padded);
        _logWeights.AsSpan(0, _padded).CopyTo(terms);
        var prior = DensityAxis.LogOf(PriorWeight);
        var shared = 0;
        for (var a = 0; a < _axes.Length; a++)
        {
            var x = coordinates[a];
            if (double.IsNaN(x))
            {
                continue;
            }

            var logPrior = isCoarse[a] ? _axes[a].LogPriorMass(values[a]) : _axes[a].LogPrior(x);
            prior += logPrior;
            if (_axes[a].Choice is { } choice)
            {
                var share = Bandwidths[a] * choice.Probabilities[(int)x];
                KernelSums.AddOptions(
                    Row(_centers[a]), x, DensityAxis.LogOf(1 - Bandwidths[a] + share), DensityAxis.LogOf(share), logPrior, terms);
            }
            else if (isCoarse[a])
            {
                KernelSums.AddRow(_rows[a]!.Of(this, a, values[a], logPrior, _padded), terms);
            }
            else if (_axes[a].Parameter.Parent is null)
            {
                _point[shared++] = x / Bandwidths[a];
            }
            else
            {
                KernelSums.AddNormals(Row(_centers[a]), Row(_axisNorms[a]), x / Bandwidths[a], logPrior, terms);
            }
        }

        KernelSums.SubtractDistances(_sharedCenters, _capacity, _point.AsSpan(0, shared), terms);
        return KernelSums.LogSumExp(prior, terms);
    }

    /// <summary>The logarithm of the density (or the probability of the cell) of one kernel on one axis.</summary>
    public double LogKernel(int kernel, int axis, double coordinate, double value, bool isCoarse)
    {
        var center = Coordinate(axis, kernel);
        if (double.IsNaN(center))
        {
            return isCoarse ? _axes[axis].LogPriorMass(value) : _axes[axis].LogPrior(coordinate);
        }

        var width = Bandwidths[axis];
        if (_axes[axis].Choice is { } choice)
        {
            return DensityAxis.LogOf((coordinate == center ? 1 - width : 0) + width * choice.Probabilities[(int)coordinate]);
        }

        var norm = Norm(axis, Trials[kernel]);
        if (isCoarse)
        {
            (var low, var high) = _axes[axis].Cell(value);
            var share = Smoothing[axis];
            var mass = StandardNormal.Mass((low - center) / width, (high - center) / width);
            var logMass = DensityAxis.LogOf(mass) + norm + StandardNormal.LogSqrtTwoPi + PortableMath.Log(width);
            return DensityAxis.LogOf((1 - share) * PortableMath.Exp(logMass) + share * PortableMath.Exp(_axes[axis].LogPriorMass(value)));
        }

        var z = (coordinate - center) / width;
        return norm - z * z / 2;
    }

    private double Norm(int axis, int trial) => _norms is null
        ? KernelNorms.Compute(_axes[axis], _observations.Coordinates(axis)[trial], Bandwidths[axis])
        : _norms.Of(axis, trial, Bandwidths[axis]);

    private ReadOnlySpan<double> Row(double[]? row) => row.AsSpan(0, _padded);

    private void Normalize(double priorWeight)
    {
        var total = priorWeight;
        for (var k = 0; k < Count; k++)
        {
            total += _weights[k];
        }

        for (var k = 0; k < Count; k++)
        {
            _weights[k] /= total;
        }

        PriorWeight = priorWeight / total;
    }

    // Every trial has this axis. So its norms are added to the weights, and one loop computes all such axes.
    private void PrepareShared(int axis)
    {
        var column = _observations.Coordinates(axis);
        var scale = 1 / Bandwidths[axis];
        var row = _sharedCenters.AsSpan(_sharedCount++ * _capacity, _padded);
        row.Clear();
        for (var k = 0; k < Count; k++)
        {
            var trial = Trials[k];
            row[k] = column[trial] * scale;
            _logWeights[k] += Norm(axis, trial);
        }
    }

    private void CopyCenters(int axis, double scale)
    {
        var column = _observations.Coordinates(axis);
        var row = _centers[axis] ??= new double[_capacity];
        for (var k = 0; k < _padded; k++)
        {
            row[k] = k < Count ? column[Trials[k]] * scale : double.NaN;
        }
    }

    private void CopyNorms(int axis)
    {
        var row = _axisNorms[axis] ??= new double[_capacity];
        var column = _observations.Coordinates(axis);
        for (var k = 0; k < _padded; k++)
        {
            row[k] = k < Count && !double.IsNaN(column[Trials[k]]) ? Norm(axis, Trials[k]) : 0;
        }
    }
}

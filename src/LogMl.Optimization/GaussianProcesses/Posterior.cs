using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The process conditioned on observations: its mean and variance at any point (Rasmussen, Williams 2006, eq. 2.23 to 2.26). Pending points
/// (running trials) only reduce the variance, as if the mean had been observed there (D. Ginsbourger, R. Le Riche, L. Carraro, "Kriging is
/// well-suited to parallelize optimization", 2010: the kriging believer).
/// </summary>
internal sealed class Posterior(Kernel kernel)
{
    // The lower limit of the variance at a point, relative to the variance of the process.
    private const double VarianceFloor = 1e-12;

    private readonly double _noise = kernel.Hyperparameters.Noise;
    private readonly double[][] _columns = new double[kernel.FeatureCount][];
    private readonly CholeskyFactor _factor = new();
    private double[] _alpha = [];
    private double[] _covariances = [];
    private double[] _additive = [];
    private double[] _slopes = [];
    private double[] _solved = [];
    private double _mean;

    /// <summary>The number of points.</summary>
    public int Count => _factor.Count;

    /// <summary>The number of points with an observation. They come before the pending ones.</summary>
    public int ObservedCount { get; private set; }

    public Kernel Kernel => kernel;

    /// <summary>Removes all points from <paramref name="count"/> on.</summary>
    public void Truncate(int count) => _factor.Truncate(count);

    /// <summary>Adds a point.</summary>
    /// <param name="row">The features of the point.</param>
    /// <param name="isPending">
    /// Whether the point is pending. A pending point counts as noise-free, so that the same point is not proposed a second time.
    /// </param>
    public void Append(ReadOnlySpan<double> row, bool isPending = false)
    {
        Reserve(Count + 1);
        for (var d = 0; d < _columns.Length; d++)
        {
            _columns[d][Count] = row[d];
        }

        var k = _covariances.AsSpan(0, RowMath.Padded(Count + 1));
        Covariances(row, k, []);
        k[Count] += isPending ? 0 : _noise;
        _factor.Append(k[..(Count + 1)], kernel.Variance * VarianceFloor + (isPending ? 0 : _noise / 2));
    }

    /// <summary>Sets the observations of the first points. The other points are pending.</summary>
    /// <param name="targets">The observations.</param>
    public void Observe(ReadOnlySpan<double> targets)
    {
        ObservedCount = targets.Length;
        Array.Clear(_alpha);
        var alpha = _alpha.AsSpan(0, targets.Length);
        _mean = ConstantMean.Of(_factor, targets, alpha);
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = targets[i] - _mean;
        }

        _factor.SolveLower(alpha);
        _factor.SolveUpper(alpha);
    }

    /// <summary>The mean at an observed point: the observation minus its estimated noise.</summary>
    public double MeanAt(int i, double target) => target - _noise * _alpha[i];

    /// <summary>The mean and the variance of the noise-free process at a point.</summary>
    public (double Mean, double Variance) At(ReadOnlySpan<double> row)
    {
        var k = _covariances.AsSpan(0, RowMath.Padded(Count));
        Covariances(row, k, []);
        var mean = _mean + RowMath.Dot(_alpha.AsSpan(0, ObservedCount), k[..ObservedCount]);
        var v = k[..Count];
        _factor.SolveLower(v);
        return (mean, Math.Max(kernel.Variance - RowMath.Dot(v, v), VarianceFloor * kernel.Variance));
    }

    /// <summary>The mean and the variance, with their derivatives by some of the features.</summary>
    /// <param name="row">The features of the point.</param>
    /// <param name="features">The features by which to differentiate, which must be numbers.</param>
    /// <param name="meanSlopes">Receives the derivatives of the mean.</param>
    /// <param name="varianceSlopes">Receives the derivatives of the variance.</param>
    public (double Mean, double Variance) At(
        ReadOnlySpan<double> row, ReadOnlySpan<int> features, Span<double> meanSlopes, Span<double> varianceSlopes)
    {
        var padded = RowMath.Padded(Count);
        var k = _covariances.AsSpan(0, padded);
        Covariances(row, k, _slopes.AsSpan(0, padded));
        var mean = _mean + RowMath.Dot(_alpha.AsSpan(0, ObservedCount), k[..ObservedCount]);
        var v = _solved.AsSpan(0, Count);
        k[..Count].CopyTo(v);
        _factor.SolveLower(v);
        var variance = kernel.Variance - RowMath.Dot(v, v);
        _factor.SolveUpper(v);
        _solved.AsSpan(Count, padded - Count).Clear();
        for (var f = 0; f < features.Length; f++)
        {
            var d = features[f];
            (var byMean, var byVariance) = kernel.FeatureSlopes(
                d, _columns[d], row[d], _alpha.AsSpan(0, padded), _solved.AsSpan(0, padded), _slopes.AsSpan(0, padded));
            meanSlopes[f] = byMean;
            varianceSlopes[f] = -2 * byVariance;
        }

        return (mean, Math.Max(variance, VarianceFloor * kernel.Variance));
    }

    private void Covariances(ReadOnlySpan<double> row, Span<double> k, Span<double> slopes)
    {
        var additive = _additive.AsSpan(0, k.Length);
        kernel.Covariances(_columns, row, k, additive, slopes);
        RowMath.AddScaled(k, 1, additive);
    }

    private void Reserve(int count)
    {
        if (count <= _covariances.Length)
        {
            return;
        }

        var capacity = Math.Max(64, RowMath.Padded(2 * count));
        for (var d = 0; d < _columns.Length; d++)
        {
            Array.Resize(ref _columns[d], capacity);
        }

        Array.Resize(ref _alpha, capacity);
        _covariances = new double[capacity];
        _additive = new double[capacity];
        _slopes = new double[capacity];
        _solved = new double[capacity];
    }
}

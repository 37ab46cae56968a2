using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The process given the observations: mean and variance at any point (Rasmussen, Williams 2006, eq. 2.23 to 2.26). Points that are being
/// evaluated count for the variance alone, as if the mean had been observed there (D. Ginsbourger, R. Le Riche, L. Carraro, "Kriging is
/// well-suited to parallelize optimization", 2010: the kriging believer).
/// </summary>
internal sealed class Posterior
{
    private const double SmallestPivot = 1e-10;

    private readonly Kernel _kernel;
    private readonly double[][] _columns;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _alpha; // padded with zeros up to the pending points
    private readonly double[] _covariances;
    private readonly double[] _additive;
    private readonly double[] _slopes;
    private readonly double[] _solved;
    private readonly double _mean;
    private readonly double _noise;
    private int _count;

    /// <summary>Conditions the process.</summary>
    /// <param name="data">The observations.</param>
    /// <param name="hyperparameters">The hyper-parameters.</param>
    /// <param name="pendingCapacity">How many points under evaluation can be added.</param>
    public Posterior(TrainingSet data, Hyperparameters hyperparameters, int pendingCapacity)
    {
        _kernel = new Kernel(data.IsChoice, hyperparameters);
        _noise = hyperparameters.Noise;
        int capacity = VectorMath.Padded(data.Count + pendingCapacity);
        _columns = new double[data.Columns.Length][];
        for (int d = 0; d < _columns.Length; d++)
        {
            _columns[d] = new double[capacity];
            data.Columns[d].AsSpan(0, data.Count).CopyTo(_columns[d]);
        }

        _covariances = new double[capacity];
        _additive = new double[capacity];
        _slopes = new double[capacity];
        _solved = new double[capacity];
        var row = new double[_columns.Length];
        for (int i = 0; i < data.Count; i++)
        {
            data.Row(i, row);
            Append(row);
        }

        Observed = data.Count;
        _alpha = new double[capacity];
        Span<double> alpha = _alpha.AsSpan(0, data.Count);
        _mean = ConstantMean.Of(_factor, data.Targets, alpha);
        for (int i = 0; i < alpha.Length; i++)
        {
            alpha[i] = data.Targets[i] - _mean;
        }

        _factor.SolveLower(alpha);
        _factor.SolveUpper(alpha);
        ObservedMeans = new double[data.Count];
        for (int i = 0; i < alpha.Length; i++)
        {
            ObservedMeans[i] = data.Targets[i] - _noise * _alpha[i];
        }
    }

    /// <summary>The number of observations.</summary>
    public int Observed { get; }

    /// <summary>The mean at each observed point: what was observed, less the noise.</summary>
    public double[] ObservedMeans { get; }

    /// <summary>Counts a point as being evaluated.</summary>
    public void AddPending(ReadOnlySpan<double> row) => Append(row);

    /// <summary>The mean and the variance of the process at a point.</summary>
    public (double Mean, double Variance) At(ReadOnlySpan<double> row)
    {
        Span<double> k = _covariances.AsSpan(0, VectorMath.Padded(_count));
        Covariances(row, k, []);
        double mean = _mean + VectorMath.Dot(_alpha.AsSpan(0, Observed), k[..Observed]);
        Span<double> v = k[.._count];
        _factor.SolveLower(v);
        return (mean, Math.Max(_kernel.Variance - VectorMath.Dot(v, v), 1e-12 * _kernel.Variance));
    }

    /// <summary>The same with the derivatives by the features that are numbers.</summary>
    /// <param name="row">The features of the point.</param>
    /// <param name="features">The features by which to differentiate.</param>
    /// <param name="meanSlopes">Gets the derivatives of the mean.</param>
    /// <param name="varianceSlopes">Gets the derivatives of the variance.</param>
    public (double Mean, double Variance) At(
        ReadOnlySpan<double> row, ReadOnlySpan<int> features, Span<double> meanSlopes, Span<double> varianceSlopes)
    {
        int padded = VectorMath.Padded(_count);
        Span<double> k = _covariances.AsSpan(0, padded);
        Covariances(row, k, _slopes.AsSpan(0, padded));
        double mean = _mean + VectorMath.Dot(_alpha.AsSpan(0, Observed), k[..Observed]);
        Span<double> v = _solved.AsSpan(0, _count);
        k[.._count].CopyTo(v);
        _factor.SolveLower(v);
        double variance = _kernel.Variance - VectorMath.Dot(v, v);
        _factor.SolveUpper(v);
        _solved.AsSpan(_count, padded - _count).Clear();
        for (int f = 0; f < features.Length; f++)
        {
            int d = features[f];
            (double byMean, double byVariance) = _kernel.PlaceSlopes(
                d, _columns[d], row[d], _alpha.AsSpan(0, padded), _solved.AsSpan(0, padded), _slopes.AsSpan(0, padded));
            meanSlopes[f] = byMean;
            varianceSlopes[f] = -2 * byVariance;
        }

        return (mean, Math.Max(variance, 1e-12 * _kernel.Variance));
    }

    private void Append(ReadOnlySpan<double> row)
    {
        for (int d = 0; d < _columns.Length; d++)
        {
            _columns[d][_count] = row[d];
        }

        Span<double> k = _covariances.AsSpan(0, VectorMath.Padded(_count + 1));
        Covariances(row, k, []);
        k[_count] += _noise;
        _factor.Append(k[..(_count + 1)], SmallestPivot);
        _count++;
    }

    private void Covariances(ReadOnlySpan<double> row, Span<double> k, Span<double> slopes)
    {
        Span<double> additive = _additive.AsSpan(0, k.Length);
        _kernel.Covariances(_columns, row, k, additive, slopes);
        VectorMath.AddScaled(k, 1, additive);
    }
}

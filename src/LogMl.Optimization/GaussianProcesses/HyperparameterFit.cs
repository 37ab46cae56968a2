using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The hyper-parameters with the largest posterior density, which is the marginal likelihood (Rasmussen, Williams 2006, eq. 5.8 and 5.9)
/// times the priors. The mean of the process is the constant with the largest likelihood.
/// </summary>
internal sealed class HyperparameterFit
{
    private const double SmallestNoise = 1e-7;

    // The lower limit of a squared diagonal element of the Cholesky factor, which keeps the matrix invertible when points are equal.
    private const double SmallestPivot = 1e-10;

    // The bounds, to both sides of 0, of the logarithms of the weights 1 / (length scale)^2 and of the variances.
    private const double WeightBound = 12;
    private const double VarianceBound = 6;

    // The priors are all log-normal. The length scales of the joint kernel grow with the square root of the number D of dimensions, as in
    // C. Hvarfner, E. Hellsten, L. Nardi, "Vanilla Bayesian optimization performs great in high dimensions", ICML 2024. The mean of their
    // logarithm is ln(D) / 2 here, and sqrt(2) + ln(D) / 2 there (docs/gp-ablation.md). The length scales of the additive kernel may be
    // shorter, because all points inform each of its one-dimensional effects. The priors of the variances are wide. The prior of the noise
    // prefers small values.
    private const double LogScaleMean = 0;
    private const double LogScaleSigma = 1.7320508075688772;
    private const double AdditiveLogScaleMean = -0.7;
    private const double LogVarianceSigma = 3;
    private const double AdditiveLogVarianceMean = -1;
    private const double AdditiveLogVarianceSigma = 2;
    private const double LogNoiseMean = -9;
    private const double LogNoiseSigma = 3;

    // The starting points of the fit: a smooth process with little noise, and a smoother one with more noise.
    private static readonly (double Scale, double Noise)[] Starts = [(0.4, 1e-3), (1.5, 0.1)];

    private static readonly LimitedMemoryBfgs Descent = new(memory: 8, maxIterations: 40, tolerance: 1e-4);

    private readonly TrainingSet _data;
    private readonly int _features;
    private readonly double _logScaleMean;
    private readonly double[][] _slopes;
    private readonly double[][] _joint;
    private readonly double[][] _additive;
    private readonly double[] _alpha;
    private readonly double[] _ones;

    private HyperparameterFit(TrainingSet data)
    {
        _data = data;
        _features = data.Columns.Length;
        _logScaleMean = LogScaleMean + PortableMath.Log(Math.Max(1, _features)) / 2;
        _slopes = new double[data.Count][];
        _joint = new double[data.Count][];
        _additive = new double[data.Count][];
        for (var i = 0; i < data.Count; i++)
        {
            _slopes[i] = new double[RowMath.Padded(i + 1)];
            _joint[i] = new double[RowMath.Padded(i + 1)];
            _additive[i] = new double[RowMath.Padded(i + 1)];
        }

        _alpha = new double[data.Count];
        _ones = new double[data.Count];
    }

    /// <summary>Fits the hyper-parameters.</summary>
    /// <param name="data">The points with their targets; at least two.</param>
    public static Hyperparameters Fit(TrainingSet data) => new HyperparameterFit(data).Run();

    // The order of the logarithms of the hyper-parameters: weights, additive weights, variance, additive variance, noise.
    private int VarianceIndex => 2 * _features;

    private int NoiseIndex => 2 * _features + 2;

    private Hyperparameters Run()
    {
        var n = 2 * _features + 3;
        var low = new double[n];
        var high = new double[n];
        Array.Fill(low, -WeightBound);
        Array.Fill(high, WeightBound);
        low.AsSpan(VarianceIndex, 2).Fill(-VarianceBound);
        high.AsSpan(VarianceIndex, 2).Fill(VarianceBound);
        (low[NoiseIndex], high[NoiseIndex]) = (PortableMath.Log(SmallestNoise), 1);
        double[]? best = null;
        var bestValue = double.PositiveInfinity;
        foreach ((var scale, var noise) in Starts)
        {
            var x = new double[n];
            x.AsSpan(0, _features).Fill(-2 * (PortableMath.Log(scale) + PortableMath.Log(Math.Max(1, _features)) / 2));
            x.AsSpan(_features, _features).Fill(-2 * PortableMath.Log(scale));
            x[VarianceIndex] = PortableMath.Log(0.5);
            x[VarianceIndex + 1] = PortableMath.Log(0.5);
            x[NoiseIndex] = PortableMath.Log(noise);
            var value = Descent.Minimize(NegativeLogPosterior, x, low, high, firstStep: 1);
            if (value < bestValue)
            {
                (best, bestValue) = (x, value);
            }
        }

        return Read(best ?? new double[n]);
    }

    private Hyperparameters Read(ReadOnlySpan<double> logarithms)
    {
        double[] values = [.. logarithms];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = PortableMath.Exp(values[i]);
        }

        return new Hyperparameters(
            values[.._features], values[VarianceIndex], values[_features..VarianceIndex], values[VarianceIndex + 1], values[NoiseIndex]);
    }

    private double NegativeLogPosterior(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var hyperparameters = Read(x);
        var kernel = new Kernel(_data.IsChoice, hyperparameters);
        var factor = Factorize(kernel, hyperparameters.Noise);
        var value = ResidualsQuadraticForm(factor) / 2 + factor.LogDeterminant() / 2;
        gradient.Clear();
        AddLikelihoodGradient(factor.Inverse(), kernel, gradient);
        return value + AddPriors(x, gradient);
    }

    private CholeskyFactor Factorize(Kernel kernel, double noise)
    {
        var factor = new CholeskyFactor();
        var row = new double[_features];
        var work = new double[RowMath.Padded(_data.Count)];
        for (var i = 0; i < _data.Count; i++)
        {
            _data.Row(i, row);
            kernel.Covariances(_data.Columns, row, _joint[i], _additive[i], _slopes[i]);
            for (var j = 0; j <= i; j++)
            {
                work[j] = _joint[i][j] + _additive[i][j];
            }

            work[i] += noise;
            factor.Append(work.AsSpan(0, i + 1), SmallestPivot);
        }

        return factor;
    }

    // Computes alpha = K^-1 (y - m), where m is the generalized least squares mean. Returns (y - m)^T alpha.
    private double ResidualsQuadraticForm(CholeskyFactor factor)
    {
        var mean = ConstantMean.Of(factor, _data.Targets, _ones);
        for (var i = 0; i < _alpha.Length; i++)
        {
            _alpha[i] = _data.Targets[i] - mean;
        }

        factor.SolveLower(_alpha);
        var square = RowMath.Dot(_alpha, _alpha);
        factor.SolveUpper(_alpha);
        return square;
    }

    private void AddLikelihoodGradient(double[][] inverse, Kernel kernel, Span<double> gradient)
    {
        var row = new double[_features];
        double forVariance = 0, forAdditive = 0, forNoise = 0;
        var factors = new double[RowMath.Padded(_data.Count)];
        for (var i = 0; i < _data.Count; i++)
        {
            var diagonal = _alpha[i] * _alpha[i] - inverse[i][i];
            forNoise += diagonal;
            forVariance += diagonal * _joint[i][i] / 2;
            forAdditive += diagonal * _additive[i][i] / 2;
            var a = factors.AsSpan(0, RowMath.Padded(i + 1));
            a.Clear();
            for (var j = 0; j < i; j++)
            {
                a[j] = _alpha[i] * _alpha[j] - inverse[i][j];
            }

            forVariance += RowMath.Dot(a[..i], _joint[i].AsSpan(0, i));
            forAdditive += RowMath.Dot(a[..i], _additive[i].AsSpan(0, i));
            _data.Row(i, row);
            for (var d = 0; d < _features; d++)
            {
                (var byWeight, var byAdditive) = kernel.WeightSlopes(d, _data.Columns[d], row[d], a, _slopes[i]);
                gradient[d] -= byWeight;
                gradient[_features + d] -= byAdditive;
            }
        }

        gradient[VarianceIndex] -= forVariance;
        gradient[VarianceIndex + 1] -= forAdditive;
        gradient[NoiseIndex] -= forNoise * kernel.Hyperparameters.Noise / 2;
    }

    private double AddPriors(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double value = 0;
        double s;
        for (var d = 0; d < _features; d++)
        {
            // The logarithm of the length scale is -x / 2.
            value += NegativeLogPrior(-x[d] / 2, _logScaleMean, LogScaleSigma, out s);
            gradient[d] -= s / 2;
            value += NegativeLogPrior(-x[_features + d] / 2, AdditiveLogScaleMean, LogScaleSigma, out s);
            gradient[_features + d] -= s / 2;
        }

        value += NegativeLogPrior(x[VarianceIndex], 0, LogVarianceSigma, out s);
        gradient[VarianceIndex] += s;
        value += NegativeLogPrior(x[VarianceIndex + 1], AdditiveLogVarianceMean, AdditiveLogVarianceSigma, out s);
        gradient[VarianceIndex + 1] += s;
        value += NegativeLogPrior(x[NoiseIndex], LogNoiseMean, LogNoiseSigma, out s);
        gradient[NoiseIndex] += s;
        return value;
    }

    private static double NegativeLogPrior(double x, double mean, double sigma, out double slope)
    {
        var z = (x - mean) / sigma;
        slope = z / sigma;
        return z * z / 2;
    }
}

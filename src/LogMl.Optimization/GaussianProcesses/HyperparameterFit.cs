using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The hyper-parameters with the largest posterior density: marginal likelihood (Rasmussen, Williams 2006, eq. 5.8 and 5.9) times priors.
/// The mean of the process is a constant, the one with the largest likelihood.
/// </summary>
internal sealed class HyperparameterFit
{
    private const double SmallestNoise = 1e-7;
    private const double SmallestPivot = 1e-10;

    private readonly TrainingSet _data;
    private readonly GpOptions _options;
    private readonly int _features;
    private readonly double _logScaleMean;
    private readonly double _logScaleSigma;
    private readonly double[][] _slopes;
    private readonly double[][] _covariances;
    private readonly double[] _alpha;
    private readonly double[] _ones;

    private HyperparameterFit(TrainingSet data, GpOptions options)
    {
        _data = data;
        _options = options;
        _features = data.Columns.Length;

        // C. Hvarfner, E. Hellsten, L. Nardi, "Vanilla Bayesian optimization performs great in high dimensions", ICML 2024: the length
        // scales grow with the root of the number of dimensions.
        _logScaleMean = options.ScaleMean + PortableMath.Log(Math.Max(1, _features)) / 2;
        _logScaleSigma = options.ScaleSigma;
        _slopes = new double[data.Count][];
        _covariances = new double[data.Count][];
        for (int i = 0; i < data.Count; i++)
        {
            _slopes[i] = new double[VectorMath.Padded(i + 1)];
            _covariances[i] = new double[VectorMath.Padded(i + 1)];
        }

        _alpha = new double[data.Count];
        _ones = new double[data.Count];
    }

    public static Hyperparameters Fit(TrainingSet data, GpOptions options) => new HyperparameterFit(data, options).Run();

    private Hyperparameters Run()
    {
        int n = _features + 2;
        var low = new double[n];
        var high = new double[n];
        Array.Fill(low, -12.0);
        Array.Fill(high, 12.0);
        (low[_features], high[_features]) = (-4, 6);
        (low[_features + 1], high[_features + 1]) = (PortableMath.Log(SmallestNoise), 1);
        var search = new LimitedMemoryBfgs(memory: 8, _options.FitIterations, tolerance: 1e-4);
        double[]? best = null;
        double bestValue = double.PositiveInfinity;
        foreach ((double scale, double noise) in (ReadOnlySpan<(double, double)>)[(0.4, 1e-3), (1.5, 0.1)])
        {
            var x = new double[n];
            Array.Fill(x, -2 * (PortableMath.Log(scale) + PortableMath.Log(Math.Max(1, _features)) / 2));
            x[_features] = 0;
            x[_features + 1] = PortableMath.Log(noise);
            double value = search.Minimize(NegativeLogPosterior, x, low, high, firstStep: 1);
            if (value < bestValue)
            {
                (best, bestValue) = (x, value);
            }

            if (_options.FitStarts == 1)
            {
                break;
            }
        }

        best ??= new double[n];
        return new Hyperparameters(
            [.. best.Take(_features).Select(PortableMath.Exp)], PortableMath.Exp(best[_features]), PortableMath.Exp(best[_features + 1]));
    }

    private double NegativeLogPosterior(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var weights = new double[_features];
        for (int d = 0; d < _features; d++)
        {
            weights[d] = PortableMath.Exp(x[d]);
        }

        double variance = PortableMath.Exp(x[_features]);
        double noise = PortableMath.Exp(x[_features + 1]);
        var factor = Factorize(new MaternKernel(_data.IsChoice, weights, variance), noise);
        double value = Residuals(factor);
        value = value / 2 + factor.LogDeterminant() / 2;
        gradient.Clear();
        AddLikelihoodGradient(factor.Inverse(), weights, noise, gradient);
        value += AddPriors(x, gradient);
        return value;
    }

    private CholeskyFactor Factorize(MaternKernel kernel, double noise)
    {
        var factor = new CholeskyFactor();
        var row = new double[_features];
        var work = new double[VectorMath.Padded(_data.Count)];
        for (int i = 0; i < _data.Count; i++)
        {
            _data.Row(i, row);
            double[] covariances = _covariances[i];
            kernel.SquaredDistances(_data.Columns, row, covariances);
            kernel.Covariances(covariances, _slopes[i]);
            covariances.AsSpan(0, i + 1).CopyTo(work);
            work[i] += noise;
            factor.Append(work.AsSpan(0, i + 1), SmallestPivot);
        }

        return factor;
    }

    // alpha = K^-1 (y - m), m the generalized least squares mean; gives (y - m)^T alpha.
    private double Residuals(CholeskyFactor factor)
    {
        double mean = ConstantMean.Of(factor, _data.Targets, _ones);
        for (int i = 0; i < _alpha.Length; i++)
        {
            _alpha[i] = _data.Targets[i] - mean;
        }

        factor.SolveLower(_alpha);
        double square = VectorMath.Dot(_alpha, _alpha);
        factor.SolveUpper(_alpha);
        return square;
    }

    private void AddLikelihoodGradient(double[][] inverse, double[] weights, double noise, Span<double> gradient)
    {
        var total = new double[_features];
        var row = new double[_features];
        double forVariance = 0, forNoise = 0;
        var scaled = new double[VectorMath.Padded(_data.Count)];
        var squares = new double[VectorMath.Padded(_data.Count)];
        for (int i = 0; i < _data.Count; i++)
        {
            int padded = VectorMath.Padded(i + 1);
            double diagonal = _alpha[i] * _alpha[i] - inverse[i][i];
            forNoise += diagonal;
            forVariance += diagonal * _covariances[i][i] / 2;
            Span<double> a = scaled.AsSpan(0, padded);
            a.Clear();
            for (int j = 0; j < i; j++)
            {
                a[j] = _alpha[i] * _alpha[j] - inverse[i][j];
            }

            forVariance += VectorMath.Dot(a[..i], _covariances[i].AsSpan(0, i));
            for (int j = 0; j < i; j++)
            {
                a[j] *= _slopes[i][j];
            }

            _data.Row(i, row);
            for (int d = 0; d < _features; d++)
            {
                Span<double> s = squares.AsSpan(0, padded);
                s.Clear();
                MaternKernel.AddSquares(_data.Columns[d], row[d], _data.IsChoice[d], weights[d], s);
                total[d] += VectorMath.Dot(a, s);
            }
        }

        for (int d = 0; d < _features; d++)
        {
            gradient[d] -= total[d];
        }

        gradient[_features] -= forVariance;
        gradient[_features + 1] -= forNoise * noise / 2;
    }

    private double AddPriors(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double value = 0;
        for (int d = 0; d < _features; d++)
        {
            // ln of the length scale is -x/2.
            value += Normal(-x[d] / 2, _logScaleMean, _logScaleSigma, out double slope);
            gradient[d] -= slope / 2;
        }

        value += Normal(x[_features], 0, _options.VarianceSigma, out double s);
        gradient[_features] += s;
        value += Normal(x[_features + 1], _options.NoiseMean, _options.NoiseSigma, out s);
        gradient[_features + 1] += s;
        return value;
    }

    private static double Normal(double x, double mean, double sigma, out double slope)
    {
        double z = (x - mean) / sigma;
        slope = z / sigma;
        return z * z / 2;
    }
}

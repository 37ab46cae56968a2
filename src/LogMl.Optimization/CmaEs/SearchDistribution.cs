using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.CmaEs;

/// <summary>
/// The normal distribution of CMA-ES, m + sigma A N(0, C), and its adaptation (N. Hansen, "The CMA evolution strategy: a tutorial", 2016,
/// arXiv:1604.00772, figure 6). A is diagonal: its margins keep discrete coordinates from freezing (<see cref="KeepMargin"/>).
/// </summary>
internal sealed class SearchDistribution
{
    private const double LargestCondition = 1e14;
    private const double SmallestVariance = 1e-300;
    private const double ShortestSquare = 1e-8;

    private readonly int _n;
    private readonly double[] _mean;

    // The diagonal of A, and the covariance matrix C with its eigenvalues and eigenvectors (columns).
    private readonly double[] _margin;
    private readonly double[,] _covariance;
    private double[] _eigenvalues = [];
    private double[,] _eigenvectors = new double[0, 0];

    // The evolution paths p_sigma and p_c.
    private readonly double[] _sigmaPath;
    private readonly double[] _covariancePath;

    // The expected length of a vector of N(0, I), and (1 - c_sigma)^(2 g) after g generations.
    private readonly double _expectedLength;
    private double _pathDecay = 1;

    public SearchDistribution(double[] mean, double sigma)
    {
        _n = mean.Length;
        _mean = mean;
        Sigma = sigma;
        _margin = new double[_n];
        _covariance = new double[_n, _n];
        _sigmaPath = new double[_n];
        _covariancePath = new double[_n];
        for (var i = 0; i < _n; i++)
        {
            _margin[i] = 1;
            _covariance[i, i] = 1;
        }

        _expectedLength = Math.Sqrt(_n) * (1 - 1 / (4.0 * _n) + 1 / (21.0 * _n * _n));
        Decompose();
    }

    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>The step size.</summary>
    public double Sigma { get; private set; }

    /// <summary>The standard deviation of a coordinate.</summary>
    public double Deviation(int i) => Sigma * _margin[i] * Math.Sqrt(_covariance[i, i]);

    /// <summary>Whether the covariance matrix is numerically singular.</summary>
    public bool IsIllConditioned => _n > 0 && _eigenvalues.Max() > LargestCondition * _eigenvalues.Min();

    public double[] Draw(RandomStream random)
    {
        var y = new double[_n];
        for (var j = 0; j < _n; j++)
        {
            var z = Math.Sqrt(_eigenvalues[j]) * StandardNormal.Draw(random);
            for (var i = 0; i < _n; i++)
            {
                y[i] += _eigenvectors[i, j] * z;
            }
        }

        for (var i = 0; i < _n; i++)
        {
            y[i] = _mean[i] + Sigma * _margin[i] * y[i];
        }

        return y;
    }

    /// <summary>Adapts the distribution to a generation.</summary>
    /// <param name="points">The points of the generation, best first.</param>
    /// <param name="forMean">The weights of the points for the mean.</param>
    /// <param name="forCovariance">The weights of the points for the covariance.</param>
    /// <param name="rates">The learning rates.</param>
    public void Update(IReadOnlyList<double[]> points, double[] forMean, double[] forCovariance, RankWeights rates)
    {
        double[][] steps = [.. points.Select(Step)];
        var mean = new double[_n];
        for (var k = 0; k < steps.Length; k++)
        {
            for (var i = 0; i < _n; i++)
            {
                mean[i] += forMean[k] * steps[k][i];
            }
        }

        for (var i = 0; i < _n; i++)
        {
            _mean[i] += Sigma * _margin[i] * mean[i];
        }

        // Step-size control, equations 43 and 44.
        var white = Whiten(mean);
        var keep = 1 - rates.CSigma;
        var gain = Math.Sqrt(rates.CSigma * (2 - rates.CSigma) * rates.MuEff);
        for (var i = 0; i < _n; i++)
        {
            _sigmaPath[i] = keep * _sigmaPath[i] + gain * white[i];
        }

        _pathDecay *= keep * keep;
        var length = Math.Sqrt(SumOfSquares(_sigmaPath));
        var isStalled = length >= (1.4 + 2.0 / (_n + 1)) * _expectedLength * Math.Sqrt(1 - _pathDecay);

        Adapt(steps, mean, isStalled, forCovariance, rates);
        Sigma *= PortableMath.Exp(Math.Min(1, rates.CSigma / rates.DSigma * (length / _expectedLength - 1)));
        Decompose();
    }

    /// <summary>Moves the mean of a coordinate into the bounds.</summary>
    public void ClampMean(int i, double low, double high) => _mean[i] = Math.Clamp(_mean[i], low, high);

    /// <summary>
    /// Makes sure that a draw of a discrete coordinate takes another value than the mean with a probability of at least
    /// <paramref name="alpha"/> (R. Hamano et al., "CMA-ES with margin", GECCO 2022, section 4.2).
    /// </summary>
    /// <param name="i">The coordinate.</param>
    /// <param name="low">
    /// The coordinate below which the value is smaller than that of the mean; -infinity if there is no smaller one.
    /// </param>
    /// <param name="high">The coordinate above which the value is larger; infinity if there is no larger one.</param>
    /// <param name="alpha">The probability.</param>
    public void KeepMargin(int i, double low, double high, double alpha)
    {
        var deviation = Deviation(i);
        if (double.IsInfinity(low) || double.IsInfinity(high))
        {
            // An outermost value has one border. The mean moves towards it until the probability beyond it is alpha.
            var farthest = -StandardNormal.InverseCdf(alpha) * deviation;
            if (!double.IsInfinity(low))
            {
                _mean[i] = Math.Min(_mean[i], low + farthest);
            }
            else if (!double.IsInfinity(high))
            {
                _mean[i] = Math.Max(_mean[i], high - farthest);
            }

            return;
        }

        var below = StandardNormal.Cdf((low - _mean[i]) / deviation);
        var above = StandardNormal.Cdf((_mean[i] - high) / deviation);
        if (below >= alpha / 2 && above >= alpha / 2)
        {
            return;
        }

        // The mean and the standard deviation that give exactly the required probabilities beyond the borders.
        var zBelow = -StandardNormal.InverseCdf(Math.Max(below, alpha / 2));
        var zAbove = -StandardNormal.InverseCdf(Math.Max(above, alpha / 2));
        if (zBelow + zAbove > 0)
        {
            _mean[i] = (low * zAbove + high * zBelow) / (zBelow + zAbove);
            _margin[i] *= (high - low) / (zBelow + zAbove) / deviation;
        }
    }

    // Covariance adaptation, equations 45 to 47.
    private void Adapt(double[][] steps, double[] mean, bool isStalled, double[] weights, RankWeights rates)
    {
        var gain = isStalled ? 0 : Math.Sqrt(rates.Cc * (2 - rates.Cc) * rates.MuEff);
        for (var i = 0; i < _n; i++)
        {
            _covariancePath[i] = (1 - rates.Cc) * _covariancePath[i] + gain * mean[i];
        }

        var lost = isStalled ? rates.C1 * rates.Cc * (2 - rates.Cc) : 0;
        var keep = 1 + lost - rates.C1 - rates.CMu * weights.Sum();
        double[] scaled = [.. steps.Select((y, k) => rates.CMu * (weights[k] >= 0 ? weights[k] : weights[k] * NegativeWeightScale(y)))];
        for (var i = 0; i < _n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = keep * _covariance[i, j] + rates.C1 * _covariancePath[i] * _covariancePath[j];
                for (var k = 0; k < steps.Length; k++)
                {
                    sum += scaled[k] * steps[k][i] * steps[k][j];
                }

                (_covariance[i, j], _covariance[j, i]) = (sum, sum);
            }
        }
    }

    // Rescales a step with a negative weight, so that the covariance stays positive definite (equation 46).
    private double NegativeWeightScale(double[] step) => _n / Math.Max(SumOfSquares(Whiten(step)), ShortestSquare);

    /// <summary>
    /// (x - m) / (sigma A), shortened if the distribution would hardly have drawn a step of this length. So points from other samplers do
    /// no harm (N. Hansen, "Injecting external solutions into CMA-ES", 2011, equation 4).
    /// </summary>
    private double[] Step(double[] point)
    {
        var y = new double[_n];
        for (var i = 0; i < _n; i++)
        {
            y[i] = (point[i] - _mean[i]) / (Sigma * _margin[i]);
        }

        var length = Math.Sqrt(SumOfSquares(Whiten(y)));
        var longest = Math.Sqrt(_n) + 2.0 * _n / (_n + 2);
        if (length > longest)
        {
            for (var i = 0; i < _n; i++)
            {
                y[i] *= longest / length;
            }
        }

        return y;
    }

    /// <summary>C^(-1/2) y.</summary>
    private double[] Whiten(double[] y)
    {
        var result = new double[_n];
        for (var j = 0; j < _n; j++)
        {
            double along = 0;
            for (var i = 0; i < _n; i++)
            {
                along += _eigenvectors[i, j] * y[i];
            }

            along /= Math.Sqrt(_eigenvalues[j]);
            for (var i = 0; i < _n; i++)
            {
                result[i] += _eigenvectors[i, j] * along;
            }
        }

        return result;
    }

    private void Decompose()
    {
        (_eigenvalues, _eigenvectors) = JacobiEigen.Decompose(_covariance);
        for (var i = 0; i < _n; i++)
        {
            _eigenvalues[i] = Math.Max(_eigenvalues[i], SmallestVariance);
        }
    }

    private static double SumOfSquares(double[] x)
    {
        double sum = 0;
        foreach (var value in x)
        {
            sum += value * value;
        }

        return sum;
    }
}

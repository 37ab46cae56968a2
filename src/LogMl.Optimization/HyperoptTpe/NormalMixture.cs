using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.HyperoptTpe;

/// <summary>A mixture of normal distributions, truncated as a whole to [low, high): sum of w_i N(mu_i, sigma_i) / A.</summary>
internal sealed class NormalMixture
{
    // exp(-50) is 2e-22: components that much smaller than the greatest one cannot change the sum.
    private const double Negligible = -50;

    private readonly double[] _means;
    private readonly double[] _sigmas;
    private readonly double[] _inverseSigmas;
    private readonly double[] _weights;
    private readonly double[] _logPeaks;
    private readonly double[] _cumulativeMass;
    private readonly double[] _logTerms;
    private readonly double _low;
    private readonly double _high;

    public NormalMixture(double[] weights, double[] means, double[] sigmas, double low, double high)
    {
        _weights = weights;
        _means = means;
        _sigmas = sigmas;
        _low = low;
        _high = high;
        var count = means.Length;
        _inverseSigmas = new double[count];
        _logPeaks = new double[count];
        _cumulativeMass = new double[count];
        _logTerms = new double[count];
        double mass = 0;
        for (var i = 0; i < count; i++)
        {
            _inverseSigmas[i] = 1 / sigmas[i];
            _logPeaks[i] = PortableMath.Log(weights[i] / sigmas[i]) - StandardNormal.LogSqrtTwoPi;
            mass += weights[i] * StandardNormal.Mass((low - means[i]) / sigmas[i], (high - means[i]) / sigmas[i]);
            _cumulativeMass[i] = mass;
        }

        LogAcceptance = PortableMath.Log(mass);
    }

    public IReadOnlyList<double> Weights => _weights;

    public IReadOnlyList<double> Means => _means;

    public IReadOnlyList<double> Sigmas => _sigmas;

    /// <summary>ln A: the logarithm of the probability of [low, high) under the untruncated mixture.</summary>
    public double LogAcceptance { get; }

    /// <summary>
    /// A draw. It picks a component by its probability inside of the bounds, and then draws from that component, truncated. The result has
    /// the distribution of rejection sampling from the whole mixture, without a loop that may not end.
    /// </summary>
    public double Draw(RandomStream random)
    {
        var last = _cumulativeMass.Length - 1;
        var i = Array.BinarySearch(_cumulativeMass, random.NextOpenDouble() * _cumulativeMass[last]);
        i = Math.Min(i < 0 ? ~i : i, last);
        var z = StandardNormal.DrawBetween((_low - _means[i]) / _sigmas[i], (_high - _means[i]) / _sigmas[i], random);
        return Math.Clamp(_means[i] + _sigmas[i] * z, _low, _high);
    }

    /// <summary>The logarithm of the untruncated density, by the log-sum-exp of the components.</summary>
    public double LogDensity(double x)
    {
        var greatest = double.NegativeInfinity;
        for (var i = 0; i < _means.Length; i++)
        {
            var z = (x - _means[i]) * _inverseSigmas[i];
            var term = _logPeaks[i] - z * z / 2;
            _logTerms[i] = term;
            greatest = Math.Max(greatest, term);
        }

        double sum = 0;
        foreach (var term in _logTerms)
        {
            var below = term - greatest;
            if (below > Negligible)
            {
                sum += PortableMath.Exp(below);
            }
        }

        return greatest + PortableMath.Log(sum);
    }

    /// <summary>The logarithm of the probability of [a, b) under the untruncated mixture.</summary>
    public double LogMass(double a, double b)
    {
        // The density at the nearest point of the interval bounds the contribution of a component. Most components can be skipped by this
        // bound.
        var greatest = double.NegativeInfinity;
        for (var i = 0; i < _means.Length; i++)
        {
            var z = Math.Max(Math.Max(a - _means[i], _means[i] - b), 0) * _inverseSigmas[i];
            var term = _logPeaks[i] - z * z / 2;
            _logTerms[i] = term;
            greatest = Math.Max(greatest, term);
        }

        double sum = 0;
        for (var i = 0; i < _means.Length; i++)
        {
            if (_logTerms[i] - greatest > Negligible)
            {
                sum += _weights[i] * StandardNormal.Mass((a - _means[i]) / _sigmas[i], (b - _means[i]) / _sigmas[i]);
            }
        }

        return PortableMath.Log(sum);
    }
}

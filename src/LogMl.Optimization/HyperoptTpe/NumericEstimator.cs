using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.HyperoptTpe;

/// <summary>
/// The estimator of a numeric parameter: a mixture of normals over the values, or over their logarithms. If the parameter is quantized, it
/// is integrated over the cells of width q (hyperopt 0.3.0, tpe.py, GMM1_lpdf and LGMM1_lpdf).
/// </summary>
internal sealed class NumericEstimator : Estimator
{
    // Replaces 0 where a logarithm is needed.
    private const double SmallestPositive = 1e-12;

    private readonly NumericDistribution _prior;
    private readonly NormalMixture _mixture;

    public NumericEstimator(NumericDistribution prior, IReadOnlyList<double> observed, double[] weights, double priorWeight)
        : this(prior, AdaptiveParzen.Fit(
            ToLaw(prior, observed), weights, priorWeight, prior.PriorMean, prior.PriorSigma, prior.LawLow, prior.LawHigh))
    {
    }

    public NumericEstimator(NumericDistribution prior, NormalMixture mixture)
    {
        _prior = prior;
        _mixture = mixture;
    }

    public override double Draw(RandomStream random) => _prior.FromLaw(_mixture.Draw(random));

    public override double LogDensity(double value)
    {
        if (_prior.Quantum is { } q)
        {
            var a = Math.Max(_prior.ToLaw(_prior.OnAxis(value) - q / 2), _prior.LawLow);
            var b = Math.Min(_prior.ToLaw(_prior.OnAxis(value) + q / 2), _prior.LawHigh);
            return _mixture.LogMass(a, b) - _mixture.LogAcceptance;
        }

        // hyperopt divides the density by the probability of the bounds for the other families, but not for the log families.
        var law = _prior.ToLaw(value);
        return _prior.IsLog ? _mixture.LogDensity(law) - law : _mixture.LogDensity(law) - _mixture.LogAcceptance;
    }

    // The smallest multiple of q may be 0, or lie below the lower bound, so the value has a lower limit.
    private static double[] ToLaw(NumericDistribution prior, IReadOnlyList<double> observed)
    {
        var floor = prior.Quantum is null ? 0 : Math.Max(SmallestPositive, PortableMath.Exp(prior.LawLow));
        var result = new double[observed.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = prior.IsLog ? PortableMath.Log(Math.Max(observed[i], floor)) : observed[i];
        }

        return result;
    }
}

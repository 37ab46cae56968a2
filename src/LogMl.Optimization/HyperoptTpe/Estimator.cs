using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.HyperoptTpe;

/// <summary>
/// The density of one parameter, estimated from a set of observed values: l(x) from the good trials, g(x) from the others.
/// </summary>
internal abstract class Estimator
{
    /// <summary>One draw.</summary>
    public abstract double Draw(RandomStream random);

    /// <summary>The natural logarithm of the density, or of the probability for a discrete parameter.</summary>
    public abstract double LogDensity(double value);

    /// <summary>The estimator of a distribution's kind.</summary>
    /// <param name="distribution">The prior.</param>
    /// <param name="observed">The values that were seen, the oldest first.</param>
    /// <param name="options">The weight of the prior, and the forgetting.</param>
    public static Estimator Fit(Distribution distribution, IReadOnlyList<double> observed, HyperoptTpeOptions options)
    {
        double[] weights = LinearForgetting.Weights(observed.Count, options.LinearForgetting);
        return distribution is ICountable
            ? new CountingEstimator(distribution, observed, weights, options.PriorWeight)
            : new NumericEstimator((NumericDistribution)distribution, observed, weights, options.PriorWeight);
    }
}

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

    /// <summary>Fits the kind of estimator that a distribution needs.</summary>
    /// <param name="distribution">The prior.</param>
    /// <param name="observed">The observed values, from the oldest to the newest.</param>
    /// <param name="options">The options, of which the weight of the prior and the linear forgetting are used.</param>
    public static Estimator Fit(Distribution distribution, IReadOnlyList<double> observed, HyperoptTpeOptions options)
    {
        var weights = LinearForgetting.Weights(observed.Count, options.LinearForgetting);
        return distribution is ICategorical
            ? new CategoricalEstimator(distribution, observed, weights, options.PriorWeight)
            : new NumericEstimator((NumericDistribution)distribution, observed, weights, options.PriorWeight);
    }
}

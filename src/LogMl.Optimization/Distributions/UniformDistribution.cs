using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Distributions;

/// <summary>The uniform family: uniform, quniform, uniformint, loguniform, qloguniform.</summary>
public sealed class UniformDistribution : NumericDistribution
{
    internal UniformDistribution(string name, double low, double high, bool isLog = false, double? q = null, bool isInteger = false)
        : base(name, isLog, q, isInteger)
    {
        Require.Ordered(low, high);
        if (isLog && !(DistributionLimits.IsLogarithm(low) && DistributionLimits.IsLogarithm(high)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(low),
                Require.Text($"low and high of {name} are natural logarithms, within ±{DistributionLimits.LargestLogarithm}; ")
                + Require.Text($"got low = {low}, high = {high}."));
        }

        if (q is { } step && !isLog && !DistributionLimits.HasExactMultiples(low, high, step))
        {
            throw new ArgumentOutOfRangeException(
                nameof(q),
                Require.Text($"The bounds of {name} must lie within ±2^53 * q; got low = {low}, high = {high}, q = {step}."));
        }

        Low = low;
        High = high;
    }

    /// <summary>The lower bound as it was given: a natural logarithm for loguniform and qloguniform.</summary>
    public double Low { get; }

    /// <summary>The upper bound as it was given: a natural logarithm for loguniform and qloguniform.</summary>
    public double High { get; }

    /// <summary>The bounds of a log family as they were given to a method that takes values.</summary>
    internal (double Low, double High)? Written { get; init; }

    private protected override (double Low, double High)? WrittenBounds => Written;

    private protected override double[] LawArguments => [Low, High];

    internal override double LawLow => Low;

    internal override double LawHigh => High;

    // hyperopt 0.3.0, tpe.py, ap_uniform_sampler and the functions like it.
    internal override double PriorMean => Low + (High - Low) / 2;

    internal override double PriorSigma => High - Low;

    private protected override double DrawLaw(RandomStream random) => LawQuantile(random.NextDouble());

    private protected override double LawQuantile(double u) => Low + u * (High - Low);
}

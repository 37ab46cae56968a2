using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Distributions;

/// <summary>Equally likely integers in [<see cref="Low"/>, <see cref="High"/>): hyperopt's randint.</summary>
/// <remarks>
/// The values are ordered numbers: the law is uniform in [Low - 1/2, High - 1/2) and is rounded to the nearest integer. Only hyperopt's TPE
/// treats the values as categorical.
/// </remarks>
public sealed class RandIntDistribution : NumericDistribution, ICategorical
{
    internal RandIntDistribution(long low, long high)
        : base("randint", isLog: false, quantum: 1, isInteger: true)
    {
        Require.Ordered(low, high);
        if (low < -DistributionLimits.LargestExactInteger || high > DistributionLimits.LargestExactInteger)
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), Require.Text($"The bounds of randint must lie within ±2^53; got low = {low}, high = {high}."));
        }

        Low = low;
        High = high;
    }

    /// <summary>The smallest value.</summary>
    public long Low { get; }

    /// <summary>The upper bound, excluded.</summary>
    public long High { get; }

    /// <inheritdoc/>
    public override double Lowest => Low;

    /// <inheritdoc/>
    public override double Highest => High - 1;

    private protected override double[] LawArguments => [Low, High];

    internal override double LawLow => Low - 0.5;

    internal override double LawHigh => High - 0.5;

    internal override double PriorMean => LawLow + PriorSigma / 2;

    internal override double PriorSigma => High - Low;

    /// <inheritdoc/>
    public override double Pmf(double value) => Contains(value) ? 1.0 / (High - Low) : 0;

    double ICategorical.Count => High - Low;

    // The clamp is needed because half-to-even rounding can move a bound of the law out of the range. A -0 stays -0, because proposals must
    // not change by a bit.
    internal override double FromLaw(double x) => Math.Clamp(Math.Round(x, MidpointRounding.ToEven), Lowest, Highest);

    // Draws an integer directly, which is the middle of its cell. So the probabilities are exactly equal.
    private protected override double DrawLaw(RandomStream random) => Low + (long)random.NextBelow((ulong)(High - Low));

    private protected override double LawQuantile(double u) => Math.Min(Low + Math.Floor(u * (High - Low)), High - 1);
}

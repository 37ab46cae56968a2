using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Distributions;

/// <summary>Equally likely integers in [<see cref="Low"/>, <see cref="High"/>): hyperopt's randint.</summary>
/// <remarks>An ordered number: its law is uniform in [Low - 1/2, High - 1/2), rounded to the next integer. Labels to TPE as hyperopt has it.</remarks>
public sealed class RandIntDistribution : NumericDistribution, ICountable
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

    /// <summary>The upper bound, which is not a value.</summary>
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

    double ICountable.Count => High - Low;

    // Half to even would carry a bound of the law to an integer outside of the range. A -0 stays one: proposals are frozen to the bit.
    internal override double FromLaw(double x) => Math.Clamp(Math.Round(x, MidpointRounding.ToEven), Lowest, Highest);

    // An integer of its own accord, in the middle of the cell that is rounded to it: so the probabilities are equal to the last bit.
    private protected override double DrawLaw(RandomStream random) => Low + (long)random.NextBelow((ulong)(High - Low));

    private protected override double LawQuantile(double u) => Math.Min(Low + Math.Floor(u * (High - Low)), High - 1);
}

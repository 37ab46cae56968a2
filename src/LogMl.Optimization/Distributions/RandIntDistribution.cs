using LogMl.Optimization.Numerics;

namespace LogMl.Optimization;

/// <summary>Equally likely integers in [<see cref="Low"/>, <see cref="High"/>): hyperopt's randint.</summary>
public sealed class RandIntDistribution : Distribution, ICountable
{
    internal RandIntDistribution(long low, long high)
        : base("randint")
    {
        Require.Ordered(low, high);
        if (low < -Require.MaxExactInteger || high > Require.MaxExactInteger)
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
    public override bool IsInteger => true;

    double ICountable.Count => High - Low;

    /// <inheritdoc/>
    public override bool Contains(double value) => value >= Low && value < High && Math.Floor(value) == value;

    internal override double Draw(RandomStream random) => Low + (long)random.NextBelow((ulong)(High - Low));

    internal override double Quantile(double u) => Math.Min(Low + Math.Floor(u * (High - Low)), High - 1);

    double ICountable.Probability(double value) => 1.0 / (High - Low);
}

using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Distributions;

/// <summary>
/// A distribution of ordered numbers. A number is drawn from a law (uniform or normal), then optionally exponentiated (the log families),
/// then optionally rounded to a multiple of <see cref="Quantum"/> (the quantized families).
/// </summary>
public abstract partial class NumericDistribution : Distribution
{
    private protected NumericDistribution(string name, bool isLog, double? quantum, bool isInteger)
        : base(name)
    {
        if (quantum is { } q)
        {
            Require.Positive(q, nameof(q));
        }

        IsLog = isLog;
        Quantum = quantum;
        IsInteger = isInteger;
    }

    /// <summary>True if the law is the law of the natural logarithm of the value.</summary>
    public bool IsLog { get; }

    /// <summary>The q of a quantized distribution, whose values are multiples of q; null for a continuous distribution.</summary>
    public double? Quantum { get; }

    /// <inheritdoc/>
    public override bool IsInteger { get; }

    /// <summary>The lower end of the support: the smallest value, or -infinity.</summary>
    public virtual double Lowest => SupportBound(LawLow);

    /// <summary>
    /// The upper end of the support, or infinity. For a quantized distribution it is the largest value; for a continuous one it is the
    /// bound, which the prior never draws.
    /// </summary>
    public virtual double Highest => SupportBound(LawHigh);

    /// <summary>The arguments in the order of hyperopt, which is that of the method of <see cref="Distribution"/> with this name.</summary>
    public IReadOnlyList<double> Arguments => Quantum is { } q && !IsInteger ? [.. LawArguments, q] : LawArguments;

    /// <summary>The arguments without q.</summary>
    private protected abstract double[] LawArguments { get; }

    /// <summary>Whether the law has two bounds; otherwise it has none.</summary>
    internal bool IsBounded => double.IsFinite(LawLow);

    /// <summary>The lower bound of the law, in logarithms for a log family; -infinity without a bound.</summary>
    internal abstract double LawLow { get; }

    /// <summary>The upper bound of the law, in logarithms for a log family; infinity without a bound.</summary>
    internal abstract double LawHigh { get; }

    /// <summary>The mean of the normal kernel that represents the prior in a Parzen estimator.</summary>
    internal abstract double PriorMean { get; }

    /// <summary>The standard deviation of that kernel.</summary>
    internal abstract double PriorSigma { get; }

    internal override double Draw(RandomStream random) => FromLaw(DrawLaw(random));

    internal override double FromUnit(double u) => FromLaw(LawQuantile(u));

    /// <summary>
    /// Maps a value to the law, which is its logarithm for a log family. A quantized value may lie out of the bounds; the logarithm of 0 is
    /// -infinity.
    /// </summary>
    internal double ToLaw(double value) => IsLog ? PortableMath.Log(Math.Max(value, 0)) : value;

    /// <summary>Maps a number of the law to a value: the exponential, then rounding. The result is in the support.</summary>
    internal virtual double FromLaw(double x)
    {
        var value = IsLog ? FiniteExp(x) : x;
        if (Quantum is { } q)
        {
            return RoundToMultiple(value, q);
        }

        // A rounding error of exp or of a sum must not move the value out of [low, high).
        var low = IsLog ? PortableMath.Exp(LawLow) : LawLow;
        var high = IsLog ? PortableMath.Exp(LawHigh) : LawHigh;
        return value < low ? low : value >= high ? Math.Max(low, Math.BitDecrement(high)) : value;
    }

    /// <inheritdoc/>
    public override bool Contains(double value)
    {
        if (!double.IsFinite(value))
        {
            return false;
        }

        (var low, var high) = (Lowest, Highest);
        if (Quantum is { } q)
        {
            return value == RoundToMultiple(value, q) && value >= low && value <= high;
        }

        return value >= low && value <= high && (value > 0 || !IsLog);
    }

    private protected override double? FindNear(double number)
    {
        var near = Quantum is { } q ? RoundToMultiple(number, q) : Math.Clamp(number, Lowest, Highest);
        var tolerance = ValueTolerance.Relative * (Quantum ?? Math.Abs(near));
        return Math.Abs(near - number) <= tolerance && Contains(near) ? near : null;
    }

    private double SupportBound(double law)
    {
        var value = IsLog ? PortableMath.Exp(law) : law;
        return Quantum is { } q ? RoundToMultiple(value, q) : value;
    }

    private protected abstract double DrawLaw(RandomStream random);

    private protected abstract double LawQuantile(double u);

    private static double FiniteExp(double x) =>
        x >= PortableMath.MaxExponent ? double.MaxValue : Math.Max(PortableMath.Exp(x), double.Epsilon);

    // Beyond 2^53 multiples, doubles are coarser than q, and the value stays. Adding 0 turns -0 into 0.
    private static double RoundToMultiple(double value, double q)
    {
        var quanta = value / q;
        return Math.Abs(quanta) <= DistributionLimits.LargestExactInteger ? Math.Round(quanta, MidpointRounding.ToEven) * q + 0.0 : value;
    }
}

using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Distributions;

/// <summary>
/// A distribution of ordered numbers. A number is drawn from a law (uniform or normal), then optionally exponentiated (the log families),
/// then optionally rounded to a multiple of <see cref="Quantum"/> (the quantized families).
/// </summary>
public abstract partial class NumericDistribution : Distribution
{
    /// <summary>The relative rounding error of a product and a quotient, with room to spare.</summary>
    private const double ProductError = 1e-15;

    private Support? _support;

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

    /// <summary>
    /// The lower end of the support: the smallest value, or -infinity. For a log family it is the bound as it was written: 0.0001, not the
    /// exponential of its logarithm, whose last digits differ.
    /// </summary>
    public virtual double Lowest => Bounds.Lowest;

    /// <summary>
    /// The upper end of the support, or infinity. For a quantized distribution it is the largest value; for a continuous one it is the
    /// bound, which the prior never draws.
    /// </summary>
    public virtual double Highest => Bounds.Highest;

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

    /// <summary>The bounds of a log family when they were given as values; else null.</summary>
    private protected virtual (double Low, double High)? WrittenBounds => null;

    /// <summary>The mean of the normal kernel that represents the prior in a Parzen estimator.</summary>
    internal abstract double PriorMean { get; }

    /// <summary>The standard deviation of that kernel.</summary>
    internal abstract double PriorSigma { get; }

    // Made lazily, because it needs the bounds of the law, which the constructors of the derived types set later.
    private Support Bounds => _support ??= Support.Of(this);

    internal override double Draw(RandomStream random) => Drawn(DrawLaw(random));

    internal override double FromUnit(double u) => Drawn(LawQuantile(u));

    /// <summary>
    /// Maps a value to the law, which is its logarithm for a log family. A quantized value may lie out of the bounds; the logarithm of 0 is
    /// -infinity.
    /// </summary>
    internal double ToLaw(double value) => LawOf(OnAxis(value));

    /// <summary>
    /// The number that stands for a value in computations: the value itself, but for a bound. For the upper bound of a continuous
    /// distribution it is the greatest number below it, for a bound of a log family the exponential of its logarithm, and for one of a
    /// quantized distribution the product with q. So what is proposed after a trial at a bound is, to the bit, what it was when these
    /// numbers were the values.
    /// </summary>
    internal double OnAxis(double value) =>
        value == Bounds.Highest ? Bounds.NearHigh : value == Bounds.Lowest ? Bounds.NearLow : value;

    private double LawOf(double value) => IsLog ? PortableMath.Log(Math.Max(value, 0)) : value;

    /// <summary>
    /// Maps a number of the law to a value: the exponential, then rounding. The result is in the support. A bound of the law gives exactly
    /// the bound of the values.
    /// </summary>
    internal virtual double FromLaw(double x) =>
        Quantum is { } q ? Bounds.Multiple(IsLog ? FiniteExp(x) : x, q)
        : x <= LawLow ? Bounds.Lowest
        : x >= LawHigh ? Bounds.Highest

        // A rounding error of exp or of a sum must not move the value out of the bounds.
        : Math.Clamp(IsLog ? FiniteExp(x) : x, Bounds.Lowest, Bounds.Highest);

    /// <summary>The value of a number that the prior has drawn, which is never the upper bound of a continuous distribution.</summary>
    private double Drawn(double x)
    {
        var value = FromLaw(x);
        return Quantum is null && value >= Bounds.Highest ? Math.Max(Bounds.Lowest, Math.BitDecrement(Bounds.Highest)) : value;
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
            return value == Bounds.Multiple(value, q) && value >= low && value <= high;
        }

        return value >= low && value <= high && (value > 0 || !IsLog);
    }

    private protected override double? FindNear(double number)
    {
        var near = Quantum is { } q ? Bounds.Multiple(number, q) : Math.Clamp(number, Lowest, Highest);
        var tolerance = ValueTolerance.Relative * (Quantum ?? Math.Abs(near));
        return Math.Abs(near - number) <= tolerance && Contains(near) ? near : null;
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

    /// <summary>The bounds of the values.</summary>
    /// <param name="Low">The lower bound before values are rounded; for a log family as it was written.</param>
    /// <param name="High">The upper bound before values are rounded.</param>
    private sealed record Support(double Low, double High)
    {
        public double Lowest { get; private init; } = Low;

        public double Highest { get; private init; } = High;

        /// <summary>The number that stands for the lowest value in computations.</summary>
        public double NearLow { get; private init; }

        /// <summary>The number that stands for the highest value in computations.</summary>
        public double NearHigh { get; private init; }

        public static Support Of(NumericDistribution distribution)
        {
            var (low, high) = (distribution.LawLow, distribution.LawHigh);
            var support = distribution.WrittenBounds is { } written ? new Support(written.Low, written.High)
                : distribution.IsLog ? new Support(WrittenBound.OfLow(low), WrittenBound.OfHigh(high))
                : new Support(low, high);
            var nearLow = distribution.IsLog ? PortableMath.Exp(low) : low;
            var nearHigh = distribution.IsLog ? PortableMath.Exp(high) : high;
            return distribution.Quantum is { } q
                ? support with
                {
                    Lowest = support.Multiple(support.Low, q),
                    Highest = support.Multiple(support.High, q),
                    NearLow = RoundToMultiple(nearLow, q),
                    NearHigh = RoundToMultiple(nearHigh, q),
                }
                : support with
                {
                    NearLow = nearLow,
                    NearHigh = double.IsInfinity(nearHigh) ? nearHigh : Math.Max(nearLow, Math.BitDecrement(nearHigh)),
                };
        }

        /// <summary>
        /// The multiple of q that is nearest to a number. A bound that is a multiple is itself the value: 3 * 0.1 is more than the bound
        /// 0.3. Products of whole numbers have no rounding errors.
        /// </summary>
        public double Multiple(double value, double q)
        {
            var multiple = RoundToMultiple(value, q);

            // Adding 0 turns -0 into 0.
            return Math.Floor(multiple) == multiple ? multiple
                : IsSame(multiple, Low) ? Low + 0.0
                : IsSame(multiple, High) ? High + 0.0
                : multiple;
        }

        private static bool IsSame(double multiple, double bound) =>
            double.IsFinite(bound) && Math.Abs(multiple - bound) <= ProductError * Math.Abs(bound);
    }
}

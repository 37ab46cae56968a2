using LogMl.Shared;

namespace LogMl.Configuration.Model;

/// <summary>The range of values that the arguments of a numeric distribution mean.</summary>
/// <param name="form">The distribution.</param>
/// <param name="arguments">Its arguments, which must be valid.</param>
public sealed class NumericRange(DistributionForm form, IReadOnlyList<double> arguments)
{
    /// <summary>The distribution.</summary>
    public DistributionForm Form { get; } = form;

    /// <summary>The lower end of the law, in logarithms for a log family; minus infinity without a bound.</summary>
    public double LawLow { get; } = form switch
    {
        { Law: DistributionLaw.Normal } => double.NegativeInfinity,
        { Kind: DistributionKind.RandInt } when arguments.Count == 1 => 0,
        _ => arguments[0],
    };

    /// <summary>The upper end of the law, in logarithms for a log family; infinity without a bound.</summary>
    public double LawHigh { get; } = form switch
    {
        { Law: DistributionLaw.Normal } => double.PositiveInfinity,
        { Kind: DistributionKind.RandInt } => arguments[arguments.Count - 1] - 1,
        _ => arguments[1],
    };

    /// <summary>The distance of neighbouring values when they are multiples of q; else null.</summary>
    public double? Q { get; } = form.IsQuantized ? arguments[2] : null;

    /// <summary>The distance of neighbouring values: q, or 1 for whole numbers; null for a continuous range.</summary>
    public double? Step => Form.IsInteger ? 1 : Q;

    /// <summary>The lower end of the values before they are rounded.</summary>
    public double Low => Form.IsLog ? WrittenBound.OfLow(LawLow) : LawLow;

    /// <summary>The upper end of the values before they are rounded.</summary>
    public double High => Form.IsLog ? WrittenBound.OfHigh(LawHigh) : LawHigh;

    /// <summary>The smallest value. Rounding to a multiple of q can leave the written bounds.</summary>
    public double Lowest => Q is null ? Low : Math.Min(Low, Round(Low));

    /// <summary>The largest value.</summary>
    public double Highest => Q is null ? High : Math.Max(High, Round(High));

    /// <summary>
    /// The median of the values before they are rounded. The sum of two bounds may overflow; the sum of their halves cannot.
    /// </summary>
    public double Median => FromLaw(Form.Law == DistributionLaw.Normal ? arguments[0] : (LawLow / 2) + (LawHigh / 2));

    /// <summary>The default of a parameter that has none: the median, as a value of the distribution.</summary>
    public double Middle => Form.IsInteger ? Math.Floor(Median) : Round(Median);

    /// <summary>The range of a distribution.</summary>
    /// <param name="distribution">One over numbers.</param>
    /// <returns>The range.</returns>
    public static NumericRange Of(DistributionConfiguration distribution) =>
        new(DistributionForm.Of(distribution.Kind), distribution.Arguments);

    /// <summary>The value that a number is rounded to.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The nearest multiple of <see cref="Step"/>; in a continuous range the number itself.</returns>
    public double Round(double value) => Step is { } step ? Math.Round(value / step, MidpointRounding.ToEven) * step : value;

    private double FromLaw(double law) => Form.IsLog ? PortableMath.Exp(law) : law;
}

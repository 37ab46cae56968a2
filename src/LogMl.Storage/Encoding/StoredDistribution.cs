using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>Optuna's classes of distributions.</summary>
internal enum StoredKind
{
    /// <summary>A real number.</summary>
    Float,

    /// <summary>An integer.</summary>
    Int,

    /// <summary>One of some options.</summary>
    Categorical,
}

/// <summary>
/// A distribution in the form of the storage, which is one of Optuna's classes. Optuna has no normal distribution, no rounding of
/// logarithms and no weights. For those the nearest class is stored, and the study's attribute <see cref="SpaceCompatibility.SpaceKey"/>
/// has the true distribution.
/// </summary>
internal sealed record StoredDistribution(StoredKind Kind)
{
    /// <summary>
    /// The range that is stored for a normal distribution, in standard deviations to each side. Of 10,000 draws one lies outside, and
    /// Optuna's samplers, which take the range for uniform, can still use it.
    /// </summary>
    private const double NormalRange = 4;

    /// <summary>The lower bound of a number, included.</summary>
    public double Low { get; init; }

    /// <summary>The upper bound of a number, included.</summary>
    public double High { get; init; }

    /// <summary>The distance of neighbouring values; null for a real number that may have any.</summary>
    public double? Step { get; init; }

    /// <summary>Whether the logarithm of the number is searched. Optuna allows no logarithm together with a step.</summary>
    public bool IsLog { get; init; }

    /// <summary>Whether the true distribution is of the logarithm and rounded, which Optuna cannot express.</summary>
    public bool IsRoundedLog { get; init; }

    /// <summary>Whether values outside of the range are possible.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The options in JSON; empty for a number.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The distribution in words, for messages.</summary>
    public string Description
    {
        get
        {
            if (Kind == StoredKind.Categorical)
            {
                return $"one of {string.Join(", ", Choices)}";
            }

            var grid = Step is { } step && !(Kind == StoredKind.Int && step == 1)
                ? string.Create(CultureInfo.InvariantCulture, $" in steps of {step}")
                : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(Kind == StoredKind.Int ? "an integer" : "a number")} from {Low:G7} to "
                + $"{High:G7}{grid}{(IsLog ? ", by its logarithm" : "")}");
        }
    }

    private bool IsWhole => Kind == StoredKind.Int || (Kind == StoredKind.Float && IsInteger(Step) && IsInteger(Low));

    /// <param name="distribution">A distribution of the engine.</param>
    /// <param name="isInteger">Whether the program reads the values as integers although the distribution has others too.</param>
    public static StoredDistribution Of(Distribution distribution, bool isInteger) => distribution switch
    {
        ChoiceDistribution choice =>
            new StoredDistribution(StoredKind.Categorical) { Choices = [.. choice.Options.Select(OptionJson.Text)] },
        NumericDistribution { IsInteger: true } integer =>
            new StoredDistribution(StoredKind.Int) { Low = integer.Lowest, High = integer.Highest, Step = 1 },
        _ => Of((NumericDistribution)distribution, isInteger),
    };

    /// <summary>
    /// Whether a parameter that was stored in this form may continue as another one. This is Optuna's rule, except that a grid of integers
    /// counts as integers whatever program has written it.
    /// </summary>
    public bool IsCompatibleWith(StoredDistribution now)
    {
        if (Kind == StoredKind.Categorical || now.Kind == StoredKind.Categorical)
        {
            return Kind == now.Kind
                && Choices.Select(ChoiceLabel.Key).SequenceEqual(now.Choices.Select(ChoiceLabel.Key), StringComparer.Ordinal);
        }

        return (Kind == now.Kind || (IsWhole && now.IsWhole)) && (IsLog == now.IsLog || now.IsRoundedLog);
    }

    /// <summary>
    /// This distribution in the form that a study has for it already. Optuna wants one class and one scale for a parameter in all trials of
    /// a study, and its tools work better when the distributions are equal.
    /// </summary>
    /// <param name="stored">The form that the study has; it must be compatible.</param>
    public StoredDistribution InFormOf(StoredDistribution stored)
    {
        if (Kind == StoredKind.Categorical)
        {
            return stored;
        }

        var (low, high) = IsOpen ? (Math.Min(Low, stored.Low), Math.Max(High, stored.High)) : (Low, High);
        return stored.IsLog
            ? this with { Kind = stored.Kind, IsLog = true, Step = stored.Kind == StoredKind.Int ? 1 : null,
                Low = Low > 0 ? low : Math.Max(low, stored.Low), High = high }
            : this with { Kind = stored.Kind, IsLog = false, Low = low, High = high };
    }

    /// <summary>The distribution with its range widened to include a value.</summary>
    public StoredDistribution Including(double value) => Kind == StoredKind.Categorical || (value >= Low && value <= High)
        ? this
        : this with { Low = Math.Min(Low, value), High = Math.Max(High, value), IsLog = IsLog && value > 0 };

    private static StoredDistribution Of(NumericDistribution number, bool isInteger)
    {
        isInteger &= IsInteger(number.Quantum);
        var (low, high) = number is NormalDistribution normal ? Range(normal) : (number.Lowest, number.Highest);
        if (number.Quantum is { } q)
        {
            low = Multiple(Math.Round(low / q, MidpointRounding.ToEven), q);
            high = Multiple(Math.Round(high / q, MidpointRounding.ToEven), q);
        }

        if (isInteger)
        {
            low = Math.Clamp(low, -DistributionLimits.LargestExactInteger, DistributionLimits.LargestExactInteger);
            high = Math.Clamp(high, -DistributionLimits.LargestExactInteger, DistributionLimits.LargestExactInteger);
        }

        return new StoredDistribution(isInteger ? StoredKind.Int : StoredKind.Float)
        {
            Low = low,
            High = high,
            Step = number.Quantum,

            // Optuna refuses a step together with a logarithm, except the step 1 of integers.
            IsLog = number.IsLog && (number.Quantum is null || (isInteger && number.Quantum == 1 && low >= 1)),
            IsRoundedLog = number.IsLog && number.Quantum is not null,
            IsOpen = number is NormalDistribution,
        };
    }

    /// <summary>The stored range of a normal distribution. It is finite, because JSON has no infinity.</summary>
    private static (double Low, double High) Range(NormalDistribution normal)
    {
        var low = normal.Mu - (NormalRange * normal.Sigma);
        var high = normal.Mu + (NormalRange * normal.Sigma);
        return normal.IsLog
            ? (Math.Clamp(Math.Exp(low), normal.Quantum is null ? double.Epsilon : 0, double.MaxValue), Math.Clamp(
                Math.Exp(high), double.Epsilon, double.MaxValue))
            : (Math.Clamp(low, -double.MaxValue, double.MaxValue), Math.Clamp(high, -double.MaxValue, double.MaxValue));
    }

    /// <summary>
    /// A multiple of q, computed in decimal numbers: 3 * 0.1 is 0.3, not 0.30000000000000004. Optuna checks in decimal numbers that the
    /// range is a multiple of the step. Values are computed in the same way, or the greatest one would lie above the range.
    /// </summary>
    public static double Multiple(double quanta, double q)
    {
        const double Exact = 1e15;
        return Math.Abs(quanta) < Exact && q is > 1e-12 and < 1e12 ? (double)((decimal)quanta * (decimal)q) : quanta * q;
    }

    private static bool IsInteger(double? value) =>
        value is { } number && Math.Floor(number) == number && Math.Abs(number) <= DistributionLimits.LargestExactInteger;
}

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
/// A distribution as a storage has it: one of Optuna's. Optuna has no normal distribution, no rounding of logarithms and no weights: for those the stored one is the nearest,
/// and the true one is in the study's attribute (<see cref="SpaceCompatibility.SpaceKey"/>).
/// </summary>
internal sealed record StoredDistribution(StoredKind Kind)
{
    /// <summary>
    /// So many standard deviations of a normal distribution are its range at first: of 10,000 draws one lies outside, and a sampler of Optuna, which takes the range for uniform,
    /// can still use it.
    /// </summary>
    private const double NormalRange = 4;

    /// <summary>The lower bound of a number, included.</summary>
    public double Low { get; init; }

    /// <summary>The upper bound of a number, included.</summary>
    public double High { get; init; }

    /// <summary>The distance of neighbouring values; null for a real number that may have any.</summary>
    public double? Step { get; init; }

    /// <summary>Whether a number is searched by its logarithm, as far as Optuna can: not together with a step.</summary>
    public bool IsLog { get; init; }

    /// <summary>Whether the law is one of logarithms, and rounded: what Optuna can have in part only.</summary>
    public bool IsRoundedLog { get; init; }

    /// <summary>Whether the range is a part only of what can come.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The options in JSON; empty for a number.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>How a person reads it.</summary>
    public string Shown
    {
        get
        {
            if (Kind == StoredKind.Categorical)
            {
                return $"one of {string.Join(", ", Choices)}";
            }

            var grid = Step is { } step && !(Kind == StoredKind.Int && step == 1) ? string.Create(CultureInfo.InvariantCulture, $" in steps of {step}") : "";
            return string.Create(
                CultureInfo.InvariantCulture, $"{(Kind == StoredKind.Int ? "an integer" : "a number")} from {Low:G7} to {High:G7}{grid}{(IsLog ? ", by its logarithm" : "")}");
        }
    }

    private bool IsWhole => Kind == StoredKind.Int || (Kind == StoredKind.Float && IsInteger(Step) && IsInteger(Low));

    /// <param name="distribution">A distribution of the engine.</param>
    /// <param name="isInteger">Whether the program takes the values for integers, although the distribution is not one of integers only.</param>
    public static StoredDistribution Of(Distribution distribution, bool isInteger) => distribution switch
    {
        ChoiceDistribution choice => new StoredDistribution(StoredKind.Categorical) { Choices = [.. choice.Options.Select(OptionJson.Text)] },
        NumericDistribution { IsInteger: true } integer => new StoredDistribution(StoredKind.Int) { Low = integer.Lowest, High = integer.Highest, Step = 1 },
        _ => Of((NumericDistribution)distribution, isInteger),
    };

    /// <summary>Whether a parameter that was stored like this may go on as another one: Optuna's rule, and a grid of integers is one of integers whoever has written it.</summary>
    public bool MayGoOnAs(StoredDistribution now)
    {
        if (Kind == StoredKind.Categorical || now.Kind == StoredKind.Categorical)
        {
            return Kind == now.Kind && Choices.Select(ChoiceLabel.Key).SequenceEqual(now.Choices.Select(ChoiceLabel.Key), StringComparer.Ordinal);
        }

        return (Kind == now.Kind || (IsWhole && now.IsWhole)) && (IsLog == now.IsLog || now.IsRoundedLog);
    }

    /// <summary>
    /// This distribution in the form that a study has for it already: Optuna wants one class and one scale for a parameter in all trials of a study, and its tools make the more
    /// of equal ones.
    /// </summary>
    /// <param name="stored">What the study has, which may go on as this one.</param>
    public StoredDistribution InTheFormOf(StoredDistribution stored)
    {
        if (Kind == StoredKind.Categorical)
        {
            return stored;
        }

        var (low, high) = IsOpen ? (Math.Min(Low, stored.Low), Math.Max(High, stored.High)) : (Low, High);
        return stored.IsLog
            ? this with { Kind = stored.Kind, IsLog = true, Step = stored.Kind == StoredKind.Int ? 1 : null, Low = Low > 0 ? low : Math.Max(low, stored.Low), High = high }
            : this with { Kind = stored.Kind, IsLog = false, Low = low, High = high };
    }

    /// <summary>The distribution with a range that has a value.</summary>
    public StoredDistribution With(double value) => Kind == StoredKind.Categorical || (value >= Low && value <= High)
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

            // Optuna refuses a step together with a logarithm, but for the step 1 of integers.
            IsLog = number.IsLog && (number.Quantum is null || (isInteger && number.Quantum == 1 && low >= 1)),
            IsRoundedLog = number.IsLog && number.Quantum is not null,
            IsOpen = number is NormalDistribution,
        };
    }

    /// <summary>Infinity would be no JSON.</summary>
    private static (double Low, double High) Range(NormalDistribution normal)
    {
        var low = normal.Mu - (NormalRange * normal.Sigma);
        var high = normal.Mu + (NormalRange * normal.Sigma);
        return normal.IsLog
            ? (Math.Clamp(Math.Exp(low), normal.Quantum is null ? double.Epsilon : 0, double.MaxValue), Math.Clamp(Math.Exp(high), double.Epsilon, double.MaxValue))
            : (Math.Clamp(low, -double.MaxValue, double.MaxValue), Math.Clamp(high, -double.MaxValue, double.MaxValue));
    }

    /// <summary>Optuna checks in decimal numbers that the range is a multiple of the step: 3 * 0.1 shall be 0.3, not 0.30000000000000004. So the values are written, too: else
    /// the greatest of them would lie above the range.</summary>
    public static double Multiple(double quanta, double q)
    {
        const double Exact = 1e15;
        return Math.Abs(quanta) < Exact && q is > 1e-12 and < 1e12 ? (double)((decimal)quanta * (decimal)q) : quanta * q;
    }

    private static bool IsInteger(double? value) => value is { } number && Math.Floor(number) == number && Math.Abs(number) <= DistributionLimits.LargestExactInteger;
}

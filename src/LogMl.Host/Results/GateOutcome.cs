using LogMl.Optimization;

namespace LogMl.Host.Results;

/// <summary>Whether the result of a search passes the gate that the build asks for.</summary>
internal enum GateState
{
    /// <summary>Everything that is asked is kept.</summary>
    Passed,

    /// <summary>Something is not kept, so that the build fails.</summary>
    Failed,

    /// <summary>The gate was not looked at.</summary>
    Unchecked,
}

/// <summary>What the gate says of a search.</summary>
/// <param name="State">Whether it is passed.</param>
/// <param name="Reason">Why it was not looked at, or failed before anything could be compared; null when the checks say it.</param>
/// <param name="Checks">What was compared.</param>
internal sealed record GateOutcome(GateState State, string? Reason, IReadOnlyList<GateCheck> Checks)
{
    /// <summary>The word for the state, in result.json and in the item of the build.</summary>
    public string Word => State switch
    {
        GateState.Passed => "passed",
        GateState.Failed => "failed",
        _ => "not_checked",
    };

    /// <summary>The best trial of the study, when it was not judged because it is of other inputs than today's; else null.</summary>
    public int? OutdatedBest { get; init; }

    /// <summary>In what the baseline was judged on other rows; null when nothing is known of that, or there is no baseline.</summary>
    public string? OtherRows { get; init; }
}

/// <summary>One comparison of the gate.</summary>
/// <param name="Property">The property of the build that asks for it.</param>
/// <param name="Trial">The trial that was judged.</param>
/// <param name="Score">The name of the score.</param>
/// <param name="Direction">Which values are better.</param>
/// <param name="Value">The value of the trial.</param>
/// <param name="Limit">The worst value that passes.</param>
/// <param name="StandardError">
/// The standard error of <paramref name="Value"/>, or of its difference from the baseline; null when it is not known.
/// </param>
internal sealed record GateCheck(
    string Property, int Trial, string Score, Direction Direction, double Value, double Limit, double? StandardError)
{
    /// <summary>Whether the value is at least as good as the limit. One that is no number is not.</summary>
    public bool IsPassed => Direction == Direction.Maximize ? Value >= Limit : Value <= Limit;

    /// <summary>The baseline; null when the limit is a number that was given.</summary>
    public BaselineComparison? Baseline { get; init; }
}

/// <summary>How the limit follows from a baseline.</summary>
/// <param name="Value">The value of the baseline.</param>
/// <param name="Trial">Its trial.</param>
/// <param name="Tolerance">How much worse a value may be.</param>
/// <param name="Noise">How much worse it may be by chance, on top of that; 0 when nothing is known of it.</param>
/// <param name="Folds">Over how many folds that is known; 0 when nothing is.</param>
/// <param name="IsPaired">Whether both trials were compared fold by fold.</param>
internal sealed record BaselineComparison(double Value, int Trial, double Tolerance, double Noise, int Folds, bool IsPaired);

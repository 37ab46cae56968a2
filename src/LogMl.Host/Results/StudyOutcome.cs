using LogMl.Host.Manifests;
using LogMl.Report;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>
/// What a study has found when a search of it ends. The summary on the console, summary.md and result.json say all of it, each in its form.
/// </summary>
internal sealed record StudyOutcome
{
    /// <summary>The manifest of the user's assembly.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>The name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>The workflow; null for the unnamed one.</summary>
    public required string? Workflow { get; init; }

    /// <summary>The sampler.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The seed of the study.</summary>
    public required long Seed { get; init; }

    /// <summary>The number of trials that there should be.</summary>
    public required int MaxEvals { get; init; }

    /// <summary>The sentence that says what has ended the last search; null when it is not known.</summary>
    public required string? End { get; init; }

    /// <summary>The clause that says why this search ended early; null when it did not.</summary>
    public required string? Early { get; init; }

    /// <summary>How many trials there are of each kind.</summary>
    public required OutcomeCounts Counts { get; init; }

    /// <summary>How many of the waiting trials were over before, and are to be run again on request.</summary>
    public required int Repeating { get; init; }

    /// <summary>The trials that are over, in the order in which they ended.</summary>
    public required IReadOnlyList<FinishedTrial> Trials { get; init; }

    /// <summary>The failed trials.</summary>
    public required IReadOnlyList<FailureGroup> Failures { get; init; }

    /// <summary>How long this call has taken.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The trial that best.yaml has; null when there is none.</summary>
    public required FinishedTrial? Best { get; init; }

    /// <summary>The trial that violates the constraints least, when none keeps them; else null.</summary>
    public required FinishedTrial? LeastViolating { get; init; }

    /// <summary>The trial to show: the best one, or the one that violates the constraints least.</summary>
    public FinishedTrial? Shown => Best ?? LeastViolating;

    /// <summary>The id of the inputs from which it was computed; null when they are not known.</summary>
    public required string? BestInputs { get; init; }

    /// <summary>What is different in them from those of this call; null when nothing is.</summary>
    public required string? BestDifference { get; init; }

    /// <summary>The clause that says how the inputs of the best trial are not today's; null when they are.</summary>
    public required string? BestRemark { get; init; }

    /// <summary>What the trials of other inputs mean for the result; null when the best trial is of today's.</summary>
    public required string? Outdated { get; init; }

    /// <summary>The trials of the Pareto front, when there are several objectives; else empty.</summary>
    public required IReadOnlyList<StoredResult> Front { get; init; }

    /// <summary>The id of the inputs of this call.</summary>
    public required string Inputs { get; init; }

    /// <summary>The scores of the final run on the test part; null when there was none.</summary>
    public required IReadOnlyDictionary<string, double>? Test { get; init; }

    /// <summary>What was gained over the defaults; null when there is no best trial.</summary>
    public required StudyGain? Gain { get; init; }

    /// <summary>The importances of the parameters for each objective; none when there are too few trials.</summary>
    public required IReadOnlyList<ObjectiveImportance> Importances { get; init; }

    /// <summary>What else there is to say, a clause each.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Whether there is a report.</summary>
    public required bool HasReport { get; init; }

    /// <summary>What the gate says; null when the build asks for none.</summary>
    public GateOutcome? Gate { get; init; }
}

using System.Globalization;
using LogMl.Optimization;
using LogMl.Shared.Spaces;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>
/// The numbers of a study's trials, for all that shows them. Each trial that is over counts once: as complete, infeasible, pruned, failed
/// or uncounted. One that was run again under another number is counted there.
/// </summary>
/// <param name="Finished">All that are over.</param>
/// <param name="Complete">Those with a result that keep the constraints.</param>
/// <param name="Infeasible">Those with a result that violate a constraint.</param>
/// <param name="Pruned">Those that were given up.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Uncounted">Those whose points are not in the space.</param>
/// <param name="Waiting">Those that wait to be run: they were stopped, are to be run again, or were added. They are not over.</param>
internal sealed record OutcomeCounts(int Finished, int Complete, int Infeasible, int Pruned, int Failed, int Uncounted, int Waiting)
{
    /// <summary>Those of the call, when they are known.</summary>
    public EndedTrials Ended { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>The states that occur, each with its number: <c>11 complete</c>, <c>3 infeasible</c>.</summary>
    public IReadOnlyList<string> Words => [.. new[] { CompleteWords }.Concat(OtherWords).Where(words => words.Length > 0)];

    /// <summary>The states without a feasible result that occur.</summary>
    public IReadOnlyList<string> OtherWords =>
    [
        .. from state in ((string Word, int Count)[])
           [
               ("infeasible", Infeasible), (TrialCsvRows.Pruned, Pruned), (TrialCsvRows.Failed, Failed), ("uncounted", Uncounted),
           ]
           where state.Count > 0
           select string.Create(CultureInfo.InvariantCulture, $"{state.Count} {state.Word}"),
    ];

    private string CompleteWords =>
        Complete == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Complete} {TrialCsvRows.Complete}");

    /// <summary>The numbers of a study.</summary>
    /// <param name="study">The study.</param>
    public static OutcomeCounts Of(StoredStudy study) => new(
        study.Finished, study.Feasible, study.Infeasible, study.Count(TrialState.Pruned), study.Count(TrialState.Failed),
        study.LeftOut.Count, study.WaitingTrials);
}

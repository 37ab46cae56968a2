using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The error of a search that has no result, or whose first trials all failed.</summary>
internal static class MissingResult
{
    /// <summary>The error to end with.</summary>
    /// <param name="study">The study.</param>
    /// <param name="maxFailures">The number of trials that may fail at the start.</param>
    /// <param name="loop">The trials that this call has run.</param>
    /// <param name="record">What this call has recorded.</param>
    /// <param name="failures">The failed trials of the study.</param>
    /// <param name="displayPath">Returns a path in the form for messages.</param>
    /// <returns>The error; null when there is a result.</returns>
    public static HostException? Of(
        StoredStudy study, int maxFailures, TrialLoop loop, SearchRecord record, IReadOnlyList<FailureGroup> failures,
        Func<string, string> displayPath)
    {
        if (study.HasResults && !loop.EndedByFailures)
        {
            return null;
        }

        var pruned = study.Count(TrialState.Pruned);
        var nothingRun = loop.Started == 0 ? "Nothing was run. " : "";
        return (failures.Count, pruned) switch
        {
            (0, 0) when study.LeftOut.Count > 0 && loop.Started == 0 => new HostException(
                HostErrors.OtherParameters,
                $"{nothingRun}The study has only trials that another program has added with other parameters "
                + $"({SearchSummary.Counted(study.LeftOut.Count, "trial")}), and they count. Raise max_evals, or set HyperOptStudy to the "
                + "name of another study."),
            (0, 0) =>
                new HostException(
                    HostErrors.NoTrialInTime,
                    "The time was over before the first trial was complete. Raise HyperOptTimeout, or timeout in the YAML, "
                    + "or make a trial shorter."),
            (0, _) => new HostException(
                HostErrors.AllTrialsPruned,
                $"{nothingRun}No trial was complete: {pruned} trials were given up before their end. Give the pruner more patience: "
                + "'pruner' below hyper_parameter_optimization."),
            _ => Failed(study, maxFailures, loop, record, failures, pruned, nothingRun, displayPath),
        };
    }

    private static HostException Failed(
        StoredStudy study, int maxFailures, TrialLoop loop, SearchRecord record, IReadOnlyList<FailureGroup> failures, int pruned,
        string nothingRun, Func<string, string> displayPath)
    {
        var failed = failures.Sum(group => group.Count);
        var what = loop.EndedByFailures
            ? $"The first {SearchSummary.Counted(study.DeterministicWorkers is null ? record.Failed : maxFailures, "trial")}"
                + $"{(study.HasResults ? " of this call" : "")} failed, "
                + $"so that the search has ended (max_failures is {maxFailures})"
            : pruned > 0 ? $"No trial was complete: {failed} failed, and {pruned} were pruned"
            : failed == 1 ? "The only trial failed" : $"All {failed} trials failed";
        var which = failed == 1 && !loop.EndedByFailures && pruned == 0 ? "It" : "The first";
        var next = study.HasResults
            ? "and set HyperOptRetryFailed=true to run failed trials again"
            : "the next call runs failed trials again";
        var first = record.FirstFailure ?? failures.Select(group => group.First).MinBy(trial => trial.Number)!;
        var when = loop.Started == 0 ? $", {TimeText.Of(first.Ended)}" : "";
        var reason = record.HasWarned ? $"{HostErrors.FirstTrialFailed} says why" : first.Failure.Headline;
        var error = displayPath(record.Folder.ErrorOf(first.Number));
        var revoked = SearchSummary.RevokedResults(record.RevokedResults) is { } text ? $" {text}." : "";
        return new HostException(
            HostErrors.AllTrialsFailed,
            $"{nothingRun}{what}.{revoked} {which} was trial {first.Number}{when}: {reason} (see {error}). "
            + $"Correct the cause{(study.HasResults ? ", " : "; ")}{next}.")
        {
            Place = SourcePlace.OfStack(first.Failure.Stack),
        };
    }
}

using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The error of a search that has no result, or whose first trials all failed.</summary>
internal static class MissingResult
{
    /// <param name="study">The study.</param>
    /// <param name="maxFailures">How many of the first trials may fail.</param>
    /// <param name="loop">What this call has run.</param>
    /// <param name="record">What it has recorded.</param>
    /// <param name="failures">The failed trials of the study.</param>
    /// <param name="shown">A path as people read it.</param>
    /// <returns>Null when there is a result.</returns>
    public static HostException? Of(StoredStudy study, int maxFailures, TrialLoop loop, SearchRecord record, IReadOnlyList<FailureGroup> failures, Func<string, string> shown)
    {
        if (study.Best is not null && !loop.OnlyFails)
        {
            return null;
        }

        var pruned = study.Count(TrialState.Pruned);
        var nothingRun = loop.Begun == 0 ? "Nothing was run. " : "";
        return (failures.Count, pruned) switch
        {
            (0, 0) when study.LeftOut.Count > 0 && loop.Begun == 0 => new HostException(
                HostErrors.OtherParameters,
                $"{nothingRun}The study has only trials that another program has added with other parameters ({SearchSummary.Counted(study.LeftOut.Count, "trial")}), and they count. Raise max_evals, or set HyperOptStudy to the name of another study."),
            (0, 0) => new HostException(HostErrors.NoTrialInTime, "The time was over before the first trial was complete. Raise HyperOptTimeout, or timeout in the YAML, or make a trial shorter."),
            (0, _) => new HostException(
                HostErrors.AllTrialsPruned, $"{nothingRun}No trial was complete: {pruned} trials were given up before their end. Give the pruner more patience: 'pruner' below hyper_parameter_optimization."),
            _ => Failed(study, maxFailures, loop, record, failures, pruned, nothingRun, shown),
        };
    }

    private static HostException Failed(
        StoredStudy study, int maxFailures, TrialLoop loop, SearchRecord record, IReadOnlyList<FailureGroup> failures, int pruned, string nothingRun, Func<string, string> shown)
    {
        var failed = failures.Sum(group => group.Count);
        var what = loop.OnlyFails
            ? $"The first {SearchSummary.Counted(record.Failed, "trial")}{(study.Best is null ? "" : " of this call")} failed, so that the search has ended (max_failures is {maxFailures})"
            : pruned > 0 ? $"No trial was complete: {failed} failed, and {pruned} were pruned"
            : failed == 1 ? "The only trial failed" : $"All {failed} trials failed";
        var which = failed == 1 && !loop.OnlyFails && pruned == 0 ? "It" : "The first";
        var next = study.Best is null ? "the next call runs failed trials again" : "and set HyperOptRetryFailed=true to run failed trials again";
        var first = record.FirstFailure ?? failures.Select(group => group.First).MinBy(trial => trial.Number)!;
        var when = loop.Begun == 0 ? $", {SearchSummary.Time(first.Ended)}" : "";
        var reason = record.HasWarned ? $"{HostErrors.FirstTrialFailed} says why" : first.Failure!.Headline;
        var error = shown(record.Folder.ErrorOf(first.Number));
        var withdrawn = SearchSummary.Withdrawn(record.Withdrawn) is { } text ? $" {text}." : "";
        return new HostException(
            HostErrors.AllTrialsFailed, $"{nothingRun}{what}.{withdrawn} {which} was trial {first.Number}{when}: {reason} (see {error}). Correct the cause{(study.Best is null ? "; " : ", ")}{next}.")
        {
            Place = SourcePlace.OfStack(first.Failure!.Stack),
        };
    }
}

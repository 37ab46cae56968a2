using System.Text.RegularExpressions;
using LogMl.Shared.Wire;

namespace LogMl.Host.Results;

/// <summary>
/// Failures that have the same step, exception and message. A failure whose step is not known is one of those that are the same but for the
/// step, when these have one step in common.
/// </summary>
/// <param name="First">The one of the trial with the lowest number, of those whose step is known.</param>
/// <param name="Count">The number of trials.</param>
internal sealed partial record FailureGroup(FailedTrial First, int Count)
{
    /// <summary>The groups of the trials that failed, the largest first.</summary>
    /// <param name="trials">The trials of a study.</param>
    public static IReadOnlyList<FailureGroup> Of(IEnumerable<FinishedTrial> trials) =>
        Of(trials.Where(trial => trial is { End: TrialEnd.Failed, Failure: not null })
            .Select(trial => new FailedTrial(trial.Number, trial.Ended, trial.Failure!)));

    /// <summary>The groups, the largest first.</summary>
    /// <param name="failures">The failures.</param>
    public static IReadOnlyList<FailureGroup> Of(IEnumerable<FailedTrial> failures) =>
    [
        .. failures.OrderBy(failed => failed.Number)
            .GroupBy(failed => Numbers().Replace(failed.Failure.What, "0"), StringComparer.Ordinal)
            .SelectMany(OfSteps)
            .Select(group => new FailureGroup(Array.Find(group, failed => failed.Failure.Step is not null) ?? group[0], group.Length))
            .OrderByDescending(group => group.Count).ThenBy(group => group.First.Number),
    ];

    private static IEnumerable<FailedTrial[]> OfSteps(IEnumerable<FailedTrial> same)
    {
        FailedTrial[][] groups = [.. same.GroupBy(failed => failed.Failure.Step, StringComparer.Ordinal).Select(group => group.ToArray())];
        return groups.Count(group => group[0].Failure.Step is not null) > 1
            ? groups
            : [[.. groups.SelectMany(group => group).OrderBy(failed => failed.Number)]];
    }

    /// <summary>Matches numbers. Messages that differ only in their numbers count as the same failure.</summary>
    [GeneratedRegex(@"-?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}

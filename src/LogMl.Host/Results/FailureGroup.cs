using System.Text.RegularExpressions;
using LogMl.Shared.Wire;

namespace LogMl.Host.Results;

/// <summary>Failed trials that have the same step, exception and message.</summary>
/// <param name="First">The failed trial with the lowest number.</param>
/// <param name="Count">The number of trials.</param>
internal sealed partial record FailureGroup(FinishedTrial First, int Count)
{
    /// <summary>The groups, the largest first.</summary>
    /// <param name="trials">The trials of a study.</param>
    public static IReadOnlyList<FailureGroup> Of(IEnumerable<FinishedTrial> trials) =>
    [
        .. trials.Where(trial => trial is { End: TrialEnd.Failed, Failure: not null }).OrderBy(trial => trial.Number)
            .GroupBy(trial => Numbers().Replace(trial.Failure!.Summary, "0"), StringComparer.Ordinal)
            .Select(group => new FailureGroup(group.First(), group.Count()))
            .OrderByDescending(group => group.Count).ThenBy(group => group.First.Number),
    ];

    /// <summary>Matches numbers. Messages that differ only in their numbers count as the same failure.</summary>
    [GeneratedRegex(@"-?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}

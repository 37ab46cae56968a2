using System.Globalization;
using LogMl.Host.Gating;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Shared;
using LogMl.Storage;
using SearchEnd = LogMl.Optimization.StopReason;

namespace LogMl.Host.Search;

/// <summary>The summary of a search: its last lines.</summary>
internal static class SearchSummary
{
    private const int MaxGroups = 5;
    private const int MaxFailureLength = 300;

    /// <summary>The fraction of failed trials that is worth a warning.</summary>
    private const double ManyFraction = 0.2;

    /// <summary>The indentation of each line except the first.</summary>
    public const string Indent = "     ";

    /// <summary>The time in what is no trial from which on the summary has it, if it is also a tenth of the time of the search.</summary>
    private static readonly TimeSpan LongTotal = TimeSpan.FromSeconds(1);

    /// <summary>Whether something that is no trial took so much of the search that the summary says it.</summary>
    public static bool IsLong(TimeSpan taken, TimeSpan elapsed) => taken >= LongTotal && taken >= elapsed / 10;

    /// <summary>The lines, without those about failures.</summary>
    public static IEnumerable<string> Lines(StudyOutcome outcome)
    {
        var goals = outcome.Manifest.Goals;
        string[] about =
        [
            .. outcome.BestRemark is { } remark ? (string[])[$"this trial was {remark}"] : [],
            .. outcome.Outdated is { } outdated ? (string[])[outdated] : [],
        ];
        string[] scores =
        [
            .. outcome.Test is { } test
                ? (string[])[$"test: {string.Join(", ", test.Select(figure => $"{figure.Key} {ShortNumber.Of(figure.Value)}"))}"]
                : [],
            .. GainLines(outcome),
            CountLine(outcome),
            .. outcome.Remarks, .. GateText.Lines(outcome.Gate),
        ];
        return
        [
            .. BestLines.Of(outcome), .. about.Select(line => Indent + line), .. ImportanceLines.Of(goals, outcome.Importances),
            .. scores.Select(line => Indent + line),
        ];
    }

    /// <summary>The gain over the defaults in each objective.</summary>
    public static IEnumerable<string> GainLines(StudyOutcome outcome) => outcome.Gain?.Objectives.Select(gain =>
        $"gain {(outcome.Manifest.Goals.AreSeveral ? $"in {gain.Name} " : "")}over the defaults: {gain.Words}") ?? [];

    private static string CountLine(StudyOutcome outcome)
    {
        var finished = outcome.Counts.Finished;
        var words = outcome.Counts.OtherWords;
        var early = outcome.Early is { } clause ? $", then {clause}" : "";
        var states = string.Join(", ", words);
        var ofThem = words.Count == 0 ? "" : finished == 1 ? $", {states[2..]}" : $", of them {states}";

        // A trial that is scheduled to run again was finished before.
        return (outcome.Counts.Ended.Here, finished + outcome.Repeating) switch
        {
            (0, var all) => $"{Counted(all, "trial")}{ofThem}{early}",
            var (now, all) when now == all => $"{Counted(now, "trial")} in {Duration(outcome.Elapsed)}{ofThem}{early}",
            var (now, all) => string.Create(CultureInfo.InvariantCulture, $"{now} of {Counted(all, "trial")} in "
                + $"{Duration(outcome.Elapsed)}{early}{(states.Length == 0 ? "" : $"; of all {all} trials {states}")}"),
        };
    }

    /// <summary>
    /// The text about earlier results that no longer count, because their trials were run again without a result; null when there are none.
    /// </summary>
    public static string? RevokedResults(int count) => count == 0 ? null
        : $"{Counted(count, "earlier result")} no longer {(count == 1 ? "counts" : "count")}: "
            + $"run again with today's inputs, {(count == 1 ? "its trial" : "their trials")} gave none";

    /// <summary>The lines about failed trials: one for each of the largest groups.</summary>
    /// <param name="failures">The groups, the largest first.</param>
    /// <param name="errorFile">Returns the path of a trial's error file for messages; null when it is not on this machine.</param>
    public static IEnumerable<string> Failures(IReadOnlyList<FailureGroup> failures, Func<int, string?> errorFile) =>
        Failures(failures, errorFile, count => string.Create(CultureInfo.InvariantCulture, $"{Indent}{count} failed"));

    /// <summary>The lines about failures: one for each of the largest groups.</summary>
    /// <param name="failures">The groups, the largest first.</param>
    /// <param name="errorFile">Returns the path of the file with the error of a trial for messages; null when there is none.</param>
    /// <param name="failed">Returns the beginning of the line for a number of trials.</param>
    public static IEnumerable<string> Failures(
        IReadOnlyList<FailureGroup> failures, Func<int, string?> errorFile, Func<int, string> failed)
    {
        foreach (var group in failures.Take(MaxGroups))
        {
            yield return $"{failed(group.Count)}: {Describe(group, errorFile)}";
        }

        if (failures.Count > MaxGroups)
        {
            yield return $"{failed(failures.Skip(MaxGroups).Sum(group => group.Count))} "
                + $"in {Counted(failures.Count - MaxGroups, "other way")}";
        }
    }

    /// <summary>The text of the warning when a fifth of the trials failed, or more; null when fewer did.</summary>
    public static string? ManyFailed(int finished, IReadOnlyList<FailureGroup> failures, Func<int, string?> errorFile)
    {
        var failed = failures.Sum(group => group.Count);
        if (failed == 0 || failed < finished * ManyFraction)
        {
            return null;
        }

        var most = failures[0].Count == failed ? "" : string.Create(CultureInfo.InvariantCulture, $" {failures[0].Count} of them so:");
        return string.Create(
            CultureInfo.InvariantCulture, $"{failed} of {Counted(finished, "trial")} failed.{most} {Describe(failures[0], errorFile)}");
    }

    private static string Describe(FailureGroup group, Func<int, string?> errorFile)
    {
        var place = errorFile(group.First.Number) is { } file ? $" ({(group.Count == 1 ? "" : "first: ")}{file})" : "";
        return BoundedText.Cut(group.First.Failure.Summary, MaxFailureLength) + place;
    }

    /// <summary>A number with its noun: <c>1 trial</c>, <c>2 trials</c>.</summary>
    public static string Counted(int count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>Why a call has run nothing, and what would make it run something.</summary>
    /// <param name="name">The name of the workflow.</param>
    /// <param name="goals">What the search looks for.</param>
    /// <param name="finished">The number of finished trials of the study.</param>
    /// <param name="failed">How many of them failed.</param>
    /// <param name="maxEvals">The number that there shall be, with those that were taken over.</param>
    /// <param name="taken">How many were taken over from another study, on top of <c>max_evals</c>.</param>
    /// <param name="end">What ended the search earlier; null when nothing did.</param>
    /// <param name="best">When the best trial ended; null when there is none.</param>
    /// <param name="finalRun">The run at the end that was done, of other inputs than before or for the first time; null for none.</param>
    public static string NothingRun(
        string name, Goals goals, int finished, int failed, int maxEvals, int taken, SearchEnd? end, DateTimeOffset? best,
        string? finalRun)
    {
        var (why, change) = end switch
        {
            SearchEnd.LossThreshold => ($", and its {goals.First} is good enough", "Change loss_threshold to go on"),
            SearchEnd.NoImprovement => (", and no longer improves", "Change no_improvement to go on"),
            SearchEnd.Regret => (", and little is left to gain", "Change terminator to go on"),
            SearchEnd.Exhausted => (", which are all points", "Widen the space to go on"),
            _ when finished > maxEvals => (
                (taken == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {taken} of them taken over"))
                + string.Create(CultureInfo.InvariantCulture, $", and max_evals is {maxEvals - taken}"),
                string.Create(CultureInfo.InvariantCulture, $"Raise max_evals above {finished - taken} to go on")),
            _ => ("", "Raise max_evals to go on"),
        };
        var retry = failed > 0
            ? $", set HyperOptRetryFailed=true to run the {(failed == 1 ? "failed one" : $"{failed} failed ones")} again"
            : "";
        return $"{name}: nothing was run{(finalRun is null ? "" : $" but {finalRun}")}, the study is complete: "
            + $"it has {Counted(finished, "trial")}{why}. {change}{retry}, or begin anew with -t:HyperOptClean. "
            + (best is { } time ? $"The best trial is of {TimeText.Of(time)}." : "No trial keeps the constraints.");
    }

    /// <summary>The sentence that says what has ended the search.</summary>
    /// <param name="goals">What the search looks for.</param>
    /// <param name="reason">Why it was stopped.</param>
    /// <param name="end">What ended it without being stopped.</param>
    /// <param name="stopReason">Why the step trial_finished has ended it; null when it has not.</param>
    /// <param name="maxEvals">The number of trials that there should be.</param>
    public static string End(Goals goals, StopReason reason, SearchEnd? end, string? stopReason, int maxEvals) =>
        Early(goals, reason, end, stopReason) is { } clause
            ? $"{char.ToUpperInvariant(clause[0])}{clause[1..]}."
            : $"The {Counted(maxEvals, "trial")} of max_evals {(maxEvals == 1 ? "was" : "were")} run.";

    /// <summary>The clause that says why the search ended early; null when it did not.</summary>
    /// <param name="goals">What the search looks for.</param>
    /// <param name="reason">Why it was stopped.</param>
    /// <param name="end">What ended it without being stopped.</param>
    /// <param name="stopReason">Why the step trial_finished has ended it; null when it has not.</param>
    public static string? Early(Goals goals, StopReason reason, SearchEnd? end, string? stopReason) => (reason, end) switch
    {
        (StopReason.Cancelled, _) => "it was cancelled",
        (StopReason.Timeout, _) => "the time was over",
        _ when stopReason is not null =>
            $"it was stopped by {WorkerProcess.FinishedStep}: {BoundedText.Cut(stopReason, MaxFailureLength)}",
        (_, SearchEnd.LossThreshold) => $"the {goals.First} was good enough",
        (_, SearchEnd.NoImprovement) => "it no longer improved",
        (_, SearchEnd.Regret) => "little was left to gain",
        (_, SearchEnd.Exhausted) => "all points had been tried",
        _ => null,
    };

    /// <summary>
    /// Says how many trials of other inputs are better than the best of the present inputs, and how to make them comparable.
    /// </summary>
    /// <param name="goals">What the search looks for.</param>
    /// <param name="study">The study.</param>
    /// <param name="inputs">The inputs of its trials.</param>
    public static string Outdated(Goals goals, StoredStudy study, TrialInputs inputs)
    {
        if (goals.AreSeveral)
        {
            var old = study.Front.Count(result => inputs.IsOutdated(result.Number));
            return $"{old} of the {Counted(study.Front.Count, "trial")} of the front {(old == 1 ? "was" : "were")} computed from other "
                + "inputs; each call with HyperOptReevaluate=true runs ten of them again";
        }

        var results = study.Results.ToLookup(result => inputs.IsOutdated(result.Number));
        var today = results[false].OrderBy(result => result.Loss).ThenBy(result => result.Number).Select(result => (StoredResult?)result)
            .FirstOrDefault();
        var better = results[true].Count(result => result.Loss <= (today?.Loss ?? double.PositiveInfinity));
        var than = today is { } best
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"than the best of today's inputs, trial {best.Number} with {BestLines.Describe(goals, best)}")
            : "";
        var such = today is null
            ? $"{Counted(better, "trial")} {(better == 1 ? "was" : "were")} computed from other inputs, and none from today's"
            : $"{Counted(better, "trial")} of other inputs {(better == 1 ? "is" : "are")} not worse {than}";
        return $"{such}; each call with HyperOptReevaluate=true runs the best ten again";
    }

    /// <summary>A duration for people.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? time.ToString(@"d'.'hh\:mm\:ss", CultureInfo.InvariantCulture)
        : time.TotalMinutes >= 1
            ? time.ToString(@"m\:ss' min'", CultureInfo.InvariantCulture)
            : time.TotalSeconds.ToString("0.0' s'", CultureInfo.InvariantCulture);
}

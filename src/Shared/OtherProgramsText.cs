using System.Globalization;
using LogMl.Storage;

namespace LogMl.Shared;

/// <summary>What other programs, such as Optuna, do in a study, in words. Compiled into host and tool.</summary>
internal static class OtherProgramsText
{
    private const int MaxNamed = 3;

    /// <summary>The text about the trials with other parameters.</summary>
    /// <param name="study">The study.</param>
    /// <param name="reported">The number of trials that were reported already.</param>
    /// <returns>The text; null when there are no new ones.</returns>
    public static string? LeftOut(StoredStudy study, ref int reported)
    {
        var ours = study.OfEarlierSpace;
        var all = study.LeftOut.Where(trial => !ours.ContainsKey(trial.Key)).ToArray();
        if (all.Length == reported)
        {
            return null;
        }

        reported = all.Length;
        var some = string.Join(", ", all.TakeLast(MaxNamed)
            .Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Key} ({trial.Value})")));
        var more = all.Length > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $" and {all.Length - MaxNamed} before") : "";
        var count = all.Length == 1 ? "1 trial" : string.Create(CultureInfo.InvariantCulture, $"{all.Length} trials");
        return $"{count} of the study '{study.Name}' that another program has added "
            + $"{(all.Length == 1 ? "has" : "have")} other parameters than the space: {some}{more}. "
            + "They count as trials, but the search does not learn from them, and none of them can be the best.";
    }

    /// <summary>The text about values of an enqueued trial that are not in the space; null when there are none.</summary>
    public static string? Ignored(StoredTrial trial) => trial.Ignored.Count == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"Trial {trial.Number} was enqueued by another program with values that it cannot "
            + $"have: {string.Join("; ", trial.Ignored)}. The algorithm has proposed other values for it.");

    /// <summary>The line about the trials that others run; null when there are none.</summary>
    public static string? Running(StoredStudy study)
    {
        var others = study.RunByOthers;
        if (others.Count == 0)
        {
            return null;
        }

        var some = string.Join(", ", others.Take(MaxNamed).Select(trial => string.Create(
            CultureInfo.InvariantCulture,
            $"trial {trial.Key}{(trial.Value is { } started ? " since " + TimeText.Of(started) : "")}")));
        var more = others.Count > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $" and {others.Count - MaxNamed} more") : "";
        return $"run by other programs, and not waited for: {some}{more}";
    }
}

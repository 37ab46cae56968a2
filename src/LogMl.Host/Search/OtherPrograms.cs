using System.Globalization;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>Says what programs such as Optuna do in the study that matters to whoever reads its result.</summary>
internal sealed class OtherPrograms(HostEvents events, StoredStudy study)
{
    private const int Most = 3;

    private int _told;

    /// <summary>Warns of the trials with other parameters, when there are such that it has not warned of.</summary>
    public void Tell()
    {
        if (LeftOut(study, ref _told) is { } text)
        {
            events.Warning(HostErrors.OtherParameters, SourcePlace.Unknown, text);
        }
    }

    /// <summary>Names the trials with other parameters.</summary>
    /// <param name="study">The study.</param>
    /// <param name="told">How many of them have been told of.</param>
    /// <returns>Null when there are no others.</returns>
    public static string? LeftOut(StoredStudy study, ref int told)
    {
        var all = study.LeftOut;
        if (all.Count == told)
        {
            return null;
        }

        told = all.Count;
        var some = string.Join(", ", all.TakeLast(Most).Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Key} ({trial.Value})")));
        var more = all.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - Most} before") : "";
        return $"{SearchSummary.Counted(all.Count, "trial")} of the study '{study.Name}' that another program has added {(all.Count == 1 ? "has" : "have")} other parameters than the space: {some}{more}. "
            + "They count as trials, but the search does not learn from them, and none of them can be the best.";
    }

    /// <summary>Warns of what an enqueued trial asks for and cannot have.</summary>
    public static void Tell(HostEvents events, StoredTrial trial)
    {
        if (Ignored(trial) is { } text)
        {
            events.Warning(HostErrors.IgnoredValues, SourcePlace.Unknown, text);
        }
    }

    /// <summary>What an enqueued trial asks for and cannot have; null when that is nothing.</summary>
    public static string? Ignored(StoredTrial trial) => trial.Ignored.Count == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"Trial {trial.Number} was enqueued by another program with values that it cannot have: {string.Join("; ", trial.Ignored)}. The algorithm has proposed other values for it.");

    /// <summary>The line of the summary about the trials that others run; null when there are none.</summary>
    public static string? Running(StoredStudy study)
    {
        var others = study.RunByOthers;
        if (others.Count == 0)
        {
            return null;
        }

        var some = string.Join(", ", others.Take(Most).Select(trial => string.Create(
            CultureInfo.InvariantCulture, $"trial {trial.Number}{(trial.Started is { } started ? " since " + SearchSummary.Time(started) : "")}")));
        var more = others.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {others.Count - Most} more") : "";
        return $"run by other programs, and not waited for: {some}{more}";
    }
}

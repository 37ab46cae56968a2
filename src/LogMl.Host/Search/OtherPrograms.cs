using System.Globalization;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>Says what programs such as Optuna do in the study that matters to whoever reads its result.</summary>
internal sealed class OtherPrograms(HostEvents events, StoredStudy study)
{
    private const int Most = 3;

    private int _told;

    /// <summary>Warns of the trials with other parameters that it has not warned of.</summary>
    public void Tell()
    {
        var all = study.LeftOut;
        if (all.Count == _told)
        {
            return;
        }

        _told = all.Count;
        var some = string.Join(", ", all.TakeLast(Most).Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Key} ({trial.Value})")));
        var more = all.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - Most} before") : "";
        events.Warning(
            HostErrors.OtherParameters,
            SourcePlace.Unknown,
            $"{SearchSummary.Counted(all.Count, "trial")} of the study '{study.Name}' that another program has added {(all.Count == 1 ? "has" : "have")} other parameters than the space: {some}{more}. "
            + "They count as trials, but the search does not learn from them, and none of them can be the best.");
    }

    /// <summary>Warns of what an enqueued trial asks for and cannot have.</summary>
    public static void Tell(HostEvents events, StoredTrial trial)
    {
        if (trial.Ignored.Count > 0)
        {
            events.Warning(
                HostErrors.IgnoredValues,
                SourcePlace.Unknown,
                string.Create(CultureInfo.InvariantCulture, $"Trial {trial.Number} was enqueued by another program with values that it cannot have: {string.Join("; ", trial.Ignored)}. The algorithm has proposed other values for it."));
        }
    }

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

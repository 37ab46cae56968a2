using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>Says for how many workers a study is deterministic, what limits that, and whether it has changed.</summary>
internal sealed class Determinism(HostEvents events, Manifest manifest, SearchSettings settings, StoredStudy study)
{
    /// <param name="before">The number of workers for which the study was deterministic before this call; null when it was not.</param>
    public void Announce(int? before)
    {
        if (study.DeterministicWorkers is { } workers)
        {
            var knows = workers == 1 ? "each trial knows the results of all trials before it"
                : string.Create(CultureInfo.InvariantCulture, $"a trial knows the results of the trials up to {workers} before it");
            events.Message(string.Create(
                CultureInfo.InvariantCulture,
                $"{manifest.Name}: deterministic for {Workers(workers)} and seed {settings.Seed}{SeedNote()}{SourceNote()}: "
                + $"{knows}{LimitNote()}"));
        }

        // The trials of another study with which a new one begins are the same each time.
        if (study.Evaluations > 0 && !study.IsNew && Change(before) is { } change)
        {
            events.Warning(HostErrors.OtherDeterminism, SourcePlace.Unknown, change);
        }
    }

    private string SourceNote() => TakenTrials.Of(study.Attributes) is { } source
        ? $", after {SearchSummary.Counted(source.Trials, "trial")} of the study '{source.Source}'"
        : "";

    private string SeedNote() =>
        settings.RandomSeed is null && study.IsNew ? " (no random_seed is set, so that another study gets another)" : "";

    /// <summary>What depends on the clock cannot be the same on every run.</summary>
    private string LimitNote()
    {
        string[] limits =
        [
            .. settings.Timeout is null ? (string[])[] : ["timeout"],
            .. settings.TrialTimeout is null ? (string[])[] : ["trial_timeout"],
            .. settings.TrialMemory is null ? (string[])[] : ["trial_memory"],
        ];
        return limits.Length == 0 ? "" : $". What {string.Join(" and ", limits)} cuts off depends on the machine all the same";
    }

    private string? Change(int? before) => (before, study.DeterministicWorkers) switch
    {
        (null, { } now) => string.Create(
            CultureInfo.InvariantCulture,
            $"The study was not deterministic before, and is now for {Workers(now)}. The new trials follow from its "
            + $"{SearchSummary.Counted(study.Evaluations, "earlier trial")}, which another run would not give again."),
        ({ } was, null) => string.Create(
            CultureInfo.InvariantCulture,
            $"The study was deterministic for {Workers(was)}, and is no longer: from here on, the trials depend on how fast each one is. "
            + $"Set deterministic: true to go on as before."),
        (_, { } now) when settings.Workers > now => string.Create(
            CultureInfo.InvariantCulture,
            $"The study is deterministic for {Workers(now)}, as it was before, and not for {settings.Workers}: no more than {now} run. "
            + $"To use more, begin another study, which has other trials."),
        (_, { } now) when settings.Workers < now => string.Create(
            CultureInfo.InvariantCulture,
            $"The study is deterministic for {Workers(now)}, as it was before, and now runs with {settings.Workers}: the trials are those "
            + $"of {Workers(now)}. It only takes longer."),
        _ => null,
    };

    private static string Workers(int count) => SearchSummary.Counted(count, "worker");
}

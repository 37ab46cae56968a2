using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Report.Reading;

/// <summary>Finds out what the machines of a study do, from its trials and the signs of life of those who run them.</summary>
internal static class HostStates
{
    /// <summary>A host without a trial for so long is idle: between two trials it looks for the next point.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The machines in the order of their names. Trials of other programs have none.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="notes">Their attributes by number: JSON by name.</param>
    /// <param name="running">Those that run.</param>
    /// <param name="isRunning">Whether the search runs.</param>
    public static IReadOnlyList<HostState> Of(
        IReadOnlyCollection<TrialRecord> trials, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> notes,
        IReadOnlyList<RunningRecord> running, bool isRunning)
    {
        var held = running.ToDictionary(trial => trial.Number);
        var repeated = trials.SelectMany(trial => trial.RetryHistory).ToHashSet();
        var now = trials.Max(trial => held.TryGetValue(trial.Number, out var row) ? trial.Started + row.Elapsed : trial.Completed);
        return
        [
            .. from trial in trials
               where trial.Started is not null && notes.GetValueOrDefault(trial.Number)?.ContainsKey(TrialNoteNames.Host) == true
               group trial by notes[trial.Number][TrialNoteNames.Host] into ofHost
               let state = StateOf([.. ofHost], notes, held, isRunning ? now - Pause : null)
               let name = NoteReader.Text(notes[ofHost.First().Number], TrialNoteNames.Host)
               where name is not null
               orderby name
               select Counted(state with { Name = name }, ofHost, repeated),
        ];
    }

    /// <param name="trials">The trials of the machine.</param>
    /// <param name="notes">The attributes of all trials.</param>
    /// <param name="held">The running trials of the study.</param>
    /// <param name="busySince">Who has ended a trial since then is not idle; null when no search runs.</param>
    private static HostState StateOf(
        TrialRecord[] trials, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> notes, Dictionary<int, RunningRecord> held,
        DateTime? busySince)
    {
        RunningRecord[] rows = [.. trials.Select(trial => held.GetValueOrDefault(trial.Number)).OfType<RunningRecord>()];
        RunningRecord[] alive = [.. rows.Where(row => !row.IsGone)];
        if (alive.Length > 0)
        {
            return new HostState("", HostLife.Alive)
            {
                Processes = alive.Select(row => row.Owner ?? "").Distinct(StringComparer.Ordinal).Count(),
            };
        }

        // A process that ended in order has given its trials back. What others have found to be lost they end later than its last trial.
        var seen = rows.Max(row => row.LastSeen);
        DateTime? ended = null;
        DateTime? found = null;
        foreach (var trial in trials.Where(trial => trial.Completed is not null))
        {
            if (trial.State == StoredState.Fail && notes[trial.Number].TryGetValue(TrialNoteNames.LastSeen, out var json))
            {
                seen = Later(seen, NoteReader.Time(json));
                found = Later(found, trial.Completed);
            }
            else
            {
                ended = Later(ended, trial.Completed);
            }
        }

        if (rows.Length > 0 || (found is { } loss && !(ended > loss) && !trials.Any(trial => trial.Started > loss)))
        {
            return new HostState("", HostLife.Gone) { Since = InSeconds(Later(seen, ended)) };
        }

        return ended > busySince
            ? new HostState("", HostLife.Alive)
            : new HostState("", HostLife.Idle) { Since = InSeconds(ended ?? seen) };
    }

    private static HostState Counted(HostState state, IEnumerable<TrialRecord> trials, HashSet<int> repeated)
    {
        var counts = trials.CountBy(trial => TrialLetter.Of(trial, repeated.Contains(trial.Number), isLeftOut: false)).ToDictionary();
        return state with
        {
            Running = counts.GetValueOrDefault(TrialLetter.Running),
            Complete = counts.GetValueOrDefault(TrialLetter.Complete) + counts.GetValueOrDefault(TrialLetter.Infeasible),
            Pruned = counts.GetValueOrDefault(TrialLetter.Pruned),
            Failed = counts.GetValueOrDefault(TrialLetter.Failed),
            Repeated = counts.GetValueOrDefault(TrialLetter.Repeated),
        };
    }

    private static DateTime? Later(DateTime? one, DateTime? other) => one is null || other > one ? other : one;

    private static DateTime? InSeconds(DateTime? time) =>
        time is { } exact ? exact.AddTicks(-(exact.Ticks % TimeSpan.TicksPerSecond)) : null;
}

using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <content>Brings the engine to where the storage is.</content>
public partial class StudyView
{
    /// <summary>The evaluations that the engine's trials are.</summary>
    private readonly List<int> _evaluationOf = [];

    /// <summary>The numbers of all repetitions, ascending.</summary>
    private readonly List<int> _repetitions = [];

    /// <summary>
    /// The numbers of the repetitions of failed trials, by the numbers of those. A repetition may be known before the failure is: that of a
    /// trial of this process.
    /// </summary>
    private readonly Dictionary<int, int> _repetitionOf = [];

    /// <summary>The trials of the engine whose run in the storage failed and is repeated under another number, by that number.</summary>
    private readonly Dictionary<int, Trial> _repeated = [];

    /// <summary>The trials of other programs whose points are not in the space, and why not.</summary>
    private readonly Dictionary<int, string> _leftOut = [];

    private bool _isLearning;
    private bool _isShared;

    /// <summary>The trials that are not over, and not repeated, by their keys.</summary>
    private protected Dictionary<long, Entry> Unfinished { get; } = [];

    /// <summary>The numbers in the storage of the engine's trials.</summary>
    private protected List<int> Numbers { get; } = [];

    /// <summary>The greatest number of a trial; -1 while there is none.</summary>
    private protected int LastNumber { get; private set; } = -1;

    private protected int EvaluationCount { get; private set; }

    /// <summary>Learns what others have done since the last call.</summary>
    private protected virtual void Synchronize()
    {
        var others = Unfinished.Where(pair => !pair.Value.IsMine).Select(pair => pair.Key).ToArray();
        var records = _storage.ReadTrials(_record.Id, LastNumber, others);
        foreach (var record in records.Where(record => record.Number > LastNumber))
        {
            Count(record);
            if (record.RetryHistory is [.., var last])
            {
                _repetitionOf[last] = record.Number;
            }
        }

        foreach (var record in records.Where(record => record.State == StoredState.Complete && _repetitionOf.ContainsKey(record.Number)))
        {
            if (_points.Read(record, out _) is null)
            {
                RequireStranger(record);
            }

            _standing[record.Number] = record;
        }

        // The engine sees starts and ends in the order in which they happened, and a repetition in the place of the first run: what a
        // sampler proposes may depend on it. An evaluation keeps its place among the starts also where it was given back and started again
        // after others had ended.
        var starts = records.Any(record => record.RetryHistory.Count > 0)
            ? records.ToDictionary(record => record.Number, record => record.Started)
            : [];
        var ends = new PriorityQueue<TrialRecord, (DateTime?, int)>();
        foreach (var record in records.OrderBy(FirstNumber).ThenBy(record => record.Number))
        {
            var started = starts.TryGetValue(FirstNumber(record), out var first) ? first : record.Started;
            while (ends.TryPeek(out var end, out _) && end.Completed <= started)
            {
                Apply(ends.Dequeue());
            }

            if (IsOver(record))
            {
                Start(record);
                ends.Enqueue(record, (record.Completed, record.Number));
            }
            else
            {
                Apply(record);
            }
        }

        while (ends.TryDequeue(out var end, out _))
        {
            Apply(end);
        }

        // What the first call learns was there before.
        _isLearning = true;
    }

    private static bool IsOthers(TrialRecord record) => record is { State: StoredState.Running, Owner: null };

    private static bool IsOver(TrialRecord record) => record.State is StoredState.Complete or StoredState.Pruned or StoredState.Fail;

    private protected void Count(TrialRecord record)
    {
        LastNumber = Math.Max(LastNumber, record.Number);
        if (record.RetryHistory.Count > 0)
        {
            _repetitions.Add(record.Number);
        }
        else
        {
            EvaluationCount++;
        }
    }

    /// <summary>The number of the first run of the same evaluation.</summary>
    private protected static int FirstNumber(TrialRecord record) => record.RetryHistory is [var first, ..] ? first : record.Number;

    private protected int EvaluationOf(TrialRecord record)
    {
        var number = FirstNumber(record);
        var before = _repetitions.BinarySearch(number);
        return number - (before < 0 ? ~before : before);
    }

    private void Apply(TrialRecord record)
    {
        if (Start(record) is not { } entry)
        {
            return;
        }

        if (entry.Trial is { State: TrialState.Running } trial)
        {
            Learn(trial, entry.Record);
            if (IsOver(record))
            {
                End(trial, record);
            }
        }

        if (IsOver(record))
        {
            Unfinished.Remove(record.Id);
            if (!_repetitionOf.ContainsKey(record.Number) && Unreplaced(record) is null)
            {
                Replace(record.Replaces);
            }
        }
    }

    /// <summary>Puts a trial into the engine, when its point is known.</summary>
    /// <returns>Null when the trial never gets there.</returns>
    private Entry? Start(TrialRecord record)
    {
        var isKnown = Unfinished.TryGetValue(record.Id, out var entry);
        if (entry is null)
        {
            if (IsOver(record) && _repetitionOf.ContainsKey(record.Number))
            {
                return null;
            }

            entry = new Entry(record);
            Unfinished.Add(record.Id, entry);
        }

        _isShared |= _isLearning && !entry.IsMine && !(isKnown && entry.Record.State == record.State)
            && (record.State is StoredState.Complete or StoredState.Pruned
                || (record.State == StoredState.Running && record.Owner is { } owner && owner != _storage.Owner));
        entry.Record = record;

        if (!entry.IsMine && TryTakeBack(record))
        {
            entry.Record = record with { State = StoredState.Waiting, Owner = null, Reports = [] };
        }

        if (_repeated.Remove(record.Number, out var same))
        {
            entry.Trial = same;
        }
        else if (entry.Trial is null && record.RetryHistory.Count > 0)
        {
            // This object does not know yet that the earlier run is over, or is to learn it with this one.
            entry.Trial = Unfinished.Values.FirstOrDefault(other => record.RetryHistory.Contains(other.Record.Number))?.Trial;
        }

        if (entry.Trial is { } known)
        {
            if (entry.Record.State != StoredState.Waiting)
            {
                Numbers[known.Number] = Math.Max(record.Number, Numbers[known.Number]);
            }

            return entry;
        }

        // One that waits with its point was begun before, and goes on to be an evaluation in its place.
        if (_points.Read(record, out var problem) is { } point)
        {
            Begin(entry, point);
        }
        else if (record.State == StoredState.Complete || (record.State == StoredState.Pruned && _points.ProblemOf(record) is not null))
        {
            RequireStranger(record);
            _leftOut[record.Number] = problem!;
        }

        // Else it waits for its values, another program has not given it all of them yet, or failed before it did.
        return entry;
    }

    /// <summary>Lets a trial wait that nobody runs although the storage says that this process does.</summary>
    private protected virtual bool TryTakeBack(TrialRecord record) => false;

    /// <summary>
    /// Takes that a trial is left out, because its point is not in the space. Another program may do in the study what it likes, and the
    /// search goes on without it.
    /// </summary>
    /// <exception cref="StorageException">It is none of another program.</exception>
    private protected virtual void RequireStranger(TrialRecord record)
    {
    }

    private protected void Begin(Entry entry, IReadOnlyDictionary<string, double> point)
    {
        if (entry.Trial is null)
        {
            entry.Trial = Study.Ask(point);
            Numbers.Add(entry.Record.Number);
            _evaluationOf.Add(EvaluationOf(entry.Record));
        }
        else
        {
            Numbers[entry.Trial.Number] = entry.Record.Number;
        }
    }

    private void Learn(Trial trial, TrialRecord record)
    {
        if (record.Reports.Count == 0 && trial.Reports.Count == 0 && record.UserAttributes.Count == 0 && trial.UserAttributes.Count == 0)
        {
            return;
        }

        if (Unfinished.Values.Any(entry => entry.IsMine && entry.Trial == trial))
        {
            // It was taken from this process, which still runs it and may be the first to have a result.
            return;
        }

        Study.ReplaceUserAttributes(trial, StoredAttributes.Read(record.UserAttributes));

        // It was begun anew since, by another process.
        if (trial.Reports.Count > 0 && !record.Reports.Select(report => report.Step).ToHashSet().IsSupersetOf(trial.Reports.Keys))
        {
            Study.Restart(trial);
        }

        foreach (var (step, value) in record.Reports)
        {
            if (_record.Directions.Count == 1 && step >= 0 && !(trial.Reports.TryGetValue(step, out var known) && known.Equals(value)))
            {
                trial.Report(value, step);
            }
        }
    }

    private void End(Trial trial, TrialRecord record)
    {
        switch (record.State)
        {
            case var _ when _repetitionOf.TryGetValue(record.Number, out var repetition):
                // The same evaluation goes on under another number.
                while (_repetitionOf.TryGetValue(repetition, out var next))
                {
                    repetition = next;
                }

                _repeated[repetition] = trial;
                if (Unfinished.Values.FirstOrDefault(entry => entry.Record.Number == repetition) is { } waiting)
                {
                    waiting.Trial ??= trial;
                    _repeated.Remove(repetition);
                }

                break;
            case StoredState.Complete:
                TellStored(trial, record);
                break;
            case StoredState.Pruned:
                Study.TellPruned(trial);
                break;
            case var _ when Unreplaced(record) is { } earlier && _standing.Remove(earlier.Number):
                // It was cut off too often: nothing has come in the place of the result that there was.
                Numbers[trial.Number] = earlier.Number;
                TellStored(trial, earlier);
                break;
            default:
                Study.TellFailed(trial);
                break;
        }
    }

    private void TellStored(Trial trial, TrialRecord record)
    {
        if (record.Values.Count != _record.Directions.Count)
        {
            throw SpaceCompatibility.WithoutValues(Name, record, _record.Directions.Count);
        }

        Study.Tell(trial, new TrialResult(record.Values) { Constraints = record.Constraints });
    }

    private protected sealed class Entry(TrialRecord record)
    {
        public TrialRecord Record { get; set; } = record;

        /// <summary>The trial in the engine, once its point is known.</summary>
        public Trial? Trial { get; set; }

        /// <summary>Whether this process runs it: then nobody else knows more about it.</summary>
        public bool IsMine { get; set; }
    }
}

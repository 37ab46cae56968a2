using LogMl.Optimization;

namespace LogMl.Storage;

/// <content>Brings the engine to where the storage is.</content>
public sealed partial class StoredStudy
{
    /// <summary>The trials that are not over, and not repeated, by their keys.</summary>
    private readonly Dictionary<long, Entry> _unfinished = [];

    /// <summary>The numbers in the storage of the engine's trials.</summary>
    private readonly List<int> _numbers = [];

    /// <summary>The evaluations that the engine's trials are.</summary>
    private readonly List<int> _evaluationOf = [];

    /// <summary>The numbers of all repetitions, ascending.</summary>
    private readonly List<int> _repetitions = [];

    /// <summary>The numbers of the repetitions of failed trials, by the numbers of those. A repetition may be known before the failure is: that of a trial of this process.</summary>
    private readonly Dictionary<int, int> _repetitionOf = [];

    /// <summary>The trials of the engine whose run in the storage failed and is repeated under another number, by that number.</summary>
    private readonly Dictionary<int, Trial> _repeated = [];

    /// <summary>The trials of other programs whose points are not in the space, and why not.</summary>
    private readonly Dictionary<int, string> _leftOut = [];

    /// <summary>The notes of all trials, while a synchronization that has asked for them goes on: a study may have many strangers.</summary>
    private IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>>? _notes;

    private int _lastNumber = -1;
    private int _evaluations;

    private void Synchronize()
    {
        _notes = null;
        var others = _unfinished.Where(pair => !pair.Value.IsMine).Select(pair => pair.Key).ToArray();
        var records = _storage.ReadTrials(_record.Id, _lastNumber, others);
        foreach (var record in records.Where(record => record.Number > _lastNumber))
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

        // The engine sees starts and ends in the order in which they happened, and a repetition in the place of the first run: what a sampler proposes may depend on it. An evaluation keeps its place
        // among the starts also where it was given back and started again after others had ended.
        var starts = records.Any(record => record.RetryHistory.Count > 0) ? records.ToDictionary(record => record.Number, record => record.Started) : [];
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

        _notes = null;
    }

    private static bool IsOthers(TrialRecord record) => record is { State: StoredState.Running, Owner: null };

    private static bool IsOver(TrialRecord record) => record.State is StoredState.Complete or StoredState.Pruned or StoredState.Fail;

    private void Count(TrialRecord record)
    {
        _lastNumber = Math.Max(_lastNumber, record.Number);
        if (record.RetryHistory.Count > 0)
        {
            _repetitions.Add(record.Number);
        }
        else
        {
            _evaluations++;
        }
    }

    /// <summary>The number of the first run of the same evaluation.</summary>
    private static int FirstNumber(TrialRecord record) => record.RetryHistory is [var first, ..] ? first : record.Number;

    private int EvaluationOf(TrialRecord record)
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
            _unfinished.Remove(record.Id);
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
        var isKnown = _unfinished.TryGetValue(record.Id, out var entry);
        if (entry is null)
        {
            if (IsOver(record) && _repetitionOf.ContainsKey(record.Number))
            {
                return null;
            }

            entry = new Entry(record);
            _unfinished.Add(record.Id, entry);
        }

        _isShared |= _isOpen && !entry.IsMine && !(isKnown && entry.Record.State == record.State)
            && (record.State is StoredState.Complete or StoredState.Pruned || (record.State == StoredState.Running && record.Owner is { } owner && owner != _storage.Owner));
        entry.Record = record;

        // A trial that this process created, of which the answer of the database was lost, or that was open when its study was closed: nobody runs it.
        if (record.State == StoredState.Running && record.Owner == _storage.Owner && !entry.IsMine && !_held.Contains(record.Id) && _storage.TryRelease(record.Id))
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
            entry.Trial = _unfinished.Values.FirstOrDefault(other => record.RetryHistory.Contains(other.Record.Number))?.Trial;
        }

        if (entry.Trial is { } known)
        {
            if (entry.Record.State != StoredState.Waiting)
            {
                _numbers[known.Number] = Math.Max(record.Number, _numbers[known.Number]);
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

    /// <summary>Another program may do in the study what it likes, and the search goes on without it. That a trial of ours is not in the space is an error.</summary>
    private void RequireStranger(TrialRecord record)
    {
        if (_spaceBefore?.Fit(record) == true || IsOurs(record))
        {
            throw SpaceCompatibility.Misfit(Name, record, Study.Parameters, _points, _storage.ReadDistributions(_record.Id));
        }
    }

    /// <summary>Whether a trial has the notes that this program makes: then its point was in the space, and what is stored of it is damaged, or was changed.</summary>
    private bool IsOurs(TrialRecord record) =>
        _options.TrialAttributes.Count > 0
        && (_notes ??= _storage.ReadTrialAttributes(_record.Id)).TryGetValue(record.Number, out var notes)
        && _options.TrialAttributes.Keys.All(notes.ContainsKey);

    private void Begin(Entry entry, IReadOnlyDictionary<string, double> point)
    {
        if (entry.Trial is null)
        {
            entry.Trial = Study.Ask(point);
            _numbers.Add(entry.Record.Number);
            _evaluationOf.Add(EvaluationOf(entry.Record));
        }
        else
        {
            _numbers[entry.Trial.Number] = entry.Record.Number;
        }
    }

    private void Learn(Trial trial, TrialRecord record)
    {
        if (record.Reports.Count == 0 && trial.Reports.Count == 0)
        {
            return;
        }

        if (_unfinished.Values.Any(entry => entry.IsMine && entry.Trial == trial))
        {
            // It was taken from this process, which still runs it and may be the first to have a result.
            return;
        }

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
                if (_unfinished.Values.FirstOrDefault(entry => entry.Record.Number == repetition) is { } waiting)
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
                _numbers[trial.Number] = earlier.Number;
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

    private sealed class Entry(TrialRecord record)
    {
        public TrialRecord Record { get; set; } = record;

        /// <summary>The trial in the engine, once its point is known.</summary>
        public Trial? Trial { get; set; }

        /// <summary>Whether this process runs it: then nobody else knows more about it.</summary>
        public bool IsMine { get; set; }
    }
}

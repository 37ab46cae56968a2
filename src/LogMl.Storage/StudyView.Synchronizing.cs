using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <content>Keeps the engine in step with the storage.</content>
public partial class StudyView
{
    /// <summary>The evaluations of the engine's trials.</summary>
    private readonly List<int> _evaluationOf = [];

    /// <summary>The numbers of all repetitions, ascending.</summary>
    private readonly List<int> _repetitions = [];

    /// <summary>
    /// The numbers of repetitions by the numbers of the failed trials that they repeat. For a trial of this process, the repetition may be
    /// known before the failure.
    /// </summary>
    private readonly Dictionary<int, int> _repetitionOf = [];

    /// <summary>The engine's trials whose stored run failed and is repeated, by the number of the repetition.</summary>
    private readonly Dictionary<int, Trial> _repeated = [];

    /// <summary>The finished trials whose points are not in the space, and why not.</summary>
    private readonly Dictionary<int, string> _leftOut = [];

    /// <summary>Those of them that are of an earlier space of the study.</summary>
    private readonly Dictionary<int, string> _ofEarlierSpace = [];

    /// <summary>The numbers of the trials that have a fixed value for a parameter that is in the space now.</summary>
    private readonly HashSet<int> _withFixedValues = [];

    private bool _isLearning;
    private bool _isShared;

    /// <summary>The trials that have not ended and are not repeated, by their keys.</summary>
    private protected Dictionary<long, Entry> Unfinished { get; } = [];

    /// <summary>The numbers in the storage of the engine's trials.</summary>
    private protected List<int> Numbers { get; } = [];

    /// <summary>The greatest number of a trial; -1 while there is none.</summary>
    private protected int LastNumber { get; private set; } = -1;

    private protected int EvaluationCount { get; private set; }

    /// <summary>Reads what other processes have done since the last call.</summary>
    /// <param name="onlyEnds">
    /// Whether nothing matters of a trial that another process runs before its end: neither its reports nor the exact order of its end
    /// among the starts of others.
    /// </param>
    private protected virtual void Synchronize(bool onlyEnds = false)
    {
        var records = ReadOthers(onlyEnds);
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
                IsOfEarlierSpace(record);
            }

            _standing[record.Number] = record;
        }

        // The engine sees starts and ends in the order in which they happened, and a repetition in place of the first run, because the
        // sampler's proposals may depend on the order. An evaluation keeps its place among the starts even when it was released and started
        // again after others had ended.
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

        // Only later calls tell that the study is shared. What the first call reads was there before.
        _isLearning = true;
    }

    /// <summary>
    /// The new trials and the unfinished ones of other processes: all of them, or without those that run. With a thousand hosts, what each
    /// would read of the running trials of all others is most of the work of the database.
    /// </summary>
    private IReadOnlyList<TrialRecord> ReadOthers(bool onlyEnds)
    {
        var others = Unfinished.Where(pair => !pair.Value.IsMine).ToList();
        long[] all = [.. others.Select(pair => pair.Key)];
        var running = onlyEnds
            ? others
                .Where(pair => pair.Value is { Trial: not null, Record: { State: StoredState.Running, Owner: { } owner } }
                    && owner != _storage.Owner)
                .Select(pair => pair.Key).ToHashSet()
            : [];
        if (running.Count == 0)
        {
            return _storage.ReadTrials(_record.Id, LastNumber, all);
        }

        // First those that have ended, then the new ones: a trial that failed and its repetition are stored at once, and so the second
        // reading has the repetition of each failure that the first one found.
        running.ExceptWith(_storage.FindNotRunning(running));
        var records = _storage.ReadTrials(_record.Id, LastNumber, [.. all.Where(key => !running.Contains(key))]);

        // A repetition may be of a trial that has failed since. Both are learned together.
        return records.Any(record => record.Number > LastNumber && record.RetryHistory.Count > 0)
            ? _storage.ReadTrials(_record.Id, LastNumber, all)
            : records;
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

    /// <summary>Adds a trial to the engine when its point is known.</summary>
    /// <returns>The entry of the trial; null when it never gets into the engine.</returns>
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
            // This object does not know yet that the earlier run has ended, or learns it together with this one.
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

        // A waiting trial that has its point was started before, and keeps its place as an evaluation.
        if (_points.Read(record, out var problem) is { } point)
        {
            if (record.Fixed.Keys.Any(name => point.ContainsKey(name) && record.Parameters.All(value => value.Key != name)))
            {
                _withFixedValues.Add(record.Number);
            }

            Begin(entry, point);
            if (IsOthers(record))
            {
                Study.DoNotAwait(entry.Trial!);
            }
        }
        else if (record.State == StoredState.Complete || (record.State == StoredState.Pruned && _points.ProblemOf(record) is not null))
        {
            _leftOut[record.Number] = problem!;
            if (IsOfEarlierSpace(record))
            {
                _ofEarlierSpace[record.Number] = problem!;
            }
        }

        // Otherwise it waits for its values, or another program has not stored all of them yet, or it failed before that.
        return entry;
    }

    /// <summary>Releases a trial that is stored as running in this process, but that this process does not run.</summary>
    private protected virtual bool TryTakeBack(TrialRecord record) => false;

    /// <summary>
    /// Whether a trial which is left out, because its point is not in the space, is of this program and of an earlier space. Other programs
    /// may add any trials, and the search goes on without them.
    /// </summary>
    /// <exception cref="StorageException">The trial is of this program, and no earlier space had its point.</exception>
    private protected virtual bool IsOfEarlierSpace(TrialRecord record) => false;

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
            // The trial was taken from this process, which still runs it and may have a result first.
            return;
        }

        Study.ReplaceUserAttributes(trial, StoredAttributes.Read(record.UserAttributes));

        // Another process has started it again since.
        if (trial.Reports.Count > 0 && !record.Reports.Select(report => report.Step).ToHashSet().IsSupersetOf(trial.Reports.Keys))
        {
            Study.Restart(trial);
        }

        foreach (var (step, value) in record.Reports)
        {
            if (_record.Directions.Count == 1 && step >= 0 && !(trial.Reports.TryGetValue(step, out var known) && known.Equals(value)))
            {
                trial.AcceptReport(value, step);
            }
        }
    }

    private void End(Trial trial, TrialRecord record)
    {
        switch (record.State)
        {
            case var _ when _repetitionOf.TryGetValue(record.Number, out var repetition):
                // The same evaluation continues under another number.
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
                // It was cut off too often, so the earlier result stays.
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

        /// <summary>Whether this process runs it, and so knows most about it.</summary>
        public bool IsMine { get; set; }
    }
}

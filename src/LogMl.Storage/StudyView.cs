using System.Text.Json;
using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>
/// A stored study for reading: its trials and results, also while other processes search it. It writes nothing and holds no trial, so the
/// storage may be read-only.
/// </summary>
/// <remarks>
/// Any thread may use it. It shows the study as it was when it was opened, or when <see cref="Refresh"/> was last called.
/// </remarks>
public partial class StudyView
{
    private protected readonly Lock _lock = new();
    private protected readonly StudyStorage _storage;
    private protected readonly StudyRecord _record;
    private protected readonly PointEncoding _points;

    internal StudyView(StudyStorage storage, StudyRecord record, Study study, PointEncoding points)
    {
        _storage = storage;
        _record = record;
        _points = points;
        Study = study;
        var attributes = record.Attributes.Where(attribute => !StudyStorage.IsOwnKey(attribute.Key));
        foreach (var (key, value) in StoredAttributes.Read([.. attributes]))
        {
            study.SetUserAttribute(key, value);
        }
    }

    /// <summary>
    /// The trials whose points are in the space, as samplers, stopping criteria and <see cref="Importances"/> see them. They have numbers
    /// of their own, because an evaluation is one trial here, however often it was run. <see cref="NumberOf"/> returns the number in the
    /// storage.
    /// </summary>
    public StudyHistory History => Study.History;

    /// <summary>The name in the storage.</summary>
    public string Name => _record.Name;

    /// <summary>The attributes of the study when it was opened: JSON by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _record.Attributes;

    /// <summary>The user attributes of the study: those that it had when it was opened, and those that this object has set since.</summary>
    public IReadOnlyDictionary<string, JsonElement> UserAttributes => Study.UserAttributes;

    /// <summary>
    /// The number of evaluations that have started or are waiting, which <c>maxEvals</c> limits. A trial and its repetitions are one
    /// evaluation.
    /// </summary>
    public int Evaluations
    {
        get
        {
            lock (_lock)
            {
                return EvaluationCount;
            }
        }
    }

    /// <summary>The number of evaluations that have ended: complete, pruned or failed.</summary>
    public int Finished
    {
        get
        {
            lock (_lock)
            {
                return EvaluationCount - Unfinished.Count;
            }
        }
    }

    /// <summary>The number of trials that have ended, with those whose process died and that were repeated.</summary>
    public int Ended
    {
        get
        {
            lock (_lock)
            {
                return LastNumber + 1 - Unfinished.Count;
            }
        }
    }

    /// <summary>
    /// Whether another process has started or ended a trial of the study since this object was opened, as far as this object has read.
    /// </summary>
    public bool IsShared
    {
        get
        {
            lock (_lock)
            {
                return _isShared;
            }
        }
    }

    /// <summary>The number of evaluations in a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The number.</returns>
    public int Count(TrialState state)
    {
        lock (_lock)
        {
            return Study.Trials.Count(trial => trial.State == state);
        }
    }

    /// <summary>
    /// The running trials of other programs, which have no lease. Only Optuna's heartbeats can tell whether they still run. They are
    /// evaluations, and are not waited for.
    /// </summary>
    public IReadOnlyDictionary<int, DateTime?> RunByOthers
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<int, DateTime?>(
                    Unfinished.Values.Select(entry => entry.Record).Where(IsOthers)
                        .ToDictionary(record => record.Number, record => record.Started));
            }
        }
    }

    /// <summary>
    /// The trials whose points are not in the space, by number, with the reason: those of other programs, and those of an earlier space of
    /// the study. They are evaluations, but no sampler learns from them, and none is the best.
    /// </summary>
    public IReadOnlyDictionary<int, string> LeftOut
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<int, string>(_leftOut);
            }
        }
    }

    /// <summary>
    /// Those of <see cref="LeftOut"/> that an earlier space of the study had, as far as they are known to be of this library.
    /// </summary>
    internal IReadOnlyDictionary<int, string> OfEarlierSpace
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<int, string>(_ofEarlierSpace);
            }
        }
    }

    /// <summary>
    /// The number of trials that were run without a parameter which is in the space now, and count with the value at which it was fixed.
    /// </summary>
    internal int WithFixedValues
    {
        get
        {
            lock (_lock)
            {
                return _withFixedValues.Count;
            }
        }
    }

    /// <summary>
    /// The values of a stored trial, with those that it had for parameters that were not in the space when it ran. It need not be a point.
    /// </summary>
    internal IReadOnlyDictionary<string, double> ValuesOf(TrialRecord record) => _points.Read(record, out _)
        ?? record.Parameters.ToDictionary(StringComparer.Ordinal);

    /// <summary>The number in the storage of a trial of <see cref="History"/>.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The number; of a trial that was repeated, that of the last repetition.</returns>
    public int NumberOf(TrialView trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            return trial is StoredTrial stored ? stored.Number : Numbers[trial.Number];
        }
    }

    /// <summary>The number of the evaluation (<see cref="StoredTrial.Evaluation"/>) of a trial of <see cref="History"/>.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The evaluation, from 0.</returns>
    public int EvaluationOf(TrialView trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            return trial is StoredTrial stored ? stored.Evaluation : _evaluationOf[trial.Number];
        }
    }

    /// <summary>Reads what other processes have done.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            Synchronize();
        }
    }

    /// <summary>The key in the storage.</summary>
    internal long Id => _record.Id;

    /// <summary>The study in the engine.</summary>
    internal Study Study { get; }
}

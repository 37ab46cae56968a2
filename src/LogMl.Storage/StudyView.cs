using System.Text.Json;
using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>
/// A stored study to look at: its trials, its results, and what becomes of them while others search it. Nothing is written and no trial is
/// held, so that the storage may be one that can only be read.
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
    /// of their own, because an evaluation is one trial here, however often it was run: <see cref="NumberOf"/> says which trial of the
    /// storage one is.
    /// </summary>
    public StudyHistory History => Study.History;

    /// <summary>The name in the storage.</summary>
    public string Name => _record.Name;

    /// <summary>What was noted about the study when it was opened: JSON by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _record.Attributes;

    /// <summary>What users have noted about the study when it was opened, and what was noted through this object since.</summary>
    public IReadOnlyDictionary<string, JsonElement> UserAttributes => Study.UserAttributes;

    /// <summary>
    /// The number of evaluations that were begun or wait; what <c>maxEvals</c> bounds. A trial whose process died and its repetition are
    /// one.
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

    /// <summary>The number of evaluations that are over: complete, pruned or failed.</summary>
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

    /// <summary>The number of trials that are over, those included whose process died and that were repeated.</summary>
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
    /// Whether another process has begun or ended a trial of the study since this object was opened, as far as it has learnt.
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
    /// The running trials of other programs, which have no lease: nobody knows whether they are run still, unless they have Optuna's
    /// heartbeats. They are evaluations, and are not waited for.
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
    /// The trials of other programs whose points are not in the space, by number, with the reason. They are evaluations, but no sampler
    /// learns from them, and none is the best.
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

    /// <summary>The number in the storage of a trial of <see cref="History"/>.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The number; of a trial that was repeated, that of the last repetition.</returns>
    public int NumberOf(TrialView trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            return Numbers[trial.Number];
        }
    }

    /// <summary>
    /// Which of the evaluations of the search a trial of <see cref="History"/> is (<see cref="StoredTrial.Evaluation"/>).
    /// </summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The evaluation, from 0.</returns>
    public int EvaluationOf(TrialView trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            return _evaluationOf[trial.Number];
        }
    }

    /// <summary>Learns what other processes have done.</summary>
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

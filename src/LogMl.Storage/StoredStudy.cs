using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>
/// A study of the engine that is kept in step with a storage: what is asked, reported and told is stored first, and what other processes do to the same study is
/// learnt before the next point is proposed. Opened again, it goes on where it ended, however that was.
/// </summary>
/// <remarks>
/// <para>Any thread may use it. A sampler at work holds up the other threads of the process, but no other process: a point is proposed from what is known, and
/// proposed again when somebody else has taken the number of its trial meanwhile.</para>
/// <para>Trials that wait (somebody enqueued them, gave them back, or died with them) are run before new points are proposed.</para>
/// </remarks>
public sealed partial class StoredStudy : IDisposable
{
    /// <summary>The attribute of a study with the id of the algorithm that searches it, such as <c>tpe/2</c>.</summary>
    public const string AlgorithmKey = "logml:algorithm";

    private const string ObjectiveNamesKey = "study:metric_names";

    /// <summary>How many signs of life fit into a lease: one may be late, and one lost.</summary>
    private const int BeatsPerLease = 4;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly IStudyStorage _storage;
    private readonly StoredStudyOptions _options;
    private readonly StudyRecord _record;
    private readonly PointEncoding _points;
    private readonly SpaceNames? _spaceBefore;
    private readonly HeldTrials _held;
    private readonly Timer _beat;
    private int _isBeating;
    private bool _isDisposed;
    private readonly bool _isOpen;
    private bool _isShared;

    private StoredStudy(IStudyStorage storage, StudyRecord record, Study study, PointEncoding points, SpaceNames? spaceBefore, StoredStudyOptions options, bool isNew)
    {
        _storage = storage;
        _record = record;
        _options = options;
        _held = HeldTrials.Of(storage);
        Study = study;
        IsNew = isNew;
        _points = points;
        _spaceBefore = spaceBefore;
        storage.Reap(record.Id, options.MaxRetries);
        Synchronize();
        _isOpen = true;
        var interval = storage.Lease / BeatsPerLease;
        _beat = new Timer(_ => Beat(), null, interval, interval);
    }

    /// <summary>The study in the engine. Ask and tell through this object, not there.</summary>
    public Study Study { get; }

    /// <summary>The name in the storage.</summary>
    public string Name => _record.Name;

    /// <summary>The key in the storage.</summary>
    public long Id => _record.Id;

    /// <summary>What was noted about the study when it was opened: JSON by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _record.Attributes;

    /// <summary>What is different in the search space since the study was opened the last time, where that is no other space: a sentence for each parameter that has another range, or other probabilities.</summary>
    public IReadOnlyList<string> SpaceChanges { get; private init; } = [];

    /// <summary>Whether the study did not exist before.</summary>
    public bool IsNew { get; }

    /// <summary>The number of evaluations that were begun or wait; what <c>maxEvals</c> bounds. A trial whose process died and its repetition are one.</summary>
    public int Evaluations
    {
        get
        {
            lock (_lock)
            {
                return _evaluations;
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
                return _evaluations - _unfinished.Count;
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
                return _lastNumber + 1 - _unfinished.Count;
            }
        }
    }

    /// <summary>Whether another process has begun or ended a trial of the study since this object was opened, as far as it has learnt.</summary>
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

    /// <summary>Opens a study, or creates it.</summary>
    /// <param name="storage">Where it lives; it must stay open as long as this object.</param>
    /// <param name="name">Its name; at most 512 characters.</param>
    /// <param name="space">What to search.</param>
    /// <param name="options">How to search.</param>
    /// <param name="stored">How it is shared; null for the defaults.</param>
    /// <returns>The study, with all trials that are stored.</returns>
    /// <exception cref="StorageException">The stored study has another search space or other objectives, or the storage cannot be used.</exception>
    /// <exception cref="ArgumentException">As for the constructor of <see cref="Optimization.Study"/>, a first point is not in the space, or a name has more than 512 characters.</exception>
    public static StoredStudy Open(IStudyStorage storage, string name, SearchSpace space, StudyOptions options, StoredStudyOptions? stored = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(space);
        stored ??= new StoredStudyOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(stored.MaxRetries, nameof(stored));
        var study = new Study(space, options);
        var points = new PointEncoding(study.Parameters, stored.IntegerParameters);
        var attributes = new Dictionary<string, string>(stored.StudyAttributes, StringComparer.Ordinal)
        {
            [SpaceCompatibility.SpaceKey] = space.ToJson(),
            [AlgorithmKey] = OptionJson.Text(options.Sampler.AlgorithmId),
        };
        var record = storage.FindStudy(name);
        if (stored.ObjectiveNames.Count > 0)
        {
            attributes[ObjectiveNamesKey] = record?.Attributes.GetValueOrDefault(ObjectiveNamesKey) ?? JsonSerializer.Serialize(stored.ObjectiveNames);
        }

        var isNew = record is null;
        record ??= storage.CreateStudy(name, options.Directions, attributes, [.. stored.FirstPoints.Select(point => FirstPoint(study, points, point))]);
        var before = SpaceCompatibility.Require(storage, record, study, points, attributes[SpaceCompatibility.SpaceKey]);
        var opened = new StoredStudy(storage, record, study, points, before, stored, isNew)
        {
            SpaceChanges = SpaceChange.Between(record.Attributes.GetValueOrDefault(SpaceCompatibility.SpaceKey), attributes[SpaceCompatibility.SpaceKey]),
        };
        var changed = attributes.Where(attribute => record.Attributes.GetValueOrDefault(attribute.Key) != attribute.Value).ToDictionary();
        if (changed.Count > 0)
        {
            try
            {
                storage.SetStudyAttributes(record.Id, changed);
            }
            catch
            {
                opened.Dispose();
                throw;
            }
        }

        return opened;
    }

    /// <summary>
    /// The running trials of other programs, which have no lease: nobody knows whether they are run still, unless they have Optuna's heartbeats. They are evaluations, and are not
    /// waited for.
    /// </summary>
    public IReadOnlyList<OtherTrial> RunByOthers
    {
        get
        {
            lock (_lock)
            {
                return [.. _unfinished.Values.Select(entry => entry.Record).Where(IsOthers).OrderBy(record => record.Number).Select(record => new OtherTrial(record.Number, record.Started))];
            }
        }
    }

    /// <summary>The trials of other programs whose points are not in the space, by number, with the reason. They are evaluations, but no sampler learns from them, and none is the best.</summary>
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

    /// <summary>The number in the storage of a trial of the engine.</summary>
    /// <param name="trial">A trial of <see cref="Study"/>.</param>
    /// <returns>The number; of a trial that was repeated, that of the last repetition.</returns>
    public int NumberOf(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            return _numbers[trial.Number];
        }
    }

    /// <summary>Which of the evaluations of the search a trial of the engine is (<see cref="StoredTrial.Evaluation"/>).</summary>
    /// <param name="trial">A trial of <see cref="Study"/>.</param>
    /// <returns>The evaluation, from 0.</returns>
    public int EvaluationOf(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            return _evaluationOf[trial.Number];
        }
    }

    /// <summary>Adds a trial that waits, for whoever asks next.</summary>
    /// <param name="values">Its values, of all parameters or of a part, as in <see cref="Trial.Values"/>; the sampler adds what is missing.</param>
    /// <exception cref="ArgumentException">As for <see cref="Study.Enqueue"/>.</exception>
    public void Enqueue(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        lock (_lock)
        {
            _storage.Enqueue(_record.Id, FirstPoint(Study, _points, values));
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

    /// <summary>
    /// Ends the signs of life. Trials that still run are given back when their lease is over, or when the study is opened again in the same storage.
    /// </summary>
    public void Dispose()
    {
        // One that is under way goes on to its end; a storage that is closed meanwhile refuses it.
        _beat.Dispose();
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                foreach (var (id, _) in _unfinished.Where(pair => pair.Value.IsMine))
                {
                    _held.Remove(id);
                }
            }
        }
    }

    private static string FirstPoint(Study study, PointEncoding points, IReadOnlyDictionary<string, double> values)
    {
        // Says what is wrong with it.
        _ = study.TryPropose(values);
        return points.WriteFixed(values);
    }

    private void Beat()
    {
        if (Interlocked.Exchange(ref _isBeating, 1) == 1)
        {
            return;
        }

        try
        {
            _storage.Beat();
        }
        catch (Exception exception) when (exception is StorageException or ObjectDisposedException)
        {
            // Whoever asks or tells next gets the error.
        }
        finally
        {
            Volatile.Write(ref _isBeating, 0);
        }
    }
}

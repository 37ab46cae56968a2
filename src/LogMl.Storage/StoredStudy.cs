using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>
/// A study in a storage, for a search. What is asked, reported and told is stored first. What other processes do to the same study is read
/// before the next point is proposed. When it is opened again, it continues where it ended, for whatever reason.
/// </summary>
/// <remarks>
/// <para>Any thread may use it. While a sampler works, the other threads of the process wait, but no other process does: a point is
/// proposed from what is known, and proposed again when another process has taken the number of its trial meanwhile.</para>
/// </remarks>
public sealed partial class StoredStudy : StudyView, IDisposable
{
    /// <summary>The attribute of a study with the id of the algorithm that searches it, such as <c>tpe/2</c>.</summary>
    public const string AlgorithmKey = "logml:algorithm";

    /// <summary>
    /// The attribute of a study with the number of workers for which it is deterministic; null when it is not.
    /// </summary>
    internal const string DeterministicKey = "logml:deterministic";

    /// <summary>The attribute of a study with the first points that search constraints have refused when it began.</summary>
    private const string RefusedPointsKey = "logml:refused_points";

    /// <summary>The number of heartbeats in a lease: one may be late, and one lost.</summary>
    private const int BeatsPerLease = 4;

    private readonly StoredStudyOptions _options;
    private readonly SpaceNames? _spaceBefore;
    private readonly Timer _leaseTimer;
    private List<RefusedPoint> _refusedPoints = [];
    private int _isRenewing;
    private bool _isDisposed;

    /// <summary>
    /// The attributes of all trials, read once for each synchronization that needs them: a study may have many trials of other programs.
    /// </summary>
    private IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>>? _notes;

    private StoredStudy(
        StudyStorage storage, StudyRecord record, Study study, PointEncoding points, SpaceNames? spaceBefore, StoredStudyOptions options,
        bool isNew)
        : base(storage, record, study, points)
    {
        _options = options;
        IsNew = isNew;
        _spaceBefore = spaceBefore;
        storage.Reap(record.Id, options.MaxRetries);
        Synchronize();
        RequireOverlap();
        var interval = storage.Lease / BeatsPerLease;
        _leaseTimer = new Timer(_ => RenewLeases(), null, interval, interval);
    }

    /// <summary>
    /// The differences of a compatible search space from the one with which the study was opened the last time: a clause for each parameter
    /// with another range or other probabilities, or that is no longer searched.
    /// </summary>
    public IReadOnlyList<string> SpaceChanges { get; private init; } = [];

    /// <summary>
    /// The number of workers for which the study is deterministic: that of <see cref="StudyOptions.DeterministicWorkers"/> when it became
    /// so. It stays the same, whatever the options of later calls say, so that the trials do. Null when this call is not deterministic.
    /// </summary>
    public int? DeterministicWorkers => Study.Options.DeterministicWorkers;

    /// <summary>Completes when a trial has ended. Take it before asking, so that no end is missed.</summary>
    internal Task NextEnd => Study.Ended.Next;

    /// <summary>
    /// The first points and enqueued points that this object has not run, because the search constraints refuse them. An enqueued one is
    /// failed in the store.
    /// </summary>
    public IReadOnlyList<RefusedPoint> RefusedPoints
    {
        get
        {
            lock (_lock)
            {
                return [.. _refusedPoints];
            }
        }
    }

    /// <summary>Whether a search constraint has refused a first point when the study began.</summary>
    /// <param name="point">The values, as in <see cref="TrialView.Values"/>.</param>
    internal bool WasRefused(IReadOnlyDictionary<string, double> point) =>
        Attributes.TryGetValue(RefusedPointsKey, out var json)
            && StoredAttributes.Read([new(RefusedPointsKey, json)])[RefusedPointsKey] is { ValueKind: JsonValueKind.Array } refused
            && JsonElement.Parse(_points.WriteFixed(point)) is var asked
            && refused.EnumerateArray().Any(known => JsonElement.DeepEquals(known, asked));

    /// <summary>The new options that the study tries first, because no trial has them that it has taken over when it began.</summary>
    internal IReadOnlyList<NewOption> TriedNewOptions { get; private init; } = [];

    /// <summary>Whether the study did not exist before.</summary>
    public bool IsNew { get; }

    /// <summary>Opens a study, or creates it.</summary>
    /// <param name="storage">The storage. It must stay open as long as this object.</param>
    /// <param name="name">Its name; at most 512 characters.</param>
    /// <param name="space">The search space.</param>
    /// <param name="options">The options of the search.</param>
    /// <param name="stored">How the study is shared and retried; null for the defaults.</param>
    /// <returns>The study, with all trials that are stored.</returns>
    /// <exception cref="StorageException">
    /// The stored study has another search space or other objectives, or the storage cannot be used.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// As for the constructor of <see cref="Optimization.Study"/>, a first point is not in the space, or a name has more than 512
    /// characters.
    /// </exception>
    /// <exception cref="InvalidOperationException">The storage is read only.</exception>
    public static StoredStudy Open(
        StudyStorage storage, string name, SearchSpace space, StudyOptions options, StoredStudyOptions? stored = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(options);
        storage.RequireWritable();
        return Open(storage, storage.FindStudy(name), name, space, options, stored);
    }

    /// <summary>
    /// Opens an existing study with the space of its last search. A study that Optuna has begun has no stored space; its space is what all
    /// its trials have in common.
    /// </summary>
    /// <param name="storage">The storage. It must stay open as long as this object.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">The options of the search. <see cref="StudyOptions.Directions"/> is ignored; the study has its own.</param>
    /// <param name="stored">How the study is shared and retried; null for the defaults.</param>
    /// <returns>The study, with all trials that are stored.</returns>
    /// <exception cref="StorageException">There is no such study, it has no space, or the storage cannot be used.</exception>
    /// <exception cref="ArgumentException">As for the constructor of <see cref="Optimization.Study"/>.</exception>
    /// <exception cref="InvalidOperationException">The storage is read only.</exception>
    public static StoredStudy Open(StudyStorage storage, string name, StudyOptions options, StoredStudyOptions? stored = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        storage.RequireWritable();
        var record = storage.RequireStudy(name);
        return Open(storage, record, name, StoredSpace.Of(storage, record), options with { Directions = record.Directions }, stored);
    }

    private static StoredStudy Open(
        StudyStorage storage, StudyRecord? record, string name, SearchSpace space, StudyOptions options, StoredStudyOptions? stored)
    {
        stored ??= new StoredStudyOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(stored.MaxRetries, nameof(stored));
        var study = NewEngine(space, options, record);
        var fixedValues = FixedValues.Of(
            storage, record, study.Parameters, stored.FixedParameters, stored.Taken?.Searched ?? []);
        var points = Points(study);
        var attributes = new Dictionary<string, string>(stored.StudyAttributes, StringComparer.Ordinal)
        {
            [SpaceCompatibility.SpaceKey] = space.ToJson(),
            [AlgorithmKey] = OptionJson.Text(options.Sampler.AlgorithmId),
        };
        if (study.Options.DeterministicWorkers is not null || record?.Attributes.ContainsKey(DeterministicKey) == true)
        {
            attributes[DeterministicKey] = study.Options.DeterministicWorkers?.ToString(CultureInfo.InvariantCulture) ?? "null";
        }

        if (!fixedValues.IsEmpty || record?.Attributes.ContainsKey(FixedValues.Key) == true)
        {
            attributes[FixedValues.Key] = fixedValues.Json;
        }

        if (stored.Taken is { } source)
        {
            attributes[TakenTrials.Key] = source.Json;
        }

        if (stored.ObjectiveNames.Count > 0)
        {
            var names = JsonSerializer.Serialize(stored.ObjectiveNames);
            attributes[ObjectiveCompatibility.NamesKey] = record?.Attributes.GetValueOrDefault(ObjectiveCompatibility.NamesKey) ?? names;
            attributes[ObjectiveCompatibility.SearchedKey] = names;
        }

        var isNew = record is null;
        List<RefusedPoint> refused = [];
        List<NewOption> newOptions = [];
        if (record is null)
        {
            string[] waiting =
            [
                .. Accepted(stored.FirstPoints), .. (stored.Taken?.NewOptions ?? []).Select(FirstPointOf).OfType<string>(),
                .. Accepted(stored.Taken?.Points ?? []),
            ];
            if (refused.Count > 0)
            {
                attributes[RefusedPointsKey] =
                    JsonSerializer.Serialize(refused.Select(point => JsonElement.Parse(points.WriteFixed(point.Values))));
            }

            record = storage.CreateStudy(
                name, options.Directions, attributes, waiting, [.. (stored.Taken?.Trials ?? []).Select(trial => trial.Encode(points))]);
            if (stored.DecidedByFirst is { } key && record.Attributes.GetValueOrDefault(key) != attributes[key])
            {
                throw new StudyBegunException();
            }
        }

        if (DeterministicWorkersOf(record) is { } kept && study.Options.DeterministicWorkers is { } workers && kept != workers)
        {
            // Another process has created it at the same time.
            study = NewEngine(space, options, record);
            points = Points(study);
            attributes[DeterministicKey] = record.Attributes[DeterministicKey];
        }

        ObjectiveCompatibility.Require(record, options.Directions, stored.ObjectiveNames);
        var before = SpaceCompatibility.Require(storage, record, study, points, attributes[SpaceCompatibility.SpaceKey]);
        var opened = new StoredStudy(storage, record, study, points, before, stored, isNew)
        {
            _refusedPoints = refused,
            TriedNewOptions = newOptions,
            SpaceChanges = SpaceChange.Between(
                record.Attributes.GetValueOrDefault(SpaceCompatibility.SpaceKey), attributes[SpaceCompatibility.SpaceKey], fixedValues),
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

        IEnumerable<string> Accepted(IEnumerable<IReadOnlyDictionary<string, double>> given) =>
            given.Select(point => FirstPoint(study, points, point, refused)).OfType<string>();

        // Where a search constraint refuses the values of the best trial, the sampler finds others.
        string? FirstPointOf(NewOption option)
        {
            if (stored.FirstPoints.Any(option.IsIn))
            {
                return null;
            }

            var written = FirstPoint(study, points, option.Point, []) ?? FirstPoint(study, points, option.Part, refused);
            if (written is not null)
            {
                newOptions.Add(option);
            }

            return written;
        }

        PointEncoding Points(Study engine) => new(engine.Parameters, stored.IntegerParameters) { Fixed = fixedValues };
    }

    /// <summary>The names of those parameters that are not searched and were in another space of the study.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="record">The study; null when it is new.</param>
    /// <param name="space">The present space.</param>
    /// <param name="given">The values of parameters that are not searched.</param>
    /// <param name="taken">What the study takes over from another one; null for nothing.</param>
    internal static IEnumerable<string> FixedNames(
        StudyStorage storage, StudyRecord? record, SearchSpace space, IReadOnlyDictionary<string, JsonElement> given, TakenTrials? taken) =>
        FixedValues.Of(storage, record, SpaceParameters.Of(space), given, taken?.Searched ?? []).Names;

    /// <summary>The number of workers for which a study was deterministic when it was last opened; null when it was not.</summary>
    internal static int? DeterministicWorkersOf(StudyRecord? record) =>
        record?.Attributes.GetValueOrDefault(DeterministicKey) is { } json
            && int.TryParse(json, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) && workers > 0
            ? workers
            : null;

    private static Study NewEngine(SearchSpace space, StudyOptions options, StudyRecord? record) =>
        new(space, options with
        {
            DeterministicWorkers = options.DeterministicWorkers is { } workers ? DeterministicWorkersOf(record) ?? workers : null,
        })
        {
            IsStored = true,
        };

    /// <summary>Adds a waiting trial. The next process that asks runs it.</summary>
    /// <param name="values">
    /// Its values, of all parameters or of a part, as in <see cref="TrialView.Values"/>; the sampler adds what is missing.
    /// </param>
    /// <exception cref="ArgumentException">As for <see cref="Study.Enqueue"/>.</exception>
    /// <exception cref="NoAllowedPointException">The search constraints refuse the point.</exception>
    public void Enqueue(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        lock (_lock)
        {
            _storage.Enqueue(_record.Id, Written(Study, _points, values));
        }
    }

    /// <summary>
    /// Sets a user attribute of the study. <see cref="StoredTrial.SetUserAttribute(string, JsonNode?)"/> does so for a trial.
    /// </summary>
    /// <param name="name">
    /// A name of at most 512 characters that does not begin with <c>logml:</c> or <c>study:</c>. An earlier value of the same name is
    /// replaced.
    /// </param>
    /// <param name="value">A number, text, truth value, array or object of JSON, or null.</param>
    /// <exception cref="ArgumentException">The name is too long or reserved, or JSON cannot hold the value.</exception>
    /// <exception cref="StorageException">The storage cannot be used.</exception>
    public void SetUserAttribute(string name, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (StudyStorage.IsOwnKey(name))
        {
            throw new ArgumentException(
                $"'{name}' is what LogMl itself notes about studies: choose a name that does not begin with 'logml:' or 'study:'.",
                nameof(name));
        }

        var json = AttributeJson.Of(name, value);
        lock (_lock)
        {
            _storage.SetStudyAttributes(_record.Id, new Dictionary<string, string>(StringComparer.Ordinal) { [name] = json.GetRawText() });
            Study.SetUserAttribute(name, json);
        }
    }

    /// <summary>
    /// Stops the heartbeat. Trials that still run are released when their lease ends, or when the study is opened again in the same
    /// storage.
    /// </summary>
    public void Dispose()
    {
        // A heartbeat that is being sent goes on. A storage that is closed meanwhile refuses it.
        _leaseTimer.Dispose();
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                foreach (var (id, _) in Unfinished.Where(pair => pair.Value.IsMine))
                {
                    _storage.Held.Remove(id);
                }
            }
        }
    }

    private protected override void Synchronize(bool onlyEnds = false)
    {
        _notes = null;
        base.Synchronize(onlyEnds);
        _notes = null;
    }

    /// <remarks>
    /// Such a trial was created by this process but the answer of the database was lost, or it was running when its study was closed.
    /// </remarks>
    private protected override bool TryTakeBack(TrialRecord record) =>
        record.State == StoredState.Running && record.Owner == _storage.Owner
        && !_storage.Held.Contains(record.Id) && _storage.TryRelease(record.Id);

    private protected override bool IsOfEarlierSpace(TrialRecord record)
    {
        if (_spaceBefore?.Fit(record) != true && !IsOurs(record))
        {
            return false;
        }

        return _points.IsOfEarlierSpace(record) ? true : throw Misfit(record);
    }

    private StorageException Misfit(TrialRecord record) =>
        SpaceCompatibility.Misfit(Name, record, Study.Parameters, _points, _storage.ReadDistributions(_record.Id));

    /// <summary>Checks that the space and the earlier one have a trial in common, if there are trials.</summary>
    /// <exception cref="StorageException">All trials are of the earlier space alone.</exception>
    private void RequireOverlap()
    {
        if (Study.Trials.Count == 0 && OfEarlierSpace.Count > 0)
        {
            var first = OfEarlierSpace.First().Key;
            throw Misfit(_storage.ReadTrials(_record.Id, first - 1, []).First(record => record.Number == first));
        }
    }

    /// <summary>
    /// Whether a trial has the attributes that this program sets. Then its point was in the space, and what is stored of it was damaged or
    /// changed.
    /// </summary>
    private bool IsOurs(TrialRecord record) =>
        _options.TrialAttributes.Count > 0
        && (_notes ??= _storage.ReadTrialAttributes(_record.Id)).TryGetValue(record.Number, out var notes)
        && _options.TrialAttributes.Keys.All(notes.ContainsKey);

    /// <summary>A first point as it is stored; null when a search constraint refuses it.</summary>
    private static string? FirstPoint(
        Study study, PointEncoding points, IReadOnlyDictionary<string, double> values, List<RefusedPoint> refused)
    {
        try
        {
            return Written(study, points, values);
        }
        catch (NoAllowedPointException exception)
        {
            refused.Add(new RefusedPoint(values, exception.Message) { Constraints = [.. exception.Refusals.Keys] });
            return null;
        }
    }

    private static string Written(Study study, PointEncoding points, IReadOnlyDictionary<string, double> values)
    {
        // This throws when the point is invalid.
        _ = study.TryPropose(values);
        return points.WriteFixed(values);
    }

    private void RenewLeases()
    {
        if (Interlocked.Exchange(ref _isRenewing, 1) == 1)
        {
            return;
        }

        try
        {
            _storage.RenewLeases();
        }
        catch (Exception exception) when (exception is StorageException or ObjectDisposedException)
        {
            // The next ask or tell gets the error.
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }
}

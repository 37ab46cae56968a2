using System.Globalization;
using System.Text.Json;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Storage;
using LogMl.Storage.Locations;

namespace LogMl.Host.Search;

/// <summary>The store of a study, by default the file study.db in its folder, and what the host notes there about the study.</summary>
internal sealed class StudyStore : IDisposable
{
    private const string SeedKey = "logml:seed";

    private readonly HostRequest _request;
    private readonly Dictionary<string, InputFingerprint?> _fingerprints = new(StringComparer.Ordinal);

    private StudyStore(HostRequest request, StudyStorage storage, StudyRecord? record, string? elsewhere, string? movedTo)
    {
        _request = request;
        Storage = storage;
        Record = record;
        Elsewhere = elsewhere;
        MovedTo = movedTo;
    }

    public StudyStorage Storage { get; }

    /// <summary>The study as it was before this call; null when there was none.</summary>
    public StudyRecord? Record { get; }

    /// <summary>Where the study is stored, for people; null when that is the file in its folder.</summary>
    public string? Elsewhere { get; }

    /// <summary>Where the results of a search are that left no study; null when there were none.</summary>
    public string? MovedTo { get; private set; }

    /// <summary>The seed that the study has been searched with; null when it is new, or was begun by another program.</summary>
    public long? Seed => Record?.Attributes.TryGetValue(SeedKey, out var text) == true && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    /// <summary>What the last trials were computed from; null when that is not known.</summary>
    public InputFingerprint? Inputs
    {
        get
        {
            try
            {
                return Record?.Attributes.TryGetValue(TrialInputs.Key, out var id) == true ? FingerprintOf(JsonSerializer.Deserialize<string>(id) ?? "") : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>What the trials of the study were computed from.</summary>
    /// <param name="study">The study, opened.</param>
    /// <param name="today">What those of this call are computed from.</param>
    public TrialInputs InputsOf(StoredStudy study, InputFingerprint today) => new(Storage, study.Id, today, FingerprintOf);

    /// <summary>The fingerprint that has an id; null when the study has none that this version can read.</summary>
    public InputFingerprint? FingerprintOf(string id)
    {
        if (!_fingerprints.TryGetValue(id, out var fingerprint))
        {
            // One that was noted since is another host's.
            var key = InputsKeyOf(id);
            var json = Record?.Attributes.GetValueOrDefault(key) ?? Storage.FindStudy(_request.Study)?.Attributes.GetValueOrDefault(key);
            _fingerprints.Add(id, fingerprint = json is null ? null : TryParse(json));
        }

        return fingerprint;
    }

    /// <summary>The fingerprints of all inputs that the study has had before this call.</summary>
    public IEnumerable<InputFingerprint> Fingerprints() =>
        (Record?.Attributes ?? new Dictionary<string, string>()).Where(attribute => attribute.Key.StartsWith(InputsKeyOf(""), StringComparison.Ordinal)).Select(attribute => TryParse(attribute.Value)).OfType<InputFingerprint>();

    /// <summary>Opens the store, and makes the folder of a study that is stored there.</summary>
    /// <exception cref="HostException">The folder cannot be made, or the place of the store is wrong.</exception>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public static StudyStore Open(HostRequest request, HostEvents events, StudyFolder folder, CancellationToken stop)
    {
        var location = StorageSource.Resolve(request.StorageFile, folder.Database, events);
        folder.BeginUse();
        var isOwn = location.IsFile(folder.Database);
        RequireOneStore(request.Study, folder, location);
        var movedTo = isOwn && folder.IsCreator() ? folder.MoveAside() : null;
        if (isOwn)
        {
            RequireFile(folder);
            folder.Create();
        }

        var storage = location.Open(new StorageOptions
        {
            Logger = new EventLogger(events),
            Lease = request.Lease is { } seconds ? TimeSpan.FromSeconds(seconds) : new StorageOptions().Lease,
            MayShareFile = !isOwn,
            MayBeginFile = !isOwn || !folder.HasResults,
        }, stop);
        try
        {
            var record = storage.FindStudy(request.Study);
            return new StudyStore(request, storage, record, isOwn ? null : location.DisplayName, movedTo);
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    /// <summary>Makes the folder of a study that is stored elsewhere.</summary>
    /// <exception cref="HostException">It cannot be made.</exception>
    public void TakeFolder(StudyFolder folder)
    {
        if (Elsewhere is not null)
        {
            MovedTo = Record is null ? folder.MoveAside() : null;
            folder.Create();
            folder.NoteStore(Elsewhere);
        }
    }

    /// <summary>Goes on with the study, or begins it.</summary>
    /// <param name="settings">How to search.</param>
    /// <param name="manifest">What to search.</param>
    /// <param name="inputs">What the trials will be computed from.</param>
    /// <exception cref="HostException">The algorithm cannot search the space.</exception>
    /// <exception cref="StorageException">The stored study has another space, or the store cannot be used.</exception>
    public StoredStudy OpenStudy(SearchSettings settings, Manifest manifest, InputFingerprint inputs)
    {
        try
        {
            return StoredStudy.Open(Storage, _request.Study, manifest.Space, settings.StudyOptions(), new StoredStudyOptions
            {
                MaxRetries = settings.MaxRetries,
                FirstPoints = settings.PointsToEvaluate,
                IntegerParameters = [.. manifest.Parameters.Where(parameter => parameter.IsInteger).Select(parameter => parameter.Name)],
                ObjectiveNames = ["loss"],
                StudyAttributes = new Dictionary<string, string> { [SeedKey] = settings.Seed.ToString(CultureInfo.InvariantCulture) },
                TrialAttributes = new Dictionary<string, string> { [TrialNoteNames.Host] = JsonSerializer.Serialize(Environment.MachineName), [TrialInputs.Key] = JsonSerializer.Serialize(inputs.Id) },
            });
        }
        catch (ArgumentException exception)
        {
            throw new HostException(HostErrors.NothingToOptimize, $"The algorithm '{settings.Algorithm}' cannot search this space, or a point of points_to_evaluate is not in it: {ArgumentText.Of(exception)}");
        }
    }

    /// <summary>Notes what the trials from now on are computed from. Trials have only its id.</summary>
    public void Note(StoredStudy study, InputFingerprint inputs)
    {
        if (Inputs?.Id != inputs.Id)
        {
            Storage.SetStudyAttributes(study.Id, new Dictionary<string, string> { [InputsKeyOf(inputs.Id)] = inputs.ToJson(), [TrialInputs.Key] = JsonSerializer.Serialize(inputs.Id) });
        }
    }

    public void Dispose() => Storage.Dispose();

    /// <summary>Requires that the study is of this project. By chance, two have the same name; a name that somebody has chosen is shared on purpose.</summary>
    /// <param name="today">What this project is computed from.</param>
    /// <param name="folder">The study's folder.</param>
    /// <returns>What is to be said of a study that is shared on purpose, when this project comes to it; else null.</returns>
    /// <exception cref="HostException">It is another project's.</exception>
    public string? RequireProject(InputFingerprint today, StudyFolder folder)
    {
        // Results below the project go where it goes: the place says nothing about them.
        var isOwn = Elsewhere is null && folder.Path.StartsWith(_request.ProjectDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (isOwn || Fingerprints().ToArray() is not [var first, ..] all || all.Any(today.IsSameProject))
        {
            return null;
        }

        var shown = $"The study '{_request.Study}' in {Elsewhere ?? $"'{folder.Database}'"} is of another project, {first.Place}: no source file has the same path and content in both";
        if (_request.HasDefaultStudy)
        {
            throw new HostException(
                HostErrors.OtherProject, $"{shown}. Nothing was run. Set HyperOptStudy to a name of this project's own; to share the study all the same, set HyperOptStudy to '{_request.Study}'.");
        }

        return shown;
    }

    /// <summary>A study of the same name in another store is another study; its results are not to be mixed with those of this one, and not to be moved out of its way.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="location">Where this call looks for it.</param>
    /// <exception cref="HostException">The folder belongs to another one.</exception>
    public static void RequireOneStore(string study, StudyFolder folder, StorageLocation location)
    {
        const string Another = "or set HyperOptStudy or HyperOptOutputPath to another value";
        if (!location.IsFile(folder.Database) && new FileInfo(folder.Database) is { Exists: true, Length: > 0 })
        {
            throw new HostException(
                HostErrors.OtherStore,
                $"The folder '{folder.Path}' has a study '{study}' of its own, in study.db, and this call is for one of the same name in {location.DisplayName}. Nothing was done. Clear {StorageSource.Variable} and HyperOptStorageFile to go on with the one in the folder, {Another} for the other one.");
        }

        if (folder.StoredIn is { } stored && stored != location.DisplayName)
        {
            throw new HostException(
                HostErrors.OtherStore,
                $"The folder '{folder.Path}' has the results of the study '{study}' that is stored in {stored}, and this call is for one of the same name in {location.DisplayName}. Nothing was done. Set {StorageSource.Variable} or HyperOptStorageFile to where that study is to go on with it, {Another} for the other one. If both are the same place, delete '{folder.StoreNote}'.");
        }
    }

    /// <summary>
    /// What SQLite would take for a new database. A host that dies at once leaves an empty file, and nothing else; a file that was emptied is another matter.
    /// </summary>
    private static void RequireFile(StudyFolder folder)
    {
        const string Advice = "It was left as it is. Restore it from a copy, or move it away to begin anew.";
        if (Directory.Exists(folder.Database))
        {
            throw new HostException(HostErrors.DamagedStudy, $"'{folder.Database}' is a folder, where the file of the study should be. {Advice}");
        }

        if (new FileInfo(folder.Database) is { Exists: true, Length: 0 } && folder.HasResults)
        {
            throw new HostException(HostErrors.DamagedStudy, $"'{folder.Database}' is damaged: it is empty, and there are results beside it. {Advice}");
        }
    }

    private static InputFingerprint? TryParse(string json)
    {
        try
        {
            return InputFingerprint.Parse(json);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string InputsKeyOf(string id) => $"{TrialInputs.Key}:{id}";
}

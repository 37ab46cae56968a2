using System.Globalization;
using System.Text.Json;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
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

    /// <summary>The study before this call; null when it is new.</summary>
    public StudyRecord? Record { get; private set; }

    /// <summary>The place of the study, for messages; null when it is the file in its folder.</summary>
    public string? Elsewhere { get; }

    /// <summary>The new place of earlier results without a study; null when there were none.</summary>
    public string? MovedTo { get; private set; }

    /// <summary>What the new study takes over from another one; null for nothing.</summary>
    public TakenTrials? Taken { get; private set; }

    /// <summary>The seed of the study; null when the study is new, or another program has begun it.</summary>
    public long? Seed =>
        Record?.Attributes.TryGetValue(SeedKey, out var text) == true
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : null;

    /// <summary>
    /// The inputs of the last trials; of a study that begins, those of the study from which it takes trials over. Null when they are not
    /// known.
    /// </summary>
    public InputFingerprint? Inputs
    {
        get
        {
            try
            {
                return (Record?.Attributes ?? Taken?.Attributes)?.TryGetValue(TrialInputs.Key, out var id) == true
                    ? FingerprintOf(JsonSerializer.Deserialize<string>(id) ?? "")
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>The inputs of the study's trials.</summary>
    /// <param name="study">The open study.</param>
    /// <param name="current">The inputs of this call.</param>
    public TrialInputs InputsOf(StoredStudy study, InputFingerprint current) => new(Storage, study.Id, current, FingerprintOf);

    /// <summary>The fingerprint that has an id; null when the study has none that this version can read.</summary>
    public InputFingerprint? FingerprintOf(string id)
    {
        if (!_fingerprints.TryGetValue(id, out var fingerprint))
        {
            // Another host may have stored it since.
            var key = InputsKeyOf(id);
            var json = (Record?.Attributes ?? Taken?.Attributes)?.GetValueOrDefault(key)
                ?? Storage.FindStudy(_request.Study)?.Attributes.GetValueOrDefault(key);
            _fingerprints.Add(id, fingerprint = json is null ? null : TryParse(json));
        }

        return fingerprint;
    }

    /// <summary>The fingerprints of all inputs that the study had before this call.</summary>
    public IEnumerable<InputFingerprint> Fingerprints() =>
        (Record?.Attributes ?? new Dictionary<string, string>())
            .Where(attribute => attribute.Key.StartsWith(InputsKeyOf(""), StringComparison.Ordinal))
            .Select(attribute => TryParse(attribute.Value))
            .OfType<InputFingerprint>();

    /// <summary>Opens the store, and creates the folder of a study that is stored in it.</summary>
    /// <exception cref="HostException">The folder cannot be created, or the location of the store is invalid.</exception>
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

    /// <summary>Opens the store of a study that is there. It is only read, and may be searched meanwhile.</summary>
    /// <exception cref="HostException">There is no such study, or the location of the store is invalid.</exception>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public static StudyStore View(HostRequest request, HostEvents events, StudyFolder folder)
    {
        var location = StorageSource.Resolve(request.StorageFile, folder.Database, events);
        var isOwn = location.IsFile(folder.Database);
        RequireOneStore(request.Study, folder, location);
        if (location.Kind == StorageKind.Sqlite && !File.Exists(location.Path))
        {
            throw NoStudy();
        }

        if (isOwn)
        {
            // Nobody removes it meanwhile.
            folder.BeginUse();
        }

        var storage = location.Open(new StorageOptions { Logger = new EventLogger(events), ReadOnly = true });
        try
        {
            var record = storage.FindStudy(request.Study) ?? throw NoStudy();
            return new StudyStore(request, storage, record, isOwn ? null : location.DisplayName, movedTo: null);
        }
        catch
        {
            storage.Dispose();
            throw;
        }

        HostException NoStudy() => new(
            HostErrors.NothingFound,
            $"There is no study '{request.Study}' in {(isOwn ? $"'{request.Output}'" : location.DisplayName)}. "
            + "Run -t:HyperOpt first, or set HyperOptStudy to the name of one that is there.");
    }

    /// <summary>Creates the folder of a study that is stored elsewhere.</summary>
    /// <exception cref="HostException">The folder cannot be created.</exception>
    public void TakeFolder(StudyFolder folder)
    {
        if (Elsewhere is not null)
        {
            folder.RequireResults();
            MovedTo = Record is null ? folder.MoveAside() : null;
            folder.Create();
            folder.NoteStore(Elsewhere);
        }
    }

    /// <summary>
    /// The text of the warning about other constraints than before, by which earlier trials have been judged since; null when there is
    /// nothing to say.
    /// </summary>
    public string? ConstraintChange { get; private set; }

    /// <summary>Reads the study from which a new one begins, if the request names one.</summary>
    /// <param name="settings">The settings of the search.</param>
    /// <param name="manifest">The manifest, which has the space and what is not searched.</param>
    /// <exception cref="HostException">The other study cannot be used.</exception>
    public void ReadSource(SearchSettings settings, Manifest manifest)
    {
        if (Record is null && _request.From is not null)
        {
            Taken = StudySource.Read(_request, this, manifest, settings.Goals);
        }
    }

    /// <summary>
    /// The parameters that are not searched and were in another space of the study, or of the one from which it begins. Their values
    /// belong to the points of the trials.
    /// </summary>
    public IEnumerable<string> FixedNames(Manifest manifest) =>
        StoredStudy.FixedNames(Storage, Record, manifest.Space, FixedParameters.Of(manifest), Taken);

    /// <summary>Reads the study again, which another host has begun since.</summary>
    public void ReadBegun() => Record = Storage.FindStudy(_request.Study);

    /// <summary>Opens the study, or creates it.</summary>
    /// <param name="settings">The settings of the search.</param>
    /// <param name="manifest">The manifest, which has the space.</param>
    /// <param name="inputs">The inputs of the trials of this call.</param>
    /// <param name="constraints">The search constraints.</param>
    /// <exception cref="HostException">The algorithm cannot search the space.</exception>
    /// <exception cref="StorageException">The stored study has another space, or the store cannot be used.</exception>
    /// <exception cref="StudyBegunException">Another host has begun it at the same moment, with a seed of its own.</exception>
    public StoredStudy OpenStudy(
        SearchSettings settings, Manifest manifest, InputFingerprint inputs, IReadOnlyList<SearchConstraint> constraints)
    {
        var options = settings.StudyOptions() with { SearchConstraints = constraints };
        var goals = settings.Goals;
        if (Record is not null)
        {
            ObjectiveCompatibility.Require(Record, goals.Directions, goals.Names);
            ConstraintChange ??= Search.ConstraintChange.Apply(Storage, Record, goals);
        }

        var attributes = new Dictionary<string, string>(Search.ConstraintChange.Note(Record, goals))
        {
            [SeedKey] = settings.Seed.ToString(CultureInfo.InvariantCulture),
            [StoredFunctions.Key] = FunctionsNote.Of(manifest).ToJson(),
        };
        foreach (var (key, json) in (Taken?.Attributes ?? new Dictionary<string, string>()).Where(
            attribute => attribute.Key.StartsWith(InputsKeyOf(""), StringComparison.Ordinal)))
        {
            attributes[key] = json;
        }

        try
        {
            return StoredStudy.Open(Storage, _request.Study, manifest.Space, options, new StoredStudyOptions
            {
                Taken = Taken,
                FixedParameters = FixedParameters.Of(manifest),
                MaxRetries = settings.MaxRetries,
                FirstPoints = settings.PointsToEvaluate,
                IntegerParameters = [.. manifest.Parameters.Where(parameter => parameter.IsInteger).Select(parameter => parameter.Name)],
                ObjectiveNames = goals.Names,
                StudyAttributes = attributes,
                DecidedByFirst = settings.RandomSeed is null ? SeedKey : null,
                TrialAttributes = TrialAttributes(inputs),
            });
        }
        catch (ArgumentException exception)
        {
            throw new HostException(
                HostErrors.NothingToOptimize,
                $"The algorithm '{settings.Algorithm}' cannot search this space, or a point of points_to_evaluate is not in it: "
                + ArgumentText.Of(exception));
        }
    }

    /// <summary>What this host notes of each of its trials.</summary>
    private Dictionary<string, string> TrialAttributes(InputFingerprint inputs)
    {
        var notes = new Dictionary<string, string>
        {
            [TrialNoteNames.Host] = OptionJson.Text(_request.Joining?.Node ?? Environment.MachineName),
            [TrialInputs.Key] = OptionJson.Text(inputs.Id),
        };
        if (_request.Joining?.Slot is { } slot)
        {
            notes[TrialNoteNames.Slot] = OptionJson.Text(slot);
        }

        return notes;
    }

    /// <summary>
    /// Requires that a host which joins the study has its code, data and packages. With others, its trials would be results of something
    /// else.
    /// </summary>
    /// <param name="current">The inputs of this host.</param>
    /// <exception cref="HostException">They are others, and that is not allowed.</exception>
    public void RequireSameCode(InputFingerprint current)
    {
        if (_request.Joining is { AllowsOtherCode: false } && Inputs is { } last && current.ChangesSince(last) is { Count: > 0 } changes)
        {
            throw new HostException(
                HostErrors.OtherCode,
                $"This bundle is not what the study '{_request.Study}' is computed from: {InputFingerprint.Describe(changes)}. Nothing was "
                + "run. Pack it again from the study's code, or allow the difference with --allow-other-code.");
        }
    }

    /// <summary>Stores the fingerprint of the inputs of this call. Trials have only its id.</summary>
    public void StoreInputs(StoredStudy study, InputFingerprint inputs)
    {
        if (Record is null || Inputs?.Id != inputs.Id)
        {
            Storage.SetStudyAttributes(
                study.Id,
                new Dictionary<string, string>
                {
                    [InputsKeyOf(inputs.Id)] = inputs.ToJson(),
                    [TrialInputs.Key] = JsonSerializer.Serialize(inputs.Id),
                });
        }
    }

    /// <summary>The sentence that says what had ended the search before this call; null when it is not known.</summary>
    public string? End
    {
        get
        {
            try
            {
                return Record?.Attributes.TryGetValue(StoredNames.End, out var json) == true
                    ? JsonSerializer.Deserialize<string>(json)
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>Notes what has ended a search of the study, for its readers; null when a search begins.</summary>
    /// <param name="study">The study.</param>
    /// <param name="end">A sentence.</param>
    public void NoteEnd(StoredStudy study, string? end)
    {
        if (end is not null || Record?.Attributes.ContainsKey(StoredNames.End) == true)
        {
            Storage.SetStudyAttributes(
                study.Id, new Dictionary<string, string> { [StoredNames.End] = end is null ? "null" : OptionJson.Text(end) });
        }
    }

    /// <summary>The runs at the end of a search that are noted now; null when there are none.</summary>
    public StoredFinal? Final => StoredFinal.Read(Storage.RequireStudy(_request.Study).Attributes.GetValueOrDefault(StoredFinal.Key));

    /// <summary>Notes the runs at the end of a search.</summary>
    /// <param name="study">The study.</param>
    /// <param name="final">The runs.</param>
    public void NoteFinal(StoredStudy study, StoredFinal final)
    {
        if (Final?.ToJson() is var noted && final.ToJson() is var json && noted != json)
        {
            Storage.SetStudyAttributes(study.Id, new Dictionary<string, string> { [StoredFinal.Key] = json });
        }
    }

    public void Dispose() => Storage.Dispose();

    /// <summary>
    /// Requires that the study belongs to this project. Two projects may have the same default name by chance. A name that was chosen is
    /// shared on purpose.
    /// </summary>
    /// <param name="current">The inputs of this project.</param>
    /// <param name="folder">The study's folder.</param>
    /// <returns>The clause about a study that is shared on purpose, when this project joins it; else null.</returns>
    /// <exception cref="HostException">The study belongs to another project.</exception>
    public string? RequireProject(InputFingerprint current, StudyFolder folder)
    {
        // Results below the project move with it, so their place says nothing.
        var isOwn = Elsewhere is null
            && folder.Path.StartsWith(_request.ProjectDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (isOwn || Fingerprints().ToArray() is not [var first, ..] all || all.Any(current.IsSameProject))
        {
            return null;
        }

        var shown = $"The study '{_request.Study}' in {Elsewhere ?? $"'{folder.Database}'"} is of another project, {first.Place}: "
            + "no source file has the same path and content in both";
        if (_request.HasDefaultStudy)
        {
            throw new HostException(
                HostErrors.OtherProject,
                $"{shown}. Nothing was run. Set HyperOptStudy to a name of this project's own; "
                + $"to share the study all the same, set HyperOptStudy to '{_request.Study}'.");
        }

        return shown;
    }

    /// <summary>
    /// Requires that the folder belongs to the study in this store. A study of the same name in another store is another study. Its results
    /// must not be mixed with those of this one, nor be moved aside.
    /// </summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="location">The store of this call.</param>
    /// <exception cref="HostException">The folder belongs to another study.</exception>
    public static void RequireOneStore(string study, StudyFolder folder, StorageLocation location)
    {
        const string Another = "or set HyperOptStudy or HyperOptOutputPath to another value";
        if (!location.IsFile(folder.Database) && new FileInfo(folder.Database) is { Exists: true, Length: > 0 })
        {
            throw new HostException(
                HostErrors.OtherStore,
                $"The folder '{folder.Path}' has a study '{study}' of its own, in study.db, and this call is for one of the same name in "
                + $"{location.DisplayName}. Nothing was done. Clear {StorageSource.Variable} and HyperOptStorageFile to go on with the one "
                + $"in the folder, {Another} for the other one.");
        }

        if (folder.StoredIn is { } stored && stored != location.DisplayName)
        {
            throw new HostException(
                HostErrors.OtherStore,
                $"The folder '{folder.Path}' has the results of the study '{study}' that is stored in {stored}, and this call is for one "
                + $"of the same name in {location.DisplayName}. Nothing was done. Set {StorageSource.Variable} or HyperOptStorageFile to "
                + $"where that study is to go on with it, {Another} for the other one. "
                + $"If both are the same place, delete '{folder.StoreNote}'.");
        }
    }

    /// <summary>
    /// Refuses a file that SQLite would take for a new database but that has lost its content. A host that dies at once leaves an empty
    /// file and nothing else.
    /// </summary>
    private static void RequireFile(StudyFolder folder)
    {
        const string Advice = "It was left as it is. Restore it from a copy, or move it away to begin anew.";
        if (Directory.Exists(folder.Database))
        {
            throw new HostException(
                HostErrors.DamagedStudy, $"'{folder.Database}' is a folder, where the file of the study should be. {Advice}");
        }

        if (new FileInfo(folder.Database) is { Exists: true, Length: 0 } && folder.HasResults)
        {
            throw new HostException(
                HostErrors.DamagedStudy, $"'{folder.Database}' is damaged: it is empty, and there are results beside it. {Advice}");
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

    /// <summary>The attribute of a study with the fingerprint that has an id.</summary>
    public static string InputsKeyOf(string id) => $"{TrialInputs.Key}:{id}";
}

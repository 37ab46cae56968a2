using System.Globalization;
using System.Text.Json;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The store of a study, by default the file study.db in its folder, and what the host notes there about the study.</summary>
internal sealed class StudyStore : IDisposable
{
    private const string SeedKey = "logml:seed";
    private const string InputsKey = "logml:inputs";
    private const string HostKey = "host";

    private readonly HostOptions _options;

    private StudyStore(HostOptions options, IStudyStorage storage, StudyRecord? record, string? elsewhere, string? movedTo)
    {
        _options = options;
        Storage = storage;
        Record = record;
        Elsewhere = elsewhere;
        MovedTo = movedTo;
    }

    public IStudyStorage Storage { get; }

    /// <summary>The study as it was before this call; null when there was none.</summary>
    public StudyRecord? Record { get; }

    /// <summary>Where the study is stored, for people; null when that is the file in its folder.</summary>
    public string? Elsewhere { get; }

    /// <summary>Where the results of a search are that left no study; null when there were none.</summary>
    public string? MovedTo { get; }

    /// <summary>The seed that the study has been searched with; null when it is new, or was begun by another program.</summary>
    public long? Seed => Record?.Attributes.TryGetValue(SeedKey, out var text) == true && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    /// <summary>What the last trials were computed from; null when that is not known.</summary>
    public InputFingerprint? Inputs
    {
        get
        {
            try
            {
                return Record?.Attributes.TryGetValue(InputsKey, out var id) == true && Record.Attributes.TryGetValue(InputsKeyOf(JsonSerializer.Deserialize<string>(id) ?? ""), out var json)
                    ? InputFingerprint.Parse(json)
                    : null;
            }
            catch (Exception exception) when (exception is FormatException or JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>Opens the store, and makes the folder of the study.</summary>
    /// <exception cref="HostException">The folder cannot be made, or the place of the store is wrong.</exception>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public static StudyStore Open(HostOptions options, HostEvents events, StudyFolder folder, CancellationToken stop)
    {
        var location = StorageLocation.Resolve(options.StorageFile, folder.Database, events);
        var isOwn = location.IsFile(folder.Database);
        var movedTo = isOwn && folder.IsFirst() ? folder.MoveAside() : null;
        if (isOwn)
        {
            RequireFile(folder);
            folder.Create();
        }

        var storage = location.Open(new StorageOptions { Hurry = stop, Notify = events.Message, Lease = options.Lease ?? new StorageOptions().Lease, MayShareFile = !isOwn });
        try
        {
            var record = storage.FindStudy(options.Study);
            if (!isOwn)
            {
                movedTo = record is null ? folder.MoveAside() : null;
                folder.Create();
            }

            return new StudyStore(options, storage, record, isOwn ? null : location.Shown, movedTo);
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with the study, or begins it.</summary>
    /// <param name="settings">How to search.</param>
    /// <param name="parameters">What to search.</param>
    /// <param name="inputs">What the trials will be computed from.</param>
    /// <exception cref="HostException">The algorithm cannot search the space.</exception>
    /// <exception cref="StorageException">The stored study has another space, or the store cannot be used.</exception>
    public StoredStudy OpenStudy(SearchSettings settings, IReadOnlyList<SpaceParameter> parameters, InputFingerprint inputs)
    {
        var space = new SearchSpace();
        foreach (var parameter in parameters)
        {
            space[parameter.Name] = parameter.Distribution;
        }

        try
        {
            return StoredStudy.Open(Storage, _options.Study, space, settings.StudyOptions(), new StoredStudyOptions
            {
                MaxRetries = settings.MaxRetries,
                FirstPoints = settings.PointsToEvaluate,
                IntegerParameters = [.. parameters.Where(parameter => parameter.IsInteger).Select(parameter => parameter.Name)],
                ObjectiveNames = ["loss"],
                StudyAttributes = new Dictionary<string, string> { [SeedKey] = settings.Seed.ToString(CultureInfo.InvariantCulture) },
                TrialAttributes = new Dictionary<string, string> { [HostKey] = JsonSerializer.Serialize(Environment.MachineName), [InputsKey] = JsonSerializer.Serialize(inputs.Id) },
            });
        }
        catch (ArgumentException exception)
        {
            throw new HostException(HostErrors.NothingToOptimize, $"The algorithm '{settings.Algorithm}' cannot search this space, or a point of points_to_evaluate is not in it: {exception.Message}");
        }
    }

    /// <summary>Notes what the trials from now on are computed from. Trials have only its id.</summary>
    public void Note(StoredStudy study, InputFingerprint inputs)
    {
        if (Inputs?.Id != inputs.Id)
        {
            Storage.SetStudyAttributes(study.Id, new Dictionary<string, string> { [InputsKeyOf(inputs.Id)] = inputs.ToJson(), [InputsKey] = JsonSerializer.Serialize(inputs.Id) });
        }
    }

    public void Dispose() => Storage.Dispose();

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

        if (new FileInfo(folder.Database) is { Exists: true, Length: 0 } && folder.HasTrials)
        {
            throw new HostException(HostErrors.DamagedStudy, $"'{folder.Database}' is damaged: it is empty, and there are trials beside it. {Advice}");
        }
    }

    private static string InputsKeyOf(string id) => $"{InputsKey}:{id}";
}

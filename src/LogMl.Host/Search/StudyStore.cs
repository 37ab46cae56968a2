using System.Globalization;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>Opens the store of a study: by default the file study.db in its folder.</summary>
internal sealed class StudyStore : IDisposable
{
    private const string SeedKey = "logml:seed";
    private const string HostKey = "host";

    private readonly HostOptions _options;

    private StudyStore(HostOptions options, IStudyStorage storage, StudyRecord? record, string? movedTo)
    {
        _options = options;
        Storage = storage;
        Record = record;
        MovedTo = movedTo;
    }

    public IStudyStorage Storage { get; }

    /// <summary>The study as it was before this call; null when there was none.</summary>
    public StudyRecord? Record { get; }

    /// <summary>Where the results of a search are that left no study; null when there were none.</summary>
    public string? MovedTo { get; }

    /// <summary>The seed that the study has been searched with; null when it is new, or was begun by another program.</summary>
    public long? Seed => Record?.Attributes.TryGetValue(SeedKey, out var text) == true && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    /// <summary>Opens the store, and makes the folder of the study.</summary>
    /// <exception cref="HostException">The folder cannot be made.</exception>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public static StudyStore Open(HostOptions options, HostEvents events, StudyFolder folder, CancellationToken stop)
    {
        var movedTo = File.Exists(folder.Database) ? null : folder.MoveAside();
        folder.Create();
        var storage = StudyStorages.Sqlite(folder.Database, new StorageOptions { Hurry = stop, Notify = events.Message });
        return new StudyStore(options, storage, storage.FindStudy(options.Study), movedTo);
    }

    /// <summary>Goes on with the study, or begins it.</summary>
    /// <exception cref="HostException">The algorithm cannot search the space.</exception>
    /// <exception cref="StorageException">The stored study has another space, or the store cannot be used.</exception>
    public StoredStudy OpenStudy(SearchSettings settings, IReadOnlyList<SpaceParameter> parameters)
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
                StudyAttributes = new Dictionary<string, string> { [SeedKey] = settings.Seed.ToString(CultureInfo.InvariantCulture) },
                TrialAttributes = new Dictionary<string, string> { [HostKey] = JsonSerializer.Serialize(Environment.MachineName) },
            });
        }
        catch (ArgumentException exception)
        {
            throw new HostException(HostErrors.NothingToOptimize, $"The algorithm '{settings.Algorithm}' cannot search this space, or a point of points_to_evaluate is not in it: {exception.Message}");
        }
    }

    public void Dispose() => Storage.Dispose();
}

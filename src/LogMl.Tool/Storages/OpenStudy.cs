using LogMl.Storage;
using LogMl.Storage.Locations;

namespace LogMl.Tool.Storages;

/// <summary>The study of a call, in its storage, which is opened for reading.</summary>
internal sealed class OpenStudy : IDisposable
{
    private OpenStudy(StorageLocation location, StudyStorage storage, string name)
    {
        Location = location;
        Storage = storage;
        Name = name;
    }

    /// <summary>The place of the storage.</summary>
    public StorageLocation Location { get; }

    /// <summary>The storage.</summary>
    public StudyStorage Storage { get; }

    /// <summary>The name of the study.</summary>
    public string Name { get; }

    /// <summary>Opens the study that a call names, or the only one that there is.</summary>
    /// <exception cref="ToolException">There is none, there are several and none is named, or the storage cannot be used.</exception>
    public static OpenStudy Find(StudyRequest request, ToolConsole console)
    {
        var locations = StorageFinder.Find(request, console);
        if (locations is [var only])
        {
            return Open(only, request.Study);
        }

        var found = locations.SelectMany(location => NamesIn(location).Select(name => (location, name))).ToList();
        return found.Where(study => request.Study is null || study.name == request.Study).ToList() switch
        {
            [var (location, name)] => Open(location, name),
            [] => throw new ToolException(
                ToolErrors.Study, $"There is no study '{request.Study}'. There are {StudyList.Of(found, console.Folder)}.")
            {
                IsMissing = true,
            },
            var several => throw new ToolException(
                ToolErrors.Study,
                $"There are several studies: {StudyList.Of(several, console.Folder)}. Say which one is meant: "
                + (request.Study is null ? "--study and its name." : "by the path of its storage.")),
        };
    }

    /// <summary>Opens a study, or the only one that there is in a storage.</summary>
    /// <exception cref="ToolException">There is none, there are several and none is named, or the storage cannot be used.</exception>
    public static OpenStudy Open(StorageLocation location, string? study)
    {
        var storage = StorageOpening.ToRead(location);
        try
        {
            return new OpenStudy(location, storage, StorageOpening.Translate(() => study is null
                ? OnlyOne(storage)
                : storage.RequireStudy(study).Name));
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Storage.Dispose();

    private static List<string> NamesIn(StorageLocation location)
    {
        using var storage = StorageOpening.ToRead(location);
        return [.. StorageOpening.Translate(storage.ListNames)];
    }

    private static string OnlyOne(StudyStorage storage) => storage.ListNames() switch
    {
        [var only] => only,
        [] => throw new ToolException(ToolErrors.Study, $"There is no study in '{storage.DisplayName}'.") { IsMissing = true },
        var several => throw new ToolException(
            ToolErrors.Study,
            $"There are several studies in '{storage.DisplayName}': {StudyList.Of(several)}. "
            + "Say which one is meant: --study and its name."),
    };
}

using LogMl.Storage.Locations;

namespace LogMl.Tool.Storages;

/// <summary>
/// Finds the storages of a call: the named one, that of the environment, or the files below the present folder. A path goes before the
/// environment, because it is nearer.
/// </summary>
internal static class StorageFinder
{
    /// <summary>The name of the file that a search makes.</summary>
    private const string FileName = "study.db";

    /// <summary>The folder of the results in a project.</summary>
    public const string ResultsFolder = "HyperOptResults";

    private const string Advice = "Name one: its path, a file with its location (--storage-file), or the environment variable "
        + NamedLocation.Variable + ".";

    /// <summary>The storages that a call may mean: one, or those that were found in a folder.</summary>
    /// <exception cref="ToolException">There is none, or what names it cannot be used.</exception>
    public static IReadOnlyList<StorageLocation> Find(StudyRequest request, ToolConsole console)
    {
        if (request is { Place: not null, StorageFile: not null })
        {
            throw new ToolException(ToolErrors.Usage, "A path and --storage-file are two places. Give one of them.");
        }

        if (request.Place is { } place)
        {
            return OfPath(place, console.Folder);
        }

        return NamedStorage.Find(console, request.StorageFile) is { } named ? [named] : InFolder(console.Folder, "the present folder");
    }

    private static IReadOnlyList<StorageLocation> OfPath(string place, string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, place));
        if (File.Exists(path))
        {
            return [StorageLocation.OfFile(path)];
        }

        if (Directory.Exists(path))
        {
            return InFolder(path, $"'{place}'");
        }

        // Whatever it is, it may have a password in it, so no message repeats it.
        if (place.Contains("://", StringComparison.Ordinal) || place.Contains('=', StringComparison.Ordinal))
        {
            throw new ToolException(
                ToolErrors.Location,
                "What stands where the path of a storage should be is the location of a database, or a path that does not exist. "
                + "A location may have a password in it, and other users see command lines. Put it into the environment variable "
                + $"{NamedLocation.Variable}, or into a file that --storage-file names.");
        }

        throw new ToolException(ToolErrors.Location, $"There is no file and no folder '{place}'.") { IsMissing = true };
    }

    private static IReadOnlyList<StorageLocation> InFolder(string folder, string name)
    {
        try
        {
            string[] found =
            [
                .. new[] { folder, Path.Combine(folder, ResultsFolder) }.Where(Directory.Exists)
                    .SelectMany(place => Directory.GetDirectories(place).Order(StringComparer.Ordinal).Prepend(place))
                    .Select(place => Path.Combine(place, FileName)).Where(File.Exists).Distinct(),
            ];
            return found.Length > 0
                ? [.. found.Select(StorageLocation.OfFile)]
                : throw new ToolException(
                    ToolErrors.Location, $"There is no {FileName} in {name}, in a folder of it, or in its {ResultsFolder}. {Advice}")
                {
                    IsMissing = true,
                };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ToolErrors.Location, $"The storages in {name} cannot be found: {exception.Message}");
        }
    }
}

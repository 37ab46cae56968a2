using LogMl.Host.Results;

namespace LogMl.Host.Cleaning;

/// <summary>The verb <c>clean</c>: removes what the searches of a study have left.</summary>
internal sealed class CleanVerb(CleanOptions options, HostEvents events)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">The study is being searched, or its folder cannot be removed.</exception>
    public int Run()
    {
        var name = FolderName.Of(options.Study);
        var path = Path.Combine(options.Output, name);
        var storage = StorageLocation.Resolve(options.StorageFile, Path.Combine(path, "study.db"), events);
        if (storage.Kind == StorageKind.PostgreSql || !storage.Path.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            // Others may share it.
            events.Message($"The study itself is stored in {storage.Shown}, and stays there; only its files are removed.");
        }

        try
        {
            if (!Directory.Exists(path))
            {
                events.Message($"There is nothing to remove: '{options.Study}' has no results in {Shown(options.Output)}.");
                return ExitCodes.Done;
            }

            using var folderLock = Lock(Path.Combine(options.Output, $".{name}.lock"));
            ResultsFolder.Delete(path);
            events.Message($"Removed {Shown(path)}");
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostException(HostErrors.Results, $"The results in '{path}' cannot be removed: {exception.Message}");
        }
    }

    /// <summary>The lock that a search holds (StudyFolder).</summary>
    private FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new HostException(HostErrors.Results, $"The results of '{options.Study}' cannot be removed, because a search of it is running. Wait for its end, or stop it.");
        }
    }

    private string Shown(string path)
    {
        var relative = Path.GetRelativePath(options.ProjectDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}

namespace LogMl.Host.Cleaning;

/// <summary>Deletes the folder of a study, and nothing that is not one.</summary>
internal static class ResultsFolder
{
    /// <summary>What only a search makes. They go last: what a deletion that was interrupted leaves is still a folder of results.</summary>
    private static readonly string[] Marks = ["trials.csv", "study.db"];

    /// <exception cref="HostException">The folder is a link, or no folder of results: <c>HyperOptOutputPath=. HyperOptStudy=src</c> must not cost the sources.</exception>
    /// <exception cref="IOException">Something in it cannot be deleted.</exception>
    public static void Delete(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null)
        {
            throw new HostException(HostErrors.Results, $"The folder '{path}' is a link, and what it leads to may be more than results. Remove the link yourself.");
        }

        var entries = folder.GetFileSystemInfos();

        // A search that was ended in its first moments has only made the folder for its trials.
        if (entries is not ([] or [{ Name: "trials" }]) && !Array.Exists(entries, IsMark))
        {
            throw new HostException(HostErrors.Results, $"The folder '{path}' has no results of a search (no trials.csv, no study.db), so nothing in it is removed. Look at HyperOptOutputPath and HyperOptStudy.");
        }

        foreach (var entry in entries.OrderBy(IsMark))
        {
            // Of a link, only the link goes; the same is true of links deeper inside.
            if (entry is DirectoryInfo { LinkTarget: null } directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        folder.Delete();
    }

    private static bool IsMark(FileSystemInfo entry) => Marks.Contains(entry.Name, StringComparer.Ordinal);
}

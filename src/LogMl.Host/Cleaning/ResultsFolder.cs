using LogMl.Host.Results;

namespace LogMl.Host.Cleaning;

/// <summary>
/// Makes sure that a folder to remove is that of a study: <c>HyperOptOutputPath=. HyperOptStudy=src</c> must not delete the sources.
/// </summary>
internal static class ResultsFolder
{
    /// <summary>Files that only a search creates.</summary>
    private static readonly string[] Marks = ["trials.csv", StudyFolder.DatabaseFile, "stored-in.txt"];

    /// <exception cref="HostException">The folder is a link, or no folder of results.</exception>
    public static void Require(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null)
        {
            throw new HostException(
                HostErrors.Results,
                $"The folder '{path}' is a link, and what it leads to may be more than results. Remove the link yourself.");
        }

        // A search that ended in its first moments has only created the folder.
        var entries = folder.GetFileSystemInfos();
        if (entries is not ([] or [{ Name: "trials" }])
            && !Array.Exists(entries, entry => Marks.Contains(entry.Name, StringComparer.Ordinal)))
        {
            throw new HostException(
                HostErrors.Results,
                $"The folder '{path}' has no results of a search (no trials.csv, no study.db), so nothing in it is removed. "
                + "Look at HyperOptOutputPath and HyperOptStudy.");
        }
    }
}

namespace LogMl.Host.Results;

/// <summary>
/// Makes sure that a folder is that of a study before it is moved or removed: <c>HyperOptOutputPath=. HyperOptStudy=src</c> must not touch
/// the sources.
/// </summary>
internal static class ResultsFolder
{
    /// <summary>Files that only a search creates.</summary>
    private static readonly string[] Marks = ["trials.csv", StudyFolder.DatabaseFile, "stored-in.txt", "best.yaml"];

    /// <exception cref="HostException">The folder is a link, or no folder of results.</exception>
    public static void RequireRemovable(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            throw new HostException(
                HostErrors.Results,
                $"The folder '{path}' is a link, and what it leads to may be more than results. Remove the link yourself.");
        }

        Require(path, "nothing in it is removed");
    }

    /// <param name="path">The folder.</param>
    /// <param name="consequence">What is not done, for the error: <c>no study begins there</c>.</param>
    /// <exception cref="HostException">It has something else in it than results.</exception>
    public static void Require(string path, string consequence)
    {
        // A search that ended in its first moments has only created the folder.
        var entries = new DirectoryInfo(path).GetFileSystemInfos();
        if (entries is not ([] or [{ Name: "trials" }])
            && !Array.Exists(entries, entry => Marks.Contains(entry.Name, StringComparer.Ordinal)))
        {
            throw new HostException(
                HostErrors.Results,
                $"The folder '{path}' has no results of a search (no trials.csv, no study.db), so {consequence}. "
                + "Look at HyperOptOutputPath and HyperOptStudy.");
        }
    }
}

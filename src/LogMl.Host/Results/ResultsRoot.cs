namespace LogMl.Host.Results;

/// <summary>The results folder, which has a folder for each study.</summary>
internal static class ResultsRoot
{
    /// <summary>The folder in it for what is no result: locks, and what is being removed.</summary>
    public const string Own = ".logml";

    private const string Ignore = "# Results of searches need not be in version control. LogMl.Sdk has written this file with the folder, and does not write it again.\n*\n";

    /// <summary>Makes the folder. One that was there is the user's own, and may have a .gitignore for more than results, or none on purpose.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Make(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(path);
        try
        {
            using var file = new StreamWriter(Path.Combine(path, ".gitignore"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write });
            file.Write(Ignore);
        }
        catch (IOException) when (File.Exists(Path.Combine(path, ".gitignore")))
        {
            // Another host has made the folder at the same moment.
        }
    }
}

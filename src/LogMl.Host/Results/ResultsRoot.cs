namespace LogMl.Host.Results;

/// <summary>The results folder, which has a folder for each study.</summary>
internal static class ResultsRoot
{
    /// <summary>The folder in it for what is not a result: locks, and studies that are being removed.</summary>
    public const string InternalFolder = ".logml";

    private const string Ignore = "# Results of searches need not be in version control. LogMl.Sdk has written this file with the folder, "
        + "and does not write it again.\n*\n";

    /// <summary>
    /// Creates the folder with a .gitignore. A folder that exists is left as it is: it is the user's own, who may have a .gitignore with
    /// other content, or none on purpose.
    /// </summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(path);
        try
        {
            using var file = new StreamWriter(
                Path.Combine(path, ".gitignore"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write });
            file.Write(Ignore);
        }
        catch (IOException) when (File.Exists(Path.Combine(path, ".gitignore")))
        {
            // Another host has made the folder at the same moment.
        }
    }
}

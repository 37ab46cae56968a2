using System.Globalization;

namespace LogMl.Host.Results;

/// <summary>The folder of a study: HyperOptResults/&lt;study&gt;/ with trials.csv, best.yaml, trials/&lt;number&gt;/ and best/.</summary>
internal sealed class StudyFolder
{
    private StudyFolder(string path) => Path = path;

    public string Path { get; }

    public string TrialsCsv => System.IO.Path.Combine(Path, "trials.csv");

    public string BestYaml => System.IO.Path.Combine(Path, "best.yaml");

    /// <summary>Makes an empty folder; what an earlier search has left there is moved aside, never overwritten.</summary>
    /// <param name="root">The results folder.</param>
    /// <param name="study">The name of the study, which becomes the name of the folder.</param>
    /// <param name="movedTo">Where the results of an earlier search are now; null when there were none.</param>
    /// <exception cref="HostException">The folder cannot be made.</exception>
    public static StudyFolder Create(string root, string study, out string? movedTo)
    {
        var path = In(root, study);
        movedTo = null;
        try
        {
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                movedTo = FreeName(path, Directory.GetLastWriteTimeUtc(path));
                Directory.Move(path, movedTo);
            }

            Directory.CreateDirectory(System.IO.Path.Combine(path, "trials"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }

        return new StudyFolder(path);
    }

    /// <summary>The folder for a single run: &lt;study&gt;.run.&lt;time&gt;/.</summary>
    /// <exception cref="HostException">The folder cannot be made.</exception>
    public static string CreateRunFolder(string root, string study, DateTimeOffset now) => Create(FreeName(In(root, study) + ".run", now.UtcDateTime));

    /// <summary>Makes the folder of a trial.</summary>
    public string CreateTrialFolder(int number) =>
        Create(System.IO.Path.Combine(Path, "trials", number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Makes the folder of the final run.</summary>
    public string CreateFinalFolder() => Create(System.IO.Path.Combine(Path, "best"));

    public static HostException CannotWrite(string path, Exception exception) => new(
        HostErrors.Results, $"The results cannot be written to '{path}': {exception.Message} Make the folder writable, or set HyperOptOutputPath to another one.");

    private static string Create(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
    }

    /// <summary>A study name is data: whatever it is, the folder lies directly in the results folder.</summary>
    private static string In(string root, string study)
    {
        var isName = study.Length > 0 && study.AsSpan().IndexOfAny('/', '\\', '\0') < 0 && study.Trim('.', ' ').Length > 0;
        return isName
            ? System.IO.Path.Combine(root, study)
            : throw new HostException(HostErrors.Results, $"HyperOptStudy is '{study}', which cannot be the name of a folder.");
    }

    private static string FreeName(string path, DateTime time)
    {
        var name = path + "." + time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var free = name;
        for (var i = 2; Directory.Exists(free) || File.Exists(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}.{i}");
        }

        return free;
    }
}

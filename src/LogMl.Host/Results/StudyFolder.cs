using System.Globalization;

namespace LogMl.Host.Results;

/// <summary>
/// The folder of a study: HyperOptResults/&lt;study&gt;/ with trials.csv, best.yaml, trials/&lt;number&gt;/ and best/. While it is open, no other host can
/// have it.
/// </summary>
internal sealed class StudyFolder : IDisposable
{
    private readonly FileStream _lock;

    private StudyFolder(string path, FileStream folderLock)
    {
        Path = path;
        _lock = folderLock;
    }

    public string Path { get; }

    public string TrialsCsv => System.IO.Path.Combine(Path, "trials.csv");

    public string BestYaml => System.IO.Path.Combine(Path, "best.yaml");

    public string Trials => System.IO.Path.Combine(Path, "trials");

    /// <summary>Makes an empty folder; what an earlier search has left there is moved aside, never overwritten.</summary>
    /// <param name="root">The results folder.</param>
    /// <param name="study">The name of the study, any text.</param>
    /// <param name="movedTo">Where the results of an earlier search are now; null when there were none.</param>
    /// <exception cref="HostException">The folder cannot be made, or another search has it.</exception>
    public static StudyFolder Create(string root, string study, out string? movedTo)
    {
        var name = FolderName.Of(study);
        var path = System.IO.Path.Combine(root, name);
        movedTo = null;
        try
        {
            Directory.CreateDirectory(root);
            var folderLock = Lock(System.IO.Path.Combine(root, $".{name}.lock"), study);
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                movedTo = FreeName(path, Directory.GetLastWriteTimeUtc(path));
                Directory.Move(path, movedTo);
            }

            Directory.CreateDirectory(System.IO.Path.Combine(path, "trials"));
            return new StudyFolder(path, folderLock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
    }

    /// <summary>The folder for a single run: &lt;study&gt;.run.&lt;time&gt;/.</summary>
    /// <exception cref="HostException">The folder cannot be made.</exception>
    public static string CreateRunFolder(string root, string study, DateTimeOffset now) =>
        Create(FreeName(System.IO.Path.Combine(root, FolderName.Of(study)) + ".run", now.UtcDateTime));

    /// <summary>Makes the folder of a trial.</summary>
    public string CreateTrialFolder(int number) => Create(System.IO.Path.Combine(Trials, number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Makes the folder of the final run.</summary>
    public string CreateFinalFolder() => Create(System.IO.Path.Combine(Path, "best"));

    public static HostException CannotWrite(string path, Exception exception) => new(
        HostErrors.Results, $"The results cannot be written to '{path}': {exception.Message} Make the folder writable, or set HyperOptOutputPath to another one.");

    public void Dispose() => _lock.Dispose();

    /// <summary>Held by the operating system for as long as this process lives, however it ends.</summary>
    private static FileStream Lock(string path, string study)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new HostException(
                HostErrors.Results, $"Another search of '{study}' is running, with the same results folder. Wait for its end, or set HyperOptStudy to another name.");
        }
    }

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

using System.Diagnostics;
using System.Globalization;

namespace LogMl.Host.Results;

/// <summary>
/// The folder of a study: HyperOptResults/&lt;study&gt;/ with study.db, trials.csv, best.yaml, trials/&lt;number&gt;/ and best/. Several hosts may have it; the files that are
/// made from the study as a whole are written by the one that has the pen.
/// </summary>
internal sealed class StudyFolder : IDisposable
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(10);

    private readonly string _penFile;
    private FileStream? _pen;

    private StudyFolder(string path, string penFile)
    {
        Path = path;
        _penFile = penFile;
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "study.db");

    public string TrialsCsv => System.IO.Path.Combine(Path, "trials.csv");

    public string BestYaml => System.IO.Path.Combine(Path, "best.yaml");

    public string Trials => System.IO.Path.Combine(Path, "trials");

    public string Final => System.IO.Path.Combine(Path, "best");

    /// <summary>The file that says where the study is stored, when that is not here.</summary>
    public string StoreNote => System.IO.Path.Combine(Path, "stored-in.txt");

    /// <summary>Where the study is stored whose results are here, as people read it; null when it is stored here, or there is none.</summary>
    public string? StoredIn => File.Exists(StoreNote) ? File.ReadAllText(StoreNote).Trim() : null;

    /// <summary>Whether a trial was ever begun here.</summary>
    public bool HasTrials => Directory.Exists(Trials) && Directory.EnumerateDirectories(Trials).Any();

    /// <summary>Where the folder of a study is.</summary>
    /// <param name="root">The results folder.</param>
    /// <param name="study">The name of the study, any text.</param>
    public static StudyFolder Of(string root, string study)
    {
        var name = FolderName.Of(study);
        return new StudyFolder(System.IO.Path.Combine(root, name), System.IO.Path.Combine(root, $".{name}.lock"));
    }

    /// <summary>Makes the folder.</summary>
    /// <exception cref="HostException">It cannot be made.</exception>
    public void Create() => Create(Trials);

    /// <summary>Notes where the study is stored.</summary>
    /// <param name="shown">The place, without anything secret.</param>
    public void NoteStore(string shown)
    {
        if (StoredIn != shown)
        {
            AtomicFile.Write(StoreNote, shown + "\n");
        }
    }

    /// <summary>
    /// Whether this host begins the study: there is none yet, and it is this host that has the pen. Of several hosts that come at the same time the others wait until the one has made the file: it may move
    /// the folder before.
    /// </summary>
    public bool IsFirst()
    {
        for (var since = Stopwatch.GetTimestamp(); !System.IO.Path.Exists(Database); Thread.Sleep(FirstInterval))
        {
            if (TryTakePen())
            {
                // Perhaps it was made, and its host has ended, since the look before.
                return !System.IO.Path.Exists(Database);
            }

            if (Stopwatch.GetElapsedTime(since) > FirstLimit)
            {
                // A search whose study is stored elsewhere has the folder.
                return false;
            }
        }

        return false;
    }

    /// <summary>Before a new study begins: what an earlier one has left in the folder is moved aside, never overwritten.</summary>
    /// <returns>Where the earlier results are now; null when there were none.</returns>
    /// <exception cref="HostException">They cannot be moved.</exception>
    public string? MoveAside()
    {
        try
        {
            // Without the pen another host is about to do the same, or has begun the study.
            if (!Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any() || !TryTakePen())
            {
                return null;
            }

            var moved = FreeName(Path, Directory.GetLastWriteTimeUtc(Path));
            Directory.Move(Path, moved);
            return moved;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(Path, exception);
        }
    }

    /// <summary>Takes the pen, unless another host has it. The operating system takes it away when the process ends, however it ends.</summary>
    public bool TryTakePen()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            _pen ??= new FileStream(_penFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (IOException) when (File.Exists(_penFile))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(Path, exception);
        }
    }

    /// <summary>The folder for a single run: &lt;study&gt;.run.&lt;time&gt;/.</summary>
    /// <exception cref="HostException">The folder cannot be made.</exception>
    public static string CreateRunFolder(string root, string study, DateTimeOffset now) =>
        Create(FreeName(System.IO.Path.Combine(root, FolderName.Of(study)) + ".run", now.UtcDateTime));

    /// <summary>Makes the folder of a trial; what an earlier run of it has left there, which was cut off, goes.</summary>
    public string CreateTrialFolder(int number) => CreateAnew(System.IO.Path.Combine(Trials, number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Writes error.txt of a trial that failed on another machine, as far as the store has it; a trial of this machine has a folder.</summary>
    public void WriteErrorOfElsewhere(int number, TrialFailure failure)
    {
        var folder = System.IO.Path.Combine(Trials, number.ToString(CultureInfo.InvariantCulture));
        if (!Directory.Exists(folder))
        {
            AtomicFile.Write(System.IO.Path.Combine(Create(folder), "error.txt"), failure.Text);
        }
    }

    /// <summary>Makes the folder of the final run.</summary>
    public string CreateFinalFolder() => CreateAnew(Final);

    /// <summary>Puts the final run aside, in the place of the one that was put aside before.</summary>
    /// <returns>Where it is now.</returns>
    /// <exception cref="HostException">It cannot be moved.</exception>
    public string MoveFinalAside()
    {
        var previous = Final + ".previous";
        try
        {
            if (Directory.Exists(previous))
            {
                Directory.Delete(previous, recursive: true);
            }

            Directory.Move(Final, previous);
            return previous;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(Final, exception);
        }
    }

    public static HostException CannotWrite(string path, Exception exception) => new(
        HostErrors.Results, $"The results cannot be written to '{path}': {exception.Message} Make the folder writable, or set HyperOptOutputPath to another one.");

    public void Dispose() => _pen?.Dispose();

    private static string CreateAnew(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }

        return Create(path);
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

using System.Diagnostics;
using System.Globalization;

namespace LogMl.Host.Results;

/// <summary>
/// The folder of a study: HyperOptResults/&lt;study&gt;/ with study.db, trials.csv, best.yaml, trials/&lt;number&gt;/ and best/. Several hosts may have it; the files that are
/// made from the study as a whole are written by the one that has the pen.
/// </summary>
internal sealed class StudyFolder : IDisposable
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(10);

    private readonly FolderLocks _locks;
    private readonly string _discarded;
    private Exception? _problem;

    private StudyFolder(string root, string name)
    {
        Path = System.IO.Path.Combine(root, name);
        Root = root;
        _locks = new FolderLocks(root, name);
        _discarded = System.IO.Path.Combine(root, ResultsRoot.Own, name + ".removed");
    }

    /// <summary>The results folder, which has a folder for each study.</summary>
    public string Root { get; }

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

    /// <summary>Whether a trial has ever ended here, or left something.</summary>
    public bool HasResults =>
        File.Exists(BestYaml) || (Directory.Exists(Trials) && Directory.EnumerateFileSystemEntries(Trials).Any()) || (FreshFile.IsThere(TrialsCsv) && CsvText.CountRows(TrialsCsv) > 1);

    /// <summary>Where the folder of a study is.</summary>
    /// <param name="root">The results folder.</param>
    /// <param name="study">The name of the study, any text.</param>
    public static StudyFolder Of(string root, string study) => new(root, FolderName.Of(study));

    /// <summary>Begins to work with the study, before anything of it is opened: until this object goes, nobody removes it. Any number of hosts may; one who removes it at this moment is waited for.</summary>
    /// <exception cref="HostException">The results folder cannot be written.</exception>
    public void Enter()
    {
        Guard(() => ResultsRoot.Make(Root));
        for (var since = Stopwatch.GetTimestamp(); !Guard(_locks.TryUse); Thread.Sleep(FirstInterval))
        {
            if (Stopwatch.GetElapsedTime(since) > FirstLimit)
            {
                throw new HostException(HostErrors.Results, $"The results in '{Path}' are being removed, by a HyperOptClean that does not end. Wait for its end, or stop it.");
            }
        }
    }

    /// <summary>Begins to remove the study, unless somebody works with it. The folder with all results must be there.</summary>
    /// <exception cref="HostException">The results folder cannot be written.</exception>
    public bool TryEnterAlone() => Guard(_locks.TryUseAlone);

    /// <summary>Makes the folder.</summary>
    /// <exception cref="HostException">It cannot be made.</exception>
    public void Create() => Guard(() => Directory.CreateDirectory(Path));

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
        return Guard(() =>
        {
            // Without the pen another host is about to do the same, or has begun the study.
            if (!Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any() || !TryTakePen())
            {
                return null;
            }

            var moved = FreeName(Path, Directory.GetLastWriteTimeUtc(Path));
            Directory.Move(Path, moved);
            return moved;
        });
    }

    /// <summary>Renames trials.csv, so that another one can be written.</summary>
    /// <returns>Where it is now.</returns>
    /// <exception cref="HostException">It cannot be renamed.</exception>
    public string KeepCsv() => Guard(() =>
    {
        var time = File.GetLastWriteTimeUtc(TrialsCsv).ToString(TimeFormat, CultureInfo.InvariantCulture);
        var kept = FreeName(System.IO.Path.Combine(Path, "trials." + time + ".csv"));
        File.Move(TrialsCsv, kept);
        return kept;
    });

    /// <summary>Renames the folder, out of the way: from now on the study has none.</summary>
    /// <exception cref="IOException">It cannot be renamed; it is as it was.</exception>
    public void Discard() => Directory.Move(Path, FreeName(_discarded));

    /// <summary>Deletes what <see cref="Discard"/> has renamed, now or in a call that was cut off. Links go, what they lead to stays.</summary>
    /// <exception cref="IOException">Something in it cannot be deleted.</exception>
    public void DeleteDiscarded()
    {
        var (folder, name) = (System.IO.Path.GetDirectoryName(_discarded)!, System.IO.Path.GetFileName(_discarded));
        foreach (var path in Directory.Exists(folder) ? Directory.GetDirectories(folder, name + "*") : [])
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another call deletes it, too.
            }
        }
    }

    /// <summary>Takes the pen, unless another host has it. The operating system takes it away when the process ends, however it ends.</summary>
    /// <exception cref="HostException">The results folder cannot be written.</exception>
    public bool TryTakePen() => Guard(_locks.TryTakePen);

    /// <summary>The folder for a single run: &lt;study&gt;.run.&lt;time&gt;/, with its parameters.</summary>
    /// <exception cref="HostException">The folder cannot be made.</exception>
    public static TrialFolder CreateRunFolder(string root, string study, DateTimeOffset now, Func<string> parameters)
    {
        var path = FreeName(System.IO.Path.Combine(root, FolderName.Of(study)) + ".run", now.UtcDateTime);
        return Guard(path, () =>
        {
            ResultsRoot.Make(root);
            return Made(new TrialFolder(root, path, parameters));
        });
    }

    /// <summary>The folder of a trial that begins; what an earlier run of it has left there, which was cut off, goes.</summary>
    /// <exception cref="HostException">It does not go.</exception>
    public TrialFolder BeginTrial(int number, Func<string> parameters)
    {
        var path = System.IO.Path.Combine(Trials, number.ToString(CultureInfo.InvariantCulture));
        return Guard(path, () => new TrialFolder(Path, path, parameters, Fail));
    }

    /// <summary>Makes the folder of the final run, with its parameters.</summary>
    /// <exception cref="HostException">The folder cannot be made.</exception>
    public TrialFolder CreateFinalFolder(Func<string> parameters) => Guard(Final, () => Made(new TrialFolder(Path, Final, parameters, Fail)));

    /// <summary>The file that says why a trial failed.</summary>
    public string ErrorOf(int number) => System.IO.Path.Combine(Trials, number.ToString(CultureInfo.InvariantCulture), "error.txt");

    /// <summary>Writes error.txt of a trial that failed on another machine, as far as the store has it; a trial of this machine has a folder.</summary>
    public void WriteErrorOfElsewhere(int number, TrialFailure failure)
    {
        var folder = System.IO.Path.Combine(Trials, number.ToString(CultureInfo.InvariantCulture));
        FreshFile.RemoveLinks(Path, folder);
        if (!Directory.Exists(folder))
        {
            AtomicFile.Write(System.IO.Path.Combine(folder, "error.txt"), failure.Text);
        }
    }

    /// <summary>What trials have printed is written while they run, by threads that cannot end the search.</summary>
    /// <exception cref="HostException">Some of it could not be written.</exception>
    public void RequireWritten()
    {
        if (Volatile.Read(ref _problem) is { } problem)
        {
            throw CannotWrite(Path, problem);
        }
    }

    /// <summary>Puts the final run aside, in the place of the one that was put aside before.</summary>
    /// <returns>Where it is now.</returns>
    /// <exception cref="HostException">It cannot be moved.</exception>
    public string MoveFinalAside() => Guard(Final, () =>
    {
        var previous = Final + ".previous";
        if (Directory.Exists(previous))
        {
            Directory.Delete(previous, recursive: true);
        }

        Directory.Move(Final, previous);
        return previous;
    });

    public static HostException CannotWrite(string path, Exception exception) => new(
        HostErrors.Results, $"The results cannot be written to '{path}': {exception.Message} Make the folder writable, or set HyperOptOutputPath to another one.");

    public void Dispose() => _locks.Dispose();

    private static TrialFolder Made(TrialFolder folder)
    {
        folder.Make();
        return folder;
    }

    private void Guard(Action action) => Guard(Path, () =>
    {
        action();
        return true;
    });

    private T Guard<T>(Func<T> action) => Guard(Path, action);

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
    }

    private void Fail(Exception exception) => Interlocked.CompareExchange(ref _problem, exception, null);

    private static string FreeName(string path, DateTime time) => FreeName(path + "." + time.ToString(TimeFormat, CultureInfo.InvariantCulture));

    private static string FreeName(string name)
    {
        var free = name;
        for (var i = 2; System.IO.Path.Exists(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}.{i}");
        }

        return free;
    }
}

using System.Diagnostics;
using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>
/// The folder of a study: HyperOptResults/&lt;study&gt;/ with study.db, trials.csv, best.yaml, front.csv, result.json,
/// summary.md, report.html, trials/&lt;number&gt;/, best/ and defaults/. Several hosts may share it. The host with the
/// writer lock writes the files of the study as a whole.
/// </summary>
internal sealed class StudyFolder : IDisposable
{
    /// <summary>The bytes that have to fit on a disk that is not full.</summary>
    private const int Room = 64 * 1024;

    /// <summary>
    /// The errors of a full disk: ENOSPC and EDQUOT of Linux and of macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    /// </summary>
    private static readonly int[] FullDiskErrors = OperatingSystem.IsWindows() ? [39, 112] : [28, 122, 69];

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(10);

    private readonly FolderLocks _locks;
    private readonly string _discarded;
    private Exception? _problem;

    private StudyFolder(string root, string name)
    {
        Path = System.IO.Path.Combine(root, name);
        Root = root;
        _locks = new FolderLocks(root, name);
        _discarded = System.IO.Path.Combine(root, ResultsRoot.InternalFolder, name + ".removed");
    }

    /// <summary>The SQLite file of a study in its folder.</summary>
    public const string DatabaseFile = "study.db";

    /// <summary>The results folder, which has a folder for each study.</summary>
    public string Root { get; }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, DatabaseFile);

    public string TrialsCsv => System.IO.Path.Combine(Path, "trials.csv");

    /// <summary>The Pareto front, when there are several objectives.</summary>
    public string FrontCsv => System.IO.Path.Combine(Path, "front.csv");

    public string BestYaml => System.IO.Path.Combine(Path, "best.yaml");

    /// <summary>What was found, for programs.</summary>
    public string ResultJson => System.IO.Path.Combine(Path, "result.json");

    /// <summary>What was found, for people.</summary>
    public string SummaryMd => System.IO.Path.Combine(Path, "summary.md");

    /// <summary>The study as a page.</summary>
    public string ReportHtml => System.IO.Path.Combine(Path, "report.html");

    public string Trials => System.IO.Path.Combine(Path, "trials");

    public string Final => System.IO.Path.Combine(Path, "best");

    /// <summary>What the run with the defaults at the end of a search has left.</summary>
    public string Defaults => System.IO.Path.Combine(Path, "defaults");

    /// <summary>The file that says where the study is stored, when it is stored elsewhere.</summary>
    public string StoreNote => System.IO.Path.Combine(Path, "stored-in.txt");

    /// <summary>
    /// The place where the study of these results is stored, for messages; null when it is stored here, or there is none.
    /// </summary>
    public string? StoredIn => File.Exists(StoreNote) ? File.ReadAllText(StoreNote).Trim() : null;

    /// <summary>Whether a trial has ever ended here, or left files.</summary>
    public bool HasResults =>
        File.Exists(BestYaml) || (Directory.Exists(Trials) && Directory.EnumerateFileSystemEntries(Trials).Any())
            || (FreshFile.IsRegularFile(TrialsCsv) && CsvText.CountRows(TrialsCsv) > 1);

    /// <summary>Where the folder of a study is.</summary>
    /// <param name="root">The results folder.</param>
    /// <param name="study">The name of the study, any text.</param>
    public static StudyFolder Of(string root, string study) => new(root, FolderName.Of(study));

    /// <summary>
    /// Starts to use the study. Call it before anything of the study is opened. Until this object is disposed, nobody removes the study.
    /// Any number of hosts may use it at the same time. A process that is removing it just now is waited for.
    /// </summary>
    /// <exception cref="HostException">The results folder cannot be written.</exception>
    public void BeginUse()
    {
        TranslateErrors(() => ResultsRoot.Create(Root));
        for (var since = Stopwatch.GetTimestamp(); !TranslateErrors(_locks.TryLockShared); Thread.Sleep(PollInterval))
        {
            if (Stopwatch.GetElapsedTime(since) > WaitLimit)
            {
                throw new HostException(
                    HostErrors.Results,
                    $"The results in '{Path}' are being removed, by a HyperOptClean that does not end. Wait for its end, or stop it.");
            }
        }
    }

    /// <summary>Starts to remove the study. Returns false when another process uses it. The results root must exist.</summary>
    /// <exception cref="HostException">The results folder cannot be written.</exception>
    public bool TryBeginRemoval() => TranslateErrors(_locks.TryLockExclusive);

    /// <summary>Creates the folder.</summary>
    /// <exception cref="HostException">It cannot be made.</exception>
    public void Create() => TranslateErrors(() => Directory.CreateDirectory(Path));

    /// <summary>Writes the file that says where the study is stored.</summary>
    /// <param name="place">The place, without secrets.</param>
    public void NoteStore(string place)
    {
        if (StoredIn != place)
        {
            AtomicFile.Write(StoreNote, place + "\n");
        }
    }

    /// <summary>
    /// Whether this host is the one that creates the study: there is none yet, and this host has the writer lock. Of several hosts that
    /// start at the same time the others wait until the first has created the database, because it may move the folder before.
    /// </summary>
    public bool IsCreator()
    {
        for (var since = Stopwatch.GetTimestamp(); !System.IO.Path.Exists(Database); Thread.Sleep(PollInterval))
        {
            if (TryBecomeWriter())
            {
                // Another host may have created it and ended since the check.
                return !System.IO.Path.Exists(Database);
            }

            if (Stopwatch.GetElapsedTime(since) > WaitLimit)
            {
                // A search whose study is stored elsewhere is using the folder.
                return false;
            }
        }

        return false;
    }

    /// <summary>Moves what an earlier study has left in the folder aside, before a new study starts. Nothing is overwritten.</summary>
    /// <returns>The new place of the earlier results; null when there were none.</returns>
    /// <exception cref="HostException">They cannot be moved, or are no results.</exception>
    public string? MoveAside()
    {
        return TranslateErrors(() =>
        {
            // When another host has the writer lock, that host is about to do the same, or has started the study.
            if (!Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any() || !TryBecomeWriter())
            {
                return null;
            }

            RequireResults();
            var moved = FreeName(Path, Directory.GetLastWriteTimeUtc(Path));
            Directory.Move(Path, moved);
            return moved;
        });
    }

    /// <summary>Requires that the folder, if there is one, is that of a study. No search writes into another one.</summary>
    /// <exception cref="HostException">It has something else in it.</exception>
    public void RequireResults()
    {
        if (Directory.Exists(Path))
        {
            ResultsFolder.Require(Path, "no study begins there");
        }
    }

    /// <summary>Renames trials.csv, so that another one can be written.</summary>
    /// <returns>The new path.</returns>
    /// <exception cref="HostException">It cannot be renamed.</exception>
    public string RenameCsv() => TranslateErrors(() =>
    {
        var time = File.GetLastWriteTimeUtc(TrialsCsv).ToString(TimeFormat, CultureInfo.InvariantCulture);
        var kept = FreeName(System.IO.Path.Combine(Path, "trials." + time + ".csv"));
        File.Move(TrialsCsv, kept);
        return kept;
    });

    /// <summary>Renames the folder out of the way. From then on the study has none.</summary>
    /// <exception cref="IOException">It cannot be renamed. Nothing was changed.</exception>
    public void Discard() => Directory.Move(Path, FreeName(_discarded));

    /// <summary>
    /// Deletes what <see cref="Discard"/> has renamed, now or in an earlier call that was cut off. Links are deleted, but not what they
    /// lead to.
    /// </summary>
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
                // Another call deletes it too.
            }
        }
    }

    /// <summary>
    /// Takes the writer lock, unless another host has it. The operating system releases it when the process ends, however it ends.
    /// </summary>
    /// <exception cref="HostException">The results folder cannot be written.</exception>
    public bool TryBecomeWriter() => TranslateErrors(_locks.TryBecomeWriter);

    /// <summary>Creates the folder of a single run, &lt;study&gt;.run.&lt;time&gt;/, with its parameters.</summary>
    /// <exception cref="HostException">The folder cannot be created.</exception>
    public static TrialFolder CreateRunFolder(string root, string study, DateTimeOffset now, Func<string> parameters)
    {
        var path = FreeName(System.IO.Path.Combine(root, FolderName.Of(study)) + ".run", now.UtcDateTime);
        return TranslateErrors(path, () =>
        {
            ResultsRoot.Create(root);
            return Created(new TrialFolder(root, path, parameters));
        });
    }

    /// <summary>The folder of a trial that starts. What was there is removed, unless the trial continues an earlier run.</summary>
    /// <param name="number">The trial.</param>
    /// <param name="parameters">Returns the content of parameters.yaml.</param>
    /// <param name="continued">The number of the run whose files of its steps the trial gets; null for none.</param>
    /// <exception cref="HostException">The old files cannot be removed.</exception>
    public TrialFolder BeginTrial(int number, Func<string> parameters, int? continued = null)
    {
        var path = FolderOf(number);
        var earlier = continued is { } run ? FolderOf(run) : null;
        return TranslateErrors(path, () => new TrialFolder(Path, path, parameters, ReportWriteError, earlier));
    }

    /// <summary>Makes the folder of the final run, with its parameters.</summary>
    /// <exception cref="HostException">The folder cannot be created.</exception>
    public TrialFolder CreateFinalFolder(Func<string> parameters) =>
        TranslateErrors(Final, () => Created(new TrialFolder(Path, Final, parameters, ReportWriteError)));

    /// <summary>The folder of the run with the defaults. It is there when the run has written something; what was there goes.</summary>
    /// <param name="parameters">Returns the content of parameters.yaml.</param>
    /// <exception cref="HostException">The old files cannot be removed.</exception>
    public TrialFolder BeginDefaults(Func<string> parameters) =>
        TranslateErrors(Defaults, () => new TrialFolder(Path, Defaults, parameters, ReportWriteError));

    /// <summary>The path of the file that says why a trial failed.</summary>
    public string ErrorOf(int number) => System.IO.Path.Combine(FolderOf(number), TrialFolder.FailureFile);

    /// <summary>The file that says why the step trial_finished failed for a trial.</summary>
    public string ListenerErrorOf(int number) => System.IO.Path.Combine(FolderOf(number), TrialFolder.ListenerFailureFile);

    /// <summary>The file that says why the step trial_finished failed at the end of the search.</summary>
    public string ListenerError => System.IO.Path.Combine(Path, TrialFolder.ListenerFailureFile);

    /// <summary>
    /// Writes error.txt of a trial that failed on another machine, from the store, with the end of what the trial printed there. A trial of
    /// this machine has a folder already.
    /// </summary>
    public void WriteErrorOfElsewhere(int number, TrialFailure failure)
    {
        var folder = FolderOf(number);
        FreshFile.RemoveLinks(Path, folder);
        if (!Directory.Exists(folder))
        {
            AtomicFile.Write(System.IO.Path.Combine(folder, TrialFolder.FailureFile), failure.TextWithOutput);
        }
    }

    /// <summary>
    /// Checks that the output of trials was written. It is written while they run, by threads whose errors cannot end the search.
    /// </summary>
    /// <exception cref="HostException">Some of it could not be written.</exception>
    public void RequireWritten()
    {
        if (Volatile.Read(ref _problem) is { } problem)
        {
            throw CannotWrite(Path, problem);
        }
    }

    /// <summary>Moves the final run aside, and replaces the one that was moved aside before.</summary>
    /// <returns>The new path.</returns>
    /// <exception cref="HostException">It cannot be moved.</exception>
    public string MoveFinalAside() => TranslateErrors(Final, () =>
    {
        var previous = Final + ".previous";
        if (Directory.Exists(previous))
        {
            Directory.Delete(previous, recursive: true);
        }

        Directory.Move(Final, previous);
        return previous;
    });

    /// <summary>
    /// Finds out whether the disk of the folder is full, by writing to it. A step that fails meanwhile has probably failed for that reason.
    /// </summary>
    /// <returns>The error of writing; null when there is room.</returns>
    public IOException? FindFullDisk()
    {
        var probe = System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $".room-{Environment.ProcessId}"));
        try
        {
            try
            {
                File.WriteAllBytes(probe, new byte[Room]);
                return null;
            }
            finally
            {
                File.Delete(probe);
            }
        }
        catch (IOException exception) when (Array.IndexOf(FullDiskErrors, exception.HResult & 0xffff) >= 0)
        {
            return exception;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whatever this is, the disk is not full.
            return null;
        }
    }

    public static HostException CannotWrite(string path, Exception exception) => new(
        HostErrors.Results,
        $"The results cannot be written to '{path}': {exception.Message} Make the folder writable, or set HyperOptOutputPath to another "
        + "one.");

    public void Dispose() => _locks.Dispose();

    private static TrialFolder Created(TrialFolder folder)
    {
        folder.EnsureExists();
        return folder;
    }

    private string FolderOf(int number) => System.IO.Path.Combine(Trials, number.ToString(CultureInfo.InvariantCulture));

    private void TranslateErrors(Action action) => TranslateErrors(Path, () =>
    {
        action();
        return true;
    });

    private T TranslateErrors<T>(Func<T> action) => TranslateErrors(Path, action);

    private static T TranslateErrors<T>(string path, Func<T> action)
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

    private void ReportWriteError(Exception exception) => Interlocked.CompareExchange(ref _problem, exception, null);

    private static string FreeName(string path, DateTime time) =>
        FreeName(path + "." + time.ToString(TimeFormat, CultureInfo.InvariantCulture));

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

using System.Globalization;
using System.Text;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>
/// The folder of a trial, or of another run of the workflow. It is created with its first file, whether the trial or the host writes that,
/// and then gets parameters.yaml. A trial that writes nothing has no folder. The host always creates new files, so nothing is written
/// through a link that a trial has put in place of a file or of a folder above it.
/// </summary>
internal sealed class TrialFolder : IDisposable
{
    /// <summary>What the trial has printed.</summary>
    public const string OutputFile = "stdout.log";

    /// <summary>What the trial has printed as errors.</summary>
    public const string ErrorOutputFile = "stderr.log";

    /// <summary>What the step trial_finished has printed about the trial.</summary>
    public const string ListenerOutputFile = "trial_finished.stdout.log";

    /// <summary>What the step trial_finished has printed as errors.</summary>
    public const string ListenerErrorOutputFile = "trial_finished.stderr.log";

    /// <summary>Why the step trial_finished failed for the trial.</summary>
    public const string ListenerFailureFile = "trial_finished.error.txt";

    /// <summary>Why the trial failed.</summary>
    public const string FailureFile = "error.txt";

    /// <summary>Whose result the trial has.</summary>
    public const string ReusedFile = "reused.txt";

    private const string FoldPrefix = "fold-";
    private const string ParametersFile = "parameters.yaml";
    private const string ReportsFile = "intermediate.csv";

    /// <summary>The files that the host writes. All others are those of the steps.</summary>
    private static readonly string[] HostFiles =
    [
        ParametersFile, OutputFile, ErrorOutputFile, ListenerOutputFile, ListenerErrorOutputFile, ListenerFailureFile, ReportsFile,
        FailureFile, ReusedFile,
    ];

    private readonly Lock _lock = new();
    private readonly string _root;
    private readonly TrialFolder? _trial;
    private readonly Func<string>? _parameters;
    private readonly Action<Exception>? _failed;
    private readonly List<string> _leftOut = [];
    private Stream? _reports;
    private bool _isKept;
    private bool _isRemoved;

    /// <param name="root">A folder above it, at any distance. A link between the two was made by a trial, and is removed.</param>
    /// <param name="path">The folder. What an earlier run of the trial has left there is removed.</param>
    /// <param name="parameters">Returns the content of parameters.yaml.</param>
    /// <param name="failed">Receives the error when the output of a trial cannot be written; null when nobody wants it.</param>
    /// <param name="continued">
    /// The folder of the run that this one continues, perhaps the same one; null for none. This run gets the files of that run's steps.
    /// </param>
    /// <exception cref="IOException">The old files cannot be removed or copied.</exception>
    public TrialFolder(
        string root, string path, Func<string> parameters, Action<Exception>? failed = null, string? continued = null)
    {
        Path = path;
        _parameters = parameters;
        _failed = failed;
        _root = root;
        FreshFile.RemoveLinks(root, path);
        if (continued is null)
        {
            FreshFile.Remove(path);
            return;
        }

        if (!Directory.Exists(path))
        {
            FreshFile.RemoveLinks(root, continued);
            CopyOwnFiles(continued, path);
        }

        RemoveHostFiles();
    }

    /// <summary>
    /// The folder of a fold. It keeps what the steps of an earlier run of the fold have left, unless the trial begins anew.
    /// </summary>
    private TrialFolder(TrialFolder trial, string path)
    {
        Path = path;
        _trial = trial;
        _failed = trial._failed;
        _root = trial._root;
        FreshFile.RemoveLinks(_root, path);
        RemoveHostFiles();
    }

    // The earlier run keeps its files: a step of this one may write into a file that it finds.
    private void CopyOwnFiles(string from, string to)
    {
        foreach (var entry in Directory.Exists(from) ? new DirectoryInfo(from).GetFileSystemInfos() : [])
        {
            if (!HostFiles.Contains(entry.Name))
            {
                Directory.CreateDirectory(to);
                FreshFile.Copy(entry, System.IO.Path.Combine(to, entry.Name), _leftOut);
            }
        }
    }

    /// <summary>The absolute path. The folder may not exist yet.</summary>
    public string Path { get; }

    /// <summary>The pipes, sockets and devices of the earlier run, which this one does not get.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Creates the folder and parameters.yaml, unless they exist. That of a fold is in the folder of its trial.</summary>
    public void EnsureExists()
    {
        _trial?.EnsureExists();
        lock (_lock)
        {
            FreshFile.CreateFolder(_root, Path);
            if (!_isKept)
            {
                _isKept = true;
                if (_parameters is not null)
                {
                    Write(ParametersFile, _parameters());
                }
            }
        }
    }

    /// <summary>The folder of a fold, in which only one worker writes.</summary>
    /// <param name="fold">The number of the fold.</param>
    /// <exception cref="IOException">The old files of the host cannot be removed.</exception>
    public TrialFolder OfFold(int fold) => new(this, System.IO.Path.Combine(Path, NameOfFold(fold)));

    /// <summary>The name of the folder of a fold.</summary>
    public static string NameOfFold(int fold) => FoldPrefix + fold.ToString(CultureInfo.InvariantCulture);

    /// <summary>Removes the folders of folds that do not count, from this run of the trial and from earlier ones.</summary>
    /// <param name="first">The number of the first of them.</param>
    /// <exception cref="IOException">One cannot be removed.</exception>
    public void RemoveFolds(int first)
    {
        FreshFile.RemoveLinks(_root, Path);
        foreach (var path in Directory.Exists(Path) ? Directory.GetFileSystemEntries(Path, FoldPrefix + "*") : [])
        {
            var number = System.IO.Path.GetFileName(path)[FoldPrefix.Length..];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var fold) && fold >= first)
            {
                FreshFile.Remove(path);
            }
        }
    }

    /// <summary>Removes the folder. What a thread that was left running prints from now on is dropped.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Remove()
    {
        lock (_lock)
        {
            _isRemoved = true;
            FreshFile.RemoveLinks(_root, Path);
            FreshFile.Remove(Path);
        }
    }

    /// <summary>Creates a new file in it. Any thread may call this.</summary>
    public Stream CreateFile(string name)
    {
        lock (_lock)
        {
            if (_isRemoved)
            {
                return Stream.Null;
            }

            EnsureExists();
            return FreshFile.Create(System.IO.Path.Combine(Path, name));
        }
    }

    /// <summary>Creates a new file with a text in it.</summary>
    public void Write(string name, string text)
    {
        using var file = CreateFile(name);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Appends an intermediate value to intermediate.csv.</summary>
    public void Report(int step, double value)
    {
        var head = _reports is null ? "step,value\n" : "";
        _reports ??= CreateFile(ReportsFile);
        _reports.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head}{step},{value:R}\n")));
    }

    /// <summary>Reports why output of the trial could not be written.</summary>
    public void ReportWriteError(Exception exception) => _failed?.Invoke(exception);

    /// <summary>
    /// Ends the trial: an empty folder that the trial has created is deleted, and one with files of its own gets the parameters.
    /// </summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _reports?.Dispose();
            _reports = null;
            if (_isKept || _isRemoved || !Directory.Exists(Path))
            {
                return;
            }

            try
            {
                FreshFile.RemoveLinks(_root, Path);
                Directory.Delete(Path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is not empty, or it was behind a link.
                EnsureExists();
            }
        }
    }

    private void RemoveHostFiles()
    {
        foreach (var name in HostFiles)
        {
            FreshFile.Remove(System.IO.Path.Combine(Path, name));
        }
    }
}

using System.Globalization;
using System.Text;

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
    private readonly Func<string> _parameters;
    private readonly Action<Exception>? _failed;
    private readonly List<string> _leftOut = [];
    private FileStream? _reports;
    private bool _hasParameters;

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

        foreach (var name in HostFiles)
        {
            FreshFile.Remove(System.IO.Path.Combine(path, name));
        }
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

    /// <summary>Creates the folder and parameters.yaml, unless they exist.</summary>
    public void EnsureExists()
    {
        lock (_lock)
        {
            FreshFile.CreateFolder(_root, Path);
            if (!_hasParameters)
            {
                _hasParameters = true;
                Write(ParametersFile, _parameters());
            }
        }
    }

    /// <summary>Creates a new file in it. Any thread may call this.</summary>
    public FileStream CreateFile(string name)
    {
        lock (_lock)
        {
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
            if (_hasParameters || !Directory.Exists(Path))
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
}

using System.Globalization;
using System.Text;

namespace LogMl.Host.Results;

/// <summary>
/// The folder of a trial, or of another run of the workflow. It is made with its first file, whether that is the trial's own or the host's, and has the parameters in it;
/// a trial that wrote nothing has none. The files of the host are new ones: nothing is written through a link that a trial has put in their place, or in that of a folder above them.
/// </summary>
internal sealed class TrialFolder : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _root;
    private readonly Func<string> _parameters;
    private readonly Action<Exception>? _failed;
    private FileStream? _reports;
    private bool _hasParameters;

    /// <param name="root">The folder that it is in, however deep. A link in between is one that a trial has made, and goes.</param>
    /// <param name="path">The folder. What is there goes: an earlier run of the trial has left it, which was cut off.</param>
    /// <param name="parameters">What parameters.yaml has.</param>
    /// <param name="failed">Is told why what a trial has printed could not be written; null: nobody is.</param>
    /// <exception cref="IOException">What is there cannot be removed.</exception>
    public TrialFolder(string root, string path, Func<string> parameters, Action<Exception>? failed = null)
    {
        Path = path;
        _parameters = parameters;
        _failed = failed;
        _root = root;
        FreshFile.RemoveLinks(root, path);
        FreshFile.Remove(path);
    }

    /// <summary>The absolute path; perhaps nothing is there yet.</summary>
    public string Path { get; }

    /// <summary>Makes the folder, when it is not there yet.</summary>
    public void Make()
    {
        lock (_lock)
        {
            FreshFile.MakeFolder(_root, Path);
            if (!_hasParameters)
            {
                _hasParameters = true;
                Write("parameters.yaml", _parameters());
            }
        }
    }

    /// <summary>Makes a new file in it. Any thread may call it.</summary>
    public FileStream Create(string name)
    {
        lock (_lock)
        {
            Make();
            return FreshFile.Create(System.IO.Path.Combine(Path, name));
        }
    }

    /// <summary>Makes a new file in it, with a text.</summary>
    public void Write(string name, string text)
    {
        using var file = Create(name);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Appends an intermediate value to intermediate.csv.</summary>
    public void Report(int step, double value)
    {
        var head = _reports is null ? "step,value\n" : "";
        _reports ??= Create("intermediate.csv");
        _reports.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head}{step},{value:R}\n")));
    }

    /// <summary>Takes the reason why something that the trial has printed could not be written.</summary>
    public void Fail(Exception exception) => _failed?.Invoke(exception);

    /// <summary>The trial is over: a folder that it made and left empty goes, and one with files of its own gets the parameters.</summary>
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
                // It is not empty, or was behind a link.
                Make();
            }
        }
    }
}

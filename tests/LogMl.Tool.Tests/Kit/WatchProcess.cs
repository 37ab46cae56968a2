using System.Diagnostics;
using System.Text;
using LogMl.TestKit;

namespace LogMl.Tool.Tests.Kit;

/// <summary>A watch: the tool in a process of its own, which ends with this object.</summary>
internal sealed class WatchProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private WatchProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, e) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(e.Data);
            }
        };
        process.BeginErrorReadLine();
        FirstLine = process.StandardOutput.ReadLine() ?? throw new ExpectationException($"The watch has printed nothing.\n{Errors}");
    }

    /// <summary>The first line of its output: the address of the page.</summary>
    public string FirstLine { get; }

    /// <summary>The address of the page.</summary>
    public Uri Address => new(FirstLine);

    /// <summary>What it has written to stderr.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>The next lines of its output.</summary>
    public IEnumerable<string> ReadLines()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Starts a watch in a folder.</summary>
    public static WatchProcess Start(ToolFolder folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "LogMl.Tool.dll");

        // A shell that starts these tests in the background may ignore SIGINT, and children inherit that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", CommandLine.Dotnet, "exec", tool, "watch", .. arguments])
        {
            WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new WatchProcess(Process.Start(start)!);
    }

    /// <summary>Does what Ctrl+C does.</summary>
    public void Interrupt() => BoundedProcess.Run(new ProcessStartInfo("kill", ["-INT", FormattableString.Invariant($"{_process.Id}")]));

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit() => _process.WaitForExit(Patience)
        ? _process.ExitCode
        : throw new ExpectationException($"The watch has not ended.\n{Errors}");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LogMl.Tool.Launching;

/// <summary>
/// A process of a launch, mostly an ssh. Its lines are shown with the name of its host. The last one of its stderr says why it has failed.
/// </summary>
internal sealed class LaunchedProcess : IDisposable
{
    private readonly Process _process;
    private readonly Action<string, bool> _show;
    private readonly Action<LaunchedProcess> _disposing;
    private readonly StringBuilder _output = new();

    /// <param name="command">The program and its arguments.</param>
    /// <param name="variables">Further environment variables.</param>
    /// <param name="show">Gets each line, and whether it is of stderr; null to keep stdout.</param>
    /// <param name="disposing">Is called before it is disposed of, and can be signalled no more.</param>
    /// <exception cref="ToolException">There is no such program.</exception>
    public LaunchedProcess(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables, Action<string, bool>? show,
        Action<LaunchedProcess> disposing)
    {
        _disposing = disposing;

        // Ctrl-C goes to all processes of the terminal. An ssh that ended by it would leave the last lines of its worker unread.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(command[0], command.Skip(1))
            : new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT; exec \"$@\"", "launch", .. command]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        _show = show ?? ((line, isError) =>
        {
            if (!isError)
            {
                _output.AppendLine(line);
            }
        });
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, told) => Tell(told.Data, isError: false);
        _process.ErrorDataReceived += (_, told) => Tell(told.Data, isError: true);
        try
        {
            _process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new ToolException(ToolErrors.Launch, $"'{command[0]}' does not start: {exception.Message}");
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has printed, when that is not shown.</summary>
    public string Output => _output.ToString();

    /// <summary>The last line of its stderr; empty when it has none.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>Writes to its stdin. When it ends before, or its stdin is ended, its exit code and its last line say why.</summary>
    public void Write(Action<Stream> write)
    {
        try
        {
            write(_process.StandardInput.BaseStream);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Whoever waits for its end learns more.
        }
    }

    /// <summary>Waits for its end and its last line.</summary>
    /// <returns>Its exit code.</returns>
    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Ends its stdin: a worker then gives its trials back and ends.</summary>
    public void EndInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    public void Dispose()
    {
        _disposing(this);
        _process.Dispose();
    }

    private void Tell(string? line, bool isError)
    {
        if (line is null)
        {
            return;
        }

        if (isError && line.Length > 0)
        {
            LastError = line;
        }

        _show(line, isError);
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using LogMl.Shared;
using LogMl.Shared.Requests;

namespace LogMl.Tool.Workers;

/// <summary>
/// The host of a bundle as a process below this one. Signals are passed on to it, and it ends by itself when this process is gone.
/// </summary>
/// <param name="bundle">The bundle.</param>
/// <param name="request">What the host is asked.</param>
/// <param name="console">Shows what the host tells.</param>
internal sealed class HostRun(Bundle bundle, HostRequest request, ToolConsole console)
{
    private readonly EventLines _lines = new(console);
    private readonly Lock _lock = new();
    private Process? _host;

    /// <summary>The exit code for the signal that has come first; null while none has.</summary>
    private int? _ended;

    /// <summary>Runs it to its end.</summary>
    /// <param name="endsWithInput">Whether it ends when the standard input does.</param>
    /// <returns>One of <see cref="WorkerExitCodes"/>, or the exit code of a host that was killed.</returns>
    /// <exception cref="ToolException">It does not start.</exception>
    public int Run(bool endsWithInput)
    {
        using var interrupt = Handle(PosixSignal.SIGINT, WorkerExitCodes.Interrupted);
        using var terminate = Handle(PosixSignal.SIGTERM, WorkerExitCodes.Terminated);
        using var hangUp = Handle(PosixSignal.SIGHUP, WorkerExitCodes.Terminated);
        var file = Path.Combine(
            request.Output, string.Create(CultureInfo.InvariantCulture, $".request-{Environment.ProcessId}.json"));
        File.WriteAllText(file, RequestWriter.Write(request));
        try
        {
            using var host = Start(file);
            if (endsWithInput)
            {
                new Thread(WaitForEndOfInput) { IsBackground = true, Name = "Standard input" }.Start();
            }

            host.WaitForExit();
            return CodeOf(host.ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Process Start(string file)
    {
        var start = new ProcessStartInfo(DotNetPath.Current, ["exec", bundle.Host, "hyperopt", file])
        {
            WorkingDirectory = console.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        var host = new Process { StartInfo = start };
        host.OutputDataReceived += (_, line) => _lines.Write(line.Data);
        host.ErrorDataReceived += (_, line) => _lines.Write(line.Data);
        try
        {
            lock (_lock)
            {
                host.Start();
                _host = host;
                if (_ended is not null)
                {
                    Terminate.Politely(host);
                }
            }
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new ToolException(ToolErrors.Bundle, $"The host of the bundle does not start: {exception.Message}");
        }

        host.StandardInput.Close();
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        return host;
    }

    private int CodeOf(int code)
    {
        if (code is WorkerExitCodes.Interrupted or WorkerExitCodes.Terminated)
        {
            // The host was asked to end, perhaps before it could handle signals, and this process knows by what.
            return _ended ?? WorkerExitCodes.Terminated;
        }

        if (code != WorkerExitCodes.Done && !_lines.HasErrors)
        {
            console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"error {ToolErrors.Bundle}: The host ended unexpectedly with exit code {code}. Its trials are run elsewhere."));
        }

        return code;
    }

    private PosixSignalRegistration Handle(PosixSignal signal, int code) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        End(code);
    });

    private void End(int code)
    {
        lock (_lock)
        {
            _ended ??= code;
            Terminate.Politely(_host);
        }
    }

    private void WaitForEndOfInput()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[256];
            while (input.Read(buffer) > 0)
            {
                // What the launcher writes means nothing.
            }
        }
        catch (IOException)
        {
            // The launcher is gone.
        }

        End(WorkerExitCodes.Terminated);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LogMl.Host.Results;

namespace LogMl.Host.Workers;

/// <summary>One worker process and its pipe. It runs one trial at a time; when it has died, it is of no more use.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);

    private readonly WorkerConnection _connection = new();
    private readonly Process _process;
    private readonly TrialOutput _output;
    private readonly TrialOutput _error;
    private volatile bool _isStopping;

    private WorkerProcess(HostOptions options, int number)
    {
        _process = Start(options, _connection.PipeName);
        _output = new TrialOutput(_process.StandardOutput.BaseStream, string.Create(CultureInfo.InvariantCulture, $"Output of worker {number}"));
        _error = new TrialOutput(_process.StandardError.BaseStream, string.Create(CultureInfo.InvariantCulture, $"Errors of worker {number}"));
    }

    public int ProcessId => _process.Id;

    /// <summary>Whether it can run another trial.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>What the worker's assembly was compiled from.</summary>
    public JsonElement Manifest { get; private set; }

    /// <summary>Starts a process and waits until it has loaded the user's assembly.</summary>
    /// <exception cref="HostException">It did not start, or refused the assembly.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped meanwhile.</exception>
    public static WorkerProcess Launch(HostOptions options, int number, CancellationToken stop)
    {
        var worker = new WorkerProcess(options, number);
        try
        {
            worker.Greet(stop);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Runs a trial; blocks until it is over, whatever becomes of it.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="report">Takes intermediate values.</param>
    public TrialOutcome Run(TrialAssignment trial, Action<int, double> report)
    {
        _output.BeginTrial(Path.Combine(trial.Directory, "stdout.log"));
        _error.BeginTrial(Path.Combine(trial.Directory, "stderr.log"));
        if (_connection.Send(WorkerMessages.Trial(trial)))
        {
            while (_connection.Receive() is { } received)
            {
                using var message = received;
                var root = message.RootElement;
                switch (root.GetProperty("type").GetString())
                {
                    case "report":
                        var (step, value) = WorkerMessages.ReadReport(root);
                        report(step, value);
                        break;
                    case "completed":
                        return WorkerMessages.ReadCompleted(root);
                    case "failed":
                        return _isStopping ? new TrialOutcome.Interrupted() : WorkerMessages.ReadFailed(root);
                }
            }
        }

        IsAlive = false;
        return _isStopping ? new TrialOutcome.Interrupted() : new TrialOutcome.Failed(Death());
    }

    /// <summary>Asks the process to end: the trial is cancelled. Any thread may call it.</summary>
    public void Stop()
    {
        _isStopping = true;
        _connection.Send(WorkerMessages.Stop);
    }

    /// <summary>Ends the process with all processes that it has started.</summary>
    public void Kill()
    {
        _isStopping = true;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        IsAlive = false;
        Kill();
        _process.WaitForExit(ExitLimit);
        _connection.Dispose();
        _output.WaitForEnd(TimeSpan.FromSeconds(1));
        _error.WaitForEnd(TimeSpan.FromSeconds(1));
        _output.Dispose();
        _error.Dispose();
        _process.Dispose();
    }

    private static Process Start(HostOptions options, string pipeName)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            WorkingDirectory = options.ProjectDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "exec", "--depsfile", options.DepsFile, "--runtimeconfig", options.RuntimeConfig,
            .. options.ProbingPaths.SelectMany(path => new[] { "--additionalprobingpath", path }),
            options.Worker, pipeName, options.Assembly,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            var process = Process.Start(start)!;

            // A step that reads from the console shall meet the end, not wait for ever.
            process.StandardInput.Close();
            return process;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostException(HostErrors.WorkerDoesNotStart, $"The worker process cannot be started in '{options.ProjectDirectory}': {exception.Message}");
        }
    }

    private void Greet(CancellationToken stop)
    {
        using var ended = new CancellationTokenSource(StartLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, stop);
        _process.Exited += (_, _) => CancelQuietly(ended);
        _process.EnableRaisingEvents = true;
        try
        {
            _connection.Accept(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw NotStarted();
        }

        using var message = _connection.Receive();
        var root = message?.RootElement ?? throw NotStarted();
        if (root.GetProperty("type").ValueEquals("refused"))
        {
            throw new HostException(HostErrors.WorkerDoesNotStart, root.GetProperty("message").GetString()!);
        }

        if (root.GetProperty("protocol").GetInt32() != WorkerMessages.Protocol)
        {
            throw new HostException(HostErrors.WorkerDoesNotStart, "The LogMl.dll that the project was compiled with is of another version than the tools of LogMl.Sdk. Rebuild the project.");
        }

        Manifest = root.GetProperty("manifest").Clone();
    }

    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The greeting is over.
        }
    }

    private HostException NotStarted()
    {
        var how = _process.WaitForExit(ExitLimit) ? Ending.Describe(_process.ExitCode) : "it did not answer";
        _error.WaitForEnd(TimeSpan.FromSeconds(1));
        var said = _error.Tail.Length > 0 ? _error.Tail : _output.Tail;
        return new HostException(
            HostErrors.WorkerDoesNotStart, $"The worker process for the built assembly did not start ({how}).{(said.Length == 0 ? "" : " It said:\n" + said)}");
    }

    /// <summary>How the process ended in the middle of a trial, with the last that it printed.</summary>
    private TrialFailure Death()
    {
        if (!_process.WaitForExit(ExitLimit))
        {
            return new TrialFailure(null, "", "The worker process closed its pipe in the middle of the trial.", "");
        }

        _output.WaitForEnd(TimeSpan.FromSeconds(1));
        _error.WaitForEnd(TimeSpan.FromSeconds(1));
        var said = _error.Tail;
        var firstLine = said.Split('\n', 2)[0].Trim();
        return new TrialFailure(null, "", $"The worker process ended in the middle of the trial: {Ending.Describe(_process.ExitCode)}.{(firstLine.Length == 0 ? "" : " " + firstLine)}", said);
    }
}

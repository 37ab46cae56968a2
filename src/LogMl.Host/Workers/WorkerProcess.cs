using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Shared.Wire;

namespace LogMl.Host.Workers;

/// <summary>A worker process and its pipe. It runs one trial at a time. When it has died, it cannot be used again.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    /// <summary>The time limit for loading the assembly. Module initializers may take long, but not for ever.</summary>
    private static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(5);

    /// <summary>The time limit for an answer of the search constraints about one point.</summary>
    private static readonly TimeSpan CheckLimit = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);

    /// <summary>The time to wait for the end of the output: a process that the worker has left running may hold it open.</summary>
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(1);

    private readonly WorkerConnection _connection = new();
    private readonly Process _process;
    private readonly WorkerFamily _family;
    private readonly MemoryMeter _memory;
    private readonly OutputPump _output;
    private readonly OutputPump _error;
    private volatile bool _isStopping;
    private volatile bool _isKilled;
    private volatile bool _isFamilyEnded;
    private bool _isOutputClosed;
    private int _checks;

    /// <summary>The step of the running trial, or the last step of the one that has ended.</summary>
    private string? _step;
    private Action<string>? _onStep;
    private Action<string, JsonElement>? _onAttribute;

    private WorkerProcess(HostRequest request, int number)
    {
        // The name of the pipe is random, so it serves as the cookie too.
        _process = Start(request, _connection.PipeName);
        _family = new WorkerFamily(_process.Id, _connection.PipeName);
        _memory = new MemoryMeter(_family, _process.Id);
        _output = new OutputPump(
            string.Create(CultureInfo.InvariantCulture, $"Output of worker {number}"), _process.StandardOutput.BaseStream);
        _error = new OutputPump(
            string.Create(CultureInfo.InvariantCulture, $"Errors of worker {number}"), _process.StandardError.BaseStream);
    }

    /// <summary>Whether it can run another trial.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the user's assembly was compiled with optimization.</summary>
    public bool IsOptimized { get; private set; }

    /// <summary>The manifest of the worker's assembly.</summary>
    public JsonElement Manifest { get; private set; }

    /// <summary>Starts a process and waits until it has loaded the user's assembly.</summary>
    /// <exception cref="HostException">The worker did not start, or refused the assembly.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped meanwhile.</exception>
    public static WorkerProcess Launch(HostRequest request, int number, CancellationToken stop)
    {
        var worker = new WorkerProcess(request, number);
        try
        {
            worker.AwaitGreeting(OptimizationSettings.OfBuild(request).Timeout, stop);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Runs a trial. Blocks until it is over, whatever the outcome.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="folder">Its folder, for its output.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="report">Receives the intermediate values with their steps. Returns whether to end the trial.</param>
    /// <param name="onStep">Receives the steps of the workflow when they start; null when they are not needed.</param>
    /// <param name="onAttribute">Receives the name and value of each user attribute; null when they are not needed.</param>
    public TrialOutcome Run(
        HostMessage.Trial trial,
        TrialFolder folder,
        TrialLimits limits,
        Func<int, double, bool> report,
        Action<string>? onStep = null,
        Action<string, JsonElement>? onAttribute = null)
    {
        _step = null;
        _onStep = onStep;
        _onAttribute = onAttribute;
        var mark = trial.Number.ToString(CultureInfo.InvariantCulture);
        _output.Enqueue(new TrialLog(mark, folder, TrialFolder.OutputFile));
        _error.Enqueue(new TrialLog(mark, folder, TrialFolder.ErrorOutputFile));
        var outcome = limits == default ? Exchange(trial, report) : ExchangeWithin(limits, trial, report);
        IsAlive = IsAlive && !_isOutputClosed;
        return outcome;
    }

    /// <summary>Asks whether the search constraints of the user's assembly allow a point. It must not be running a trial.</summary>
    /// <param name="values">The values of the point.</param>
    /// <returns>The names of the search constraints that refuse it.</returns>
    /// <exception cref="WorkerLostException">The process has ended.</exception>
    /// <exception cref="HostException">A search constraint threw, or did not answer in time.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public IReadOnlyList<string> Check(IReadOnlyDictionary<string, double> values)
    {
        using var late = new CancellationTokenSource(CheckLimit);
        using var lateKill = late.Token.Register(KillProcess);
        try
        {
            if (_connection.Send(new HostMessage.Check(++_checks, values)) && ReceiveAnswer() is { } refusing)
            {
                return refusing;
            }
        }
        catch (JsonException)
        {
            KillProcess();
        }

        IsAlive = false;
        if (_isStopping)
        {
            throw new OperationCanceledException("The search was stopped while a search constraint was asked.");
        }

        if (late.IsCancellationRequested)
        {
            throw new HostException(
                HostErrors.SearchConstraintFailed,
                string.Create(CultureInfo.InvariantCulture, $"A search constraint did not answer within {CheckLimit.TotalSeconds:0} s. "
                    + $"It may be asked about thousands of points, so it should only compare the parameters."));
        }

        throw new WorkerLostException(Death().How);
    }

    /// <summary>Asks the process to end, which cancels the trial. Any thread may call it.</summary>
    public void Stop()
    {
        _isStopping = true;
        _connection.Send(new HostMessage.Stop());
    }

    /// <summary>Waits for the end of the process.</summary>
    public void WaitForExit(TimeSpan limit) => _process.WaitForExit(limit);

    /// <summary>Ends the process with all processes that it has started. Any thread may call it.</summary>
    public void Kill()
    {
        _isStopping = true;
        KillProcess();
    }

    public void Dispose()
    {
        IsAlive = false;
        Kill();
        _process.WaitForExit(ExitLimit);
        _connection.Dispose();
        _output.WaitForEnd(OutputLimit);
        _error.WaitForEnd(OutputLimit);
        _process.Dispose();
    }

    private static Process Start(HostRequest request, string pipeName)
    {
        var start = new ProcessStartInfo(DotNet())
        {
            WorkingDirectory = request.ProjectDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment[WorkerFamily.Variable] = pipeName;
        string[] arguments =
        [
            "exec", "--depsfile", request.DepsFile, "--runtimeconfig", request.RuntimeConfig,
            .. request.ProbingPaths.SelectMany(path => new[] { "--additionalprobingpath", path }),
            request.Worker, pipeName, request.Assembly,
            .. request.Workflow is { } workflow ? [workflow] : Array.Empty<string>(),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Code in a trial must not get the password of the database, nor must the output of a trial have it.
        start.Environment.Remove(StorageSource.Variable);
        try
        {
            var process = Process.Start(start)!;

            // A step that reads from the console must get the end of the input, and not wait for ever.
            process.StandardInput.Close();
            return process;
        }
        catch (Exception exception) when (
            exception is System.ComponentModel.Win32Exception or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostException(
                HostErrors.WorkerDoesNotStart,
                $"The worker process cannot be started in '{request.ProjectDirectory}': {exception.Message}");
        }
    }

    /// <summary>The dotnet that runs this host runs its workers.</summary>
    private static string DotNet() =>
        Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet"
            ? own
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private TrialOutcome ExchangeWithin(TrialLimits limits, HostMessage.Trial trial, Func<int, double, bool> report)
    {
        TrialOutcome outcome;
        var watch = new TrialWatch(limits, _memory.Read, () => _connection.Send(new HostMessage.Cancel(trial.Number)), KillProcess);
        using (watch)
        {
            outcome = Exchange(trial, report);
        }

        if (watch.Exceeded is not { } excess)
        {
            return outcome;
        }

        // Memory that the trial still holds would count for the next one.
        IsAlive = IsAlive && !watch.HasKilled && !watch.IsMemoryExceeded;
        var failure = (outcome as TrialOutcome.Failed)?.Failure;
        return new TrialOutcome.Failed(new TrialFailure(
            failure?.Step ?? _step, "", excess + (watch.HasKilled ? ", and its process was ended" : ""), failure?.Stack ?? ""));
    }

    private TrialOutcome Exchange(HostMessage.Trial trial, Func<int, double, bool> report)
    {
        var outcome = TryExchange(trial, report);
        return _isStopping && outcome is TrialOutcome.Failed ? new TrialOutcome.Interrupted() : outcome;
    }

    private TrialOutcome TryExchange(HostMessage.Trial trial, Func<int, double, bool> report)
    {
        try
        {
            if (_connection.Send(trial) && Receive(trial, report) is { } outcome)
            {
                return outcome;
            }

            IsAlive = false;
            return OutcomeOfDeath();
        }
        catch (JsonException exception)
        {
            IsAlive = false;
            KillProcess();
            return new TrialOutcome.Failed(
                new TrialFailure(_step, "", $"The worker process was ended, because it sent what is no message: {exception.Message}", ""));
        }
    }

    /// <summary>The search constraints that refuse the point of the last question; null when the pipe ends before the answer.</summary>
    private IReadOnlyList<string>? ReceiveAnswer()
    {
        while (_connection.Receive() is { } message)
        {
            switch (message)
            {
                case WorkerMessage.Checked(var number, var refusing) when number == _checks:
                    return refusing;
                case WorkerMessage.Unchecked failed when failed.Number == _checks:
                    throw new HostException(
                        HostErrors.SearchConstraintFailed,
                        $"The search constraint '{failed.Constraint}' failed: "
                        + new TrialFailure(null, failed.Exception, failed.Message, failed.Stack).Headline)
                    {
                        Detail = failed.Stack,
                        Place = SourcePlace.OfStack(failed.Stack),
                    };
            }
        }

        return null;
    }

    /// <summary>The result of the trial; null when the pipe ends before.</summary>
    private TrialOutcome? Receive(HostMessage.Trial trial, Func<int, double, bool> report)
    {
        while (_connection.Receive() is { } message)
        {
            switch (message)
            {
                // A thread that an earlier trial has left running may still report.
                case WorkerMessage.Report(var number, var step, var value) when number == trial.Number:
                    var prune = report(step, value);
                    if (trial.IsPrunable)
                    {
                        _connection.Send(new HostMessage.Decision(trial.Number, prune));
                    }

                    break;
                case WorkerMessage.Entered(var number, var step) when number == trial.Number:
                    _step = step;
                    _onStep?.Invoke(step);
                    break;
                case WorkerMessage.Noted(var number, var name, var json) when number == trial.Number:
                    Note(name, json);
                    break;
                case WorkerMessage.Spoilt:
                    _isOutputClosed = true;
                    break;
                case WorkerMessage.Pruned:
                    return new TrialOutcome.Pruned();
                case WorkerMessage.Completed completed:
                    return new TrialOutcome.Completed(completed.Scores);
                case WorkerMessage.Failed failed:
                    return new TrialOutcome.Failed(new TrialFailure(failed.Step, failed.Exception, failed.Message, failed.Stack));
            }
        }

        return null;
    }

    /// <exception cref="JsonException">The worker has sent an attribute that it should have refused.</exception>
    private void Note(string name, JsonElement json)
    {
        try
        {
            _onAttribute?.Invoke(name, json);
        }
        catch (ArgumentException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    private void KillProcess()
    {
        _isKilled = true;
        try
        {
            // On Linux the family finds its processes itself.
            _process.Kill(entireProcessTree: !OperatingSystem.IsLinux());
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended already.
        }

        EndFamily();
    }

    /// <summary>
    /// Ends the processes that the steps have started. It does so once after the end of the worker, whose id may later be that of another
    /// process.
    /// </summary>
    private void EndFamily()
    {
        if (!_isFamilyEnded)
        {
            _isFamilyEnded = _process.HasExited;
            _family.Kill();
        }
    }

    /// <param name="timeout">The time limit of the whole search. When it is shorter than the usual limit, it limits the start too.</param>
    /// <param name="stop">Stops the search.</param>
    private void AwaitGreeting(TimeSpan? timeout, CancellationToken stop)
    {
        var limit = timeout < LoadLimit ? timeout.Value : LoadLimit;
        using var loading = new CancellationTokenSource(limit);
        using var ended = new CancellationTokenSource(StartLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(loading.Token, ended.Token, stop);
        _process.Exited += (_, _) => CancelQuietly(ended);
        _process.EnableRaisingEvents = true;
        try
        {
            _connection.WaitForWorker(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw loading.IsCancellationRequested ? NotLoaded(limit) : NotStarted();
        }

        _family.FindGroup();

        // When the process ends, the pipe breaks, and the wait for the greeting ends.
        using var lateKill = loading.Token.Register(KillProcess);
        using var stopKill = stop.Register(KillProcess);
        try
        {
            Accept(_connection.Receive() ?? throw NoGreeting(limit, loading.Token, stop));
        }
        catch (JsonException)
        {
            throw EndedWhileLoading();
        }
    }

    private Exception NoGreeting(TimeSpan limit, CancellationToken late, CancellationToken stop) =>
        stop.IsCancellationRequested ? new OperationCanceledException(stop)
        : late.IsCancellationRequested ? NotLoaded(limit)
        : EndedWhileLoading();

    private static HostException NotLoaded(TimeSpan limit)
    {
        const string Cause = "its module initializers do less, or find out what they wait for";
        return limit < LoadLimit
            ? new HostException(
                HostErrors.NoTrialInTime,
                string.Create(CultureInfo.InvariantCulture, $"The time was over before the built assembly was loaded (HyperOptTimeout is "
                    + $"{limit.TotalSeconds:0.###} s), so that no trial began. Let {Cause}; or raise HyperOptTimeout."))
            : new HostException(
                HostErrors.WorkerDoesNotStart,
                string.Create(CultureInfo.InvariantCulture, $"The built assembly was not loaded within {LoadLimit.TotalMinutes:0} minutes. "
                    + $"Let {Cause}."));
    }

    private void Accept(WorkerMessage greeting)
    {
        switch (greeting)
        {
            case WorkerMessage.Refused(var message, var stack):
                throw new HostException(HostErrors.WorkerDoesNotStart, new TrialFailure(null, "", message, "").Summary)
                {
                    Detail = stack,
                    Place = SourcePlace.OfStack(stack),
                };
            case WorkerMessage.Hello hello when hello.Protocol != ProtocolVersions.Pipe:
                throw new HostException(
                    HostErrors.WorkerDoesNotStart,
                    "The LogMl.dll that the project was compiled with is of another version than the tools of LogMl.Sdk. "
                    + "Rebuild the project.");
            case WorkerMessage.Hello hello:
                (Manifest, IsOptimized) = (hello.Manifest, hello.IsOptimized);
                break;
            default:
                throw EndedWhileLoading();
        }
    }

    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The wait for the greeting has ended.
        }
    }

    private HostException NotStarted() => Refused(_ => "The worker process for the built assembly did not start");

    /// <summary>The worker has connected, so it had started.</summary>
    private HostException EndedWhileLoading() => Refused(byItself =>
        "The worker process ended while it loaded the built assembly"
        + (byItself ? ", as it does when a module initializer or a static constructor calls Environment.Exit" : ""));

    /// <param name="what">Describes what happened to the process. Its argument says whether it ended without a signal.</param>
    private HostException Refused(Func<bool, string> what)
    {
        var hasExited = _process.WaitForExit(ExitLimit);
        _error.WaitForEnd(OutputLimit);
        var said = _error.Tail.Length > 0 ? _error.Tail : _output.Tail;
        var how = hasExited ? Ending.Describe(_process.ExitCode, said) : "it did not answer";
        return new HostException(HostErrors.WorkerDoesNotStart, $"{what(hasExited && !Ending.IsOfSignal(_process.ExitCode))}: {how}")
        {
            Detail = said,
            IsFromOutside = hasExited && !_isKilled && Ending.IsFromOutside(_process.ExitCode),
        };
    }

    /// <summary>
    /// The outcome of a trial whose process ended, with the end of its output. Processes of the steps are ended too, because they may hold
    /// the output open.
    /// </summary>
    private TrialOutcome OutcomeOfDeath()
    {
        var (how, isFromOutside) = Death();
        var failure = new TrialFailure(_step, "", $"The worker process ended in the middle of the trial: {how}", _error.Tail);
        return isFromOutside ? new TrialOutcome.Lost(failure) : new TrialOutcome.Failed(failure);
    }

    /// <summary>Waits for the end of a process whose pipe has ended, and says how it ended.</summary>
    private (string How, bool IsFromOutside) Death()
    {
        var hasExited = _process.WaitForExit(ExitLimit);
        var isFromOutside = hasExited && !_isKilled && Ending.IsFromOutside(_process.ExitCode);
        KillProcess();
        _output.WaitForEnd(OutputLimit);
        _error.WaitForEnd(OutputLimit);
        return (hasExited ? Ending.Describe(_process.ExitCode, _error.Tail) : "it closed its pipe", isFromOutside);
    }
}

using System.Globalization;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared.Requests;
using LogMl.Shared.Wire;

namespace LogMl.Host.Workers;

/// <summary>
/// A worker: its process, and what is said through its pipe. It runs one trial, or one fold of a trial, at a time. When it has died, it
/// cannot be used again.
/// </summary>
internal sealed partial class WorkerProcess : IDisposable
{
    /// <summary>
    /// The time limit for an answer about one point. A worker itself says after a minute which search constraint does not return, so this
    /// one is for a process that cannot answer.
    /// </summary>
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(75);

    private readonly WorkerConnection _connection = new();
    private readonly ChildProcess _process;
    private volatile bool _isStopping;
    private bool _isOutputClosed;
    private int _checks;

    /// <summary>The step of the present run, or the last step of the one that has ended.</summary>
    private string? _step;

    private WorkerProcess(HostRequest request, int number)
    {
        _process = new ChildProcess(request, _connection.PipeName, number);
        Device = ChildProcess.DeviceOf(request, number);
    }

    /// <summary>The GPU that it was given; null when it was given none.</summary>
    public string? Device { get; }

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
            var hello = new Greeting(worker._process, worker._connection).Await(OptimizationSettings.OfBuild(request).Timeout, stop);
            (worker.Manifest, worker.IsOptimized) = (hello.Manifest, hello.IsOptimized);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Runs a trial or a fold. Blocks until it is over, whatever the outcome.</summary>
    public TrialOutcome Run(TrialRun run)
    {
        _step = null;
        _process.Log(run.Request.Number, run.Folder, TrialFolder.OutputFile, TrialFolder.ErrorOutputFile);
        var outcome = run.NeedsWatch ? ExchangeWatched(run) : Exchange(run);
        IsAlive = IsAlive && !_isOutputClosed;
        return outcome switch
        {
            TrialOutcome.Failed failed => failed with { Failure = failed.Failure with { Output = LastOutput() } },
            TrialOutcome.Completed completed when run.IsUsable?.Invoke(completed) == false => completed with { Output = LastOutput() },
            _ => outcome,
        };
    }

    /// <summary>Asks whether the search constraints of the user's assembly allow a point. It must not be running a trial.</summary>
    /// <param name="values">The values of the point.</param>
    /// <param name="placeOf">Finds a search constraint in the sources, by its name.</param>
    /// <returns>The names of the search constraints that refuse it.</returns>
    /// <exception cref="WorkerLostException">The process has ended.</exception>
    /// <exception cref="HostException">A search constraint threw, or did not answer in time.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public IReadOnlyList<string> Check(IReadOnlyDictionary<string, double> values, Func<string, SourcePlace> placeOf)
    {
        using var late = new CancellationTokenSource(CheckLimit);
        using var lateKill = late.Token.Register(_process.Kill);
        try
        {
            if (_connection.Send(new HostMessage.Check(++_checks, values)) && ReceiveAnswer(placeOf) is { } refusing)
            {
                return refusing;
            }
        }
        catch (JsonException)
        {
            _process.Kill();
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

        throw new WorkerLostException(_process.Death().How);
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
        _process.Kill();
    }

    public void Dispose()
    {
        IsAlive = false;
        Kill();
        _process.Dispose();
        _connection.Dispose();
    }

    private TrialOutcome ExchangeWatched(TrialRun run)
    {
        TrialOutcome outcome;
        var cancel = new HostMessage.Cancel(run.Request.Number, run.Request.Fold);
        var watch = new TrialWatch(run, _process.ReadMemory, () => _connection.Send(cancel), _process.Kill);
        using (watch)
        {
            outcome = Exchange(run);
        }

        // Memory that the trial still holds would count for the next one.
        IsAlive = IsAlive && !watch.HasKilled && !watch.IsMemoryExceeded;
        if (watch.Exceeded is not { } excess)
        {
            return outcome;
        }

        var failure = (outcome as TrialOutcome.Failed)?.Failure;
        return new TrialOutcome.Failed(new TrialFailure(
            failure?.Step ?? _step, "", excess + (watch.HasKilled ? ", and its process was ended" : ""), failure?.Stack ?? ""));
    }

    private string? LastOutput()
    {
        var (output, errors) = _process.ReadEnds();
        return LogExcerpt.Of(output, errors);
    }

    private TrialOutcome Exchange(TrialRun run)
    {
        var outcome = TryExchange(run);
        return _isStopping && outcome is TrialOutcome.Failed ? new TrialOutcome.Interrupted() : outcome;
    }

    private TrialOutcome TryExchange(TrialRun run)
    {
        try
        {
            if (_connection.Send(run.Request) && Receive(run) is { } outcome)
            {
                return outcome;
            }

            IsAlive = false;
            return OutcomeOfDeath();
        }
        catch (JsonException exception)
        {
            IsAlive = false;
            _process.Kill();
            return new TrialOutcome.Failed(
                new TrialFailure(_step, "", $"The worker process was ended, because it sent what is no message: {exception.Message}", ""));
        }
    }

    /// <summary>The search constraints that refuse the point of the last question; null when the pipe ends before the answer.</summary>
    private IReadOnlyList<string>? ReceiveAnswer(Func<string, SourcePlace> placeOf)
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
                        + TrialFailure.Of(null, failed.Thrown).Headline)
                    {
                        Detail = failed.Thrown.Stack,
                        Place = SourcePlace.OfStack(failed.Thrown.Stack) is var place && place != SourcePlace.Unknown
                            ? place
                            : placeOf(failed.Constraint),
                    };
            }
        }

        return null;
    }

    /// <summary>The result of the run; null when the pipe ends before.</summary>
    private TrialOutcome? Receive(TrialRun run)
    {
        var trial = run.Request;
        while (_connection.Receive() is { } message)
        {
            switch (message)
            {
                // A thread that an earlier trial has left running may still report.
                case WorkerMessage.Report(var number, var step, var value) when number == trial.Number:
                    var prune = run.Report(step, value);
                    if (trial.IsPrunable)
                    {
                        _connection.Send(new HostMessage.Decision(trial.Number, prune));
                    }

                    break;
                case WorkerMessage.Split(var number, var folds) when number == trial.Number:
                    run.OnSplit?.Invoke(folds);
                    break;
                case WorkerMessage.Warned(var number, var text) when number == trial.Number:
                    run.OnWarning?.Invoke(text);
                    break;
                case WorkerMessage.Entered(var number, var step) when number == trial.Number:
                    _step = step;
                    run.OnStep?.Invoke(step);
                    break;
                case WorkerMessage.Noted(var number, var name, var json) when number == trial.Number:
                    Note(run, name, json);
                    break;
                case WorkerMessage.Spoilt:
                    _isOutputClosed = true;
                    break;
                case WorkerMessage.Pruned:
                    return new TrialOutcome.Pruned();
                case WorkerMessage.Completed completed:
                    return new TrialOutcome.Completed(completed.Scores);
                case WorkerMessage.Failed failed:
                    return new TrialOutcome.Failed(TrialFailure.Of(failed.Step, failed.Thrown));
            }
        }

        return null;
    }

    /// <exception cref="JsonException">The worker has sent an attribute that it should have refused.</exception>
    private static void Note(TrialRun run, string name, JsonElement json)
    {
        try
        {
            run.OnAttribute?.Invoke(name, json);
        }
        catch (ArgumentException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <summary>The outcome of a run whose process ended, with the end of its output.</summary>
    private TrialOutcome OutcomeOfDeath()
    {
        var (how, isFromOutside) = _process.Death();
        var failure = new TrialFailure(_step, "", $"The worker process ended in the middle of the trial: {how}", _process.LastErrors);
        return isFromOutside ? new TrialOutcome.Lost(failure) : new TrialOutcome.Failed(failure);
    }
}

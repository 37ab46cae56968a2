using System.Runtime.ExceptionServices;

namespace LogMl.Optimization.Running;

/// <summary>The loop of one call of Optimize, which its workers share: they ask, evaluate and tell until the search ends.</summary>
internal sealed class OptimizationLoop<TTrial>
    where TTrial : TrialView
{
    /// <summary>The interval at which an idle worker checks the trials that other processes run.</summary>
    private static readonly TimeSpan OthersInterval = TimeSpan.FromMilliseconds(250);

    private readonly IAskTell<TTrial> _study;
    private readonly Func<TTrial, CancellationToken, ValueTask<TrialResult>> _objective;
    private readonly OptimizeOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly long _started;
    private readonly int _stopsBefore;
    private readonly Lock _lock = new();
    private readonly Lock _finishing = new();
    private StudyEnd? _end;
    private Exception? _firstCaught;
    private ExceptionDispatchInfo? _thrown;
    private bool _isCancelled;

    public OptimizationLoop(
        IAskTell<TTrial> study,
        Func<TTrial, CancellationToken, ValueTask<TrialResult>> objective,
        OptimizeOptions options,
        CancellationToken cancellation)
    {
        options.Validate();
        _study = study;
        _objective = objective;
        _options = options;
        _cancellation = cancellation;
        _started = options.TimeProvider.GetTimestamp();
        _stopsBefore = study.StopCount;
    }

    /// <summary>Runs a synchronous objective. The first worker runs on the calling thread.</summary>
    public StudyEnd Run()
    {
        Thread[] others =
            [.. Enumerable.Range(1, _options.Workers - 1).Select(i => new Thread(Work) { Name = $"trials {i}", IsBackground = true })];
        Array.ForEach(others, thread => thread.Start());
        Work();
        Array.ForEach(others, thread => thread.Join());
        return End();

        // This waits only for other trials: the objective could be asynchronous, but here it is not.
        void Work() => WorkAsync(WaitAsync).GetAwaiter().GetResult();

        ValueTask WaitAsync(Task ended)
        {
            EndSignal.Wait(ended, OthersInterval, _cancellation);
            return ValueTask.CompletedTask;
        }
    }

    public async Task<StudyEnd> RunAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, _options.Workers).Select(_ => WorkAsync(WaitAsync))).ConfigureAwait(false);
        return End();

        ValueTask WaitAsync(Task ended) => new(EndSignal.WaitAsync(ended, OthersInterval, _cancellation));
    }

    private async Task WorkAsync(Func<Task, ValueTask> waitForOthers)
    {
        while (true)
        {
            var ended = _study.Ended.Next;
            var trial = Next(out var isOver);
            if (isOver)
            {
                return;
            }

            if (trial is null)
            {
                await waitForOthers(ended).ConfigureAwait(false);
            }
            else
            {
                await RunTrialAsync(trial).ConfigureAwait(false);
            }
        }
    }

    private StudyEnd End()
    {
        _thrown?.Throw();
        if (_isCancelled)
        {
            _cancellation.ThrowIfCancellationRequested();
        }

        return _end! with { FirstException = _firstCaught };
    }

    /// <summary>
    /// The next trial; null if the search has ended (<paramref name="isOver"/>), or if another trial must end first.
    /// </summary>
    private TTrial? Next(out bool isOver)
    {
        isOver = true;
        lock (_lock)
        {
            if (_end is not null || _thrown is not null || _isCancelled)
            {
                return null;
            }

            try
            {
                _end = FindEnd() ?? _study.CheckMaxEvals(_options.MaxEvals);
                if (_end is not null || (_isCancelled = _cancellation.IsCancellationRequested))
                {
                    return null;
                }

                var trial = _study.TryAsk(_options.MaxEvals, out _end);
                isOver = _end is not null;
                return trial;
            }
            catch (Exception exception)
            {
                // An exception of the sampler ends the search for all workers.
                _thrown = ExceptionDispatchInfo.Capture(exception);
                return null;
            }
        }
    }

    private StudyEnd? FindEnd()
    {
        if (_study.StopCount != _stopsBefore)
        {
            return new StudyEnd(StopReason.Stopped, "The study was stopped.");
        }

        if (_study.CheckStopping() is { } end)
        {
            return end;
        }

        return _options.Timeout is { } timeout && _options.TimeProvider.GetElapsedTime(_started) >= timeout
            ? new StudyEnd(StopReason.Timeout, Require.Text($"The time of {timeout} is over."))
            : null;
    }

    private async Task RunTrialAsync(TTrial trial)
    {
        if (trial.ReusedTrial is not null)
        {
            Finish(trial, () => true);
            return;
        }

        try
        {
            var result = await _objective(trial, _cancellation).ConfigureAwait(false);
            Finish(trial, () => _study.Tell(trial, result));
        }
        catch (TrialPrunedException)
        {
            Finish(trial, () => _study.TellPruned(trial));
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            Finish(trial, () => _study.TellCancelled(trial));
            lock (_lock)
            {
                _isCancelled = true;
            }
        }
        catch (Exception exception)
        {
            var isCaught = IsCaught(exception);
            lock (_lock)
            {
                if (isCaught)
                {
                    _firstCaught ??= exception;
                }
                else
                {
                    _thrown ??= ExceptionDispatchInfo.Capture(exception);
                }
            }

            Finish(trial, () => _study.TellFailed(trial, exception));
        }
    }

    private bool IsCaught(Exception exception)
    {
        try
        {
            return _options.Catch?.Invoke(exception) ?? false;
        }
        catch (Exception other)
        {
            Throw(other);
            return false;
        }
    }

    // Tells and calls back under one lock, so that the callbacks come in the order in which the trials ended.
    private void Finish(TTrial trial, Func<bool> tell)
    {
        lock (_finishing)
        {
            try
            {
                // The objective may have told the trial itself.
                if (trial.State != TrialState.Running || tell())
                {
                    _options.TrialFinished?.Invoke(trial);
                }
            }
            catch (Exception exception)
            {
                Throw(exception);
                FailIfRunning(trial, exception);
            }
        }
    }

    private void FailIfRunning(TTrial trial, Exception exception)
    {
        try
        {
            if (trial.State == TrialState.Running)
            {
                _study.TellFailed(trial, exception);
            }
        }
        catch (Exception other)
        {
            // The first exception reaches the caller of Optimize.
            Throw(other);
        }
    }

    private void Throw(Exception exception)
    {
        lock (_lock)
        {
            _thrown ??= ExceptionDispatchInfo.Capture(exception);
        }
    }
}

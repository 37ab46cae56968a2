using System.Diagnostics;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Optimization;
using LogMl.Storage;
using SearchEnd = LogMl.Optimization.Stopping.StopReason;

namespace LogMl.Host.Search;

/// <summary>
/// The loop of the search: ask, run, tell, until the evaluations are used up or the run is stopped. A thread for each worker; the results and the progress are shared
/// between them under one lock, which no trial holds while it runs. What a trial gave is stored before anything else learns of it.
/// </summary>
internal sealed class TrialLoop
{
    /// <summary>A worker that dies in trial after trial is the trials' doing; one that cannot even be started again is not.</summary>
    private const int MostFailedStarts = 3;

    /// <summary>Whoever kills a worker that is starting, as the system does when memory runs out, says nothing about whether it can be started.</summary>
    private const int MostKilledStarts = 100;

    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a host that has nothing to do looks what has become of the trials of the others.</summary>
    private static readonly TimeSpan OthersInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly SearchSettings _settings;
    private readonly StoredStudy _study;
    private readonly SearchRecord _record;
    private readonly WorkerTeam _team;
    private readonly StopSignal _stop;
    private HostException? _broken;
    private bool _isShared;

    /// <param name="settings">How to search.</param>
    /// <param name="study">The study.</param>
    /// <param name="record">Gets what happens.</param>
    /// <param name="team">Has the workers.</param>
    /// <param name="stop">Ends the loop early.</param>
    public TrialLoop(SearchSettings settings, StoredStudy study, SearchRecord record, WorkerTeam team, StopSignal stop)
    {
        _settings = settings;
        _study = study;
        _record = record;
        _team = team;
        _stop = stop;
    }

    /// <summary>Why the search ended before max_evals, when nobody stopped it.</summary>
    public SearchEnd? End { get; private set; }

    /// <summary>Whether the search has ended because its first trials failed, and no other one had ended.</summary>
    public bool OnlyFails { get; private set; }

    /// <summary>The number of trials that this host has begun.</summary>
    public int Begun { get; private set; }

    /// <summary>Runs all trials.</summary>
    /// <param name="first">The worker that is there already.</param>
    /// <param name="workers">How many shall run at a time.</param>
    /// <exception cref="HostException">Workers can no longer be started, or results no longer be written.</exception>
    public void Run(WorkerProcess first, int workers)
    {
        // A study that has come to its end comes to it again.
        End = _study.Study.CheckStopping()?.Reason;
        var threads = new List<Thread>();
        for (var i = 1; i < Math.Min(workers, _settings.MaxEvals); i++)
        {
            var number = i;
            var thread = new Thread(() => Serve(null, number)) { Name = $"Worker {number}", IsBackground = true };
            thread.Start();
            threads.Add(thread);
        }

        Serve(first, 0);
        threads.ForEach(thread => thread.Join());
        if (_broken is not null)
        {
            throw _broken;
        }
    }

    private void Serve(WorkerProcess? worker, int number)
    {
        try
        {
            while (Next() is { } trial)
            {
                if (trial.ReusedTrial is { } earlier)
                {
                    Reuse(trial, earlier);
                    continue;
                }

                try
                {
                    worker = Living(worker, number);
                    RunTrial(trial, worker);
                }
                catch
                {
                    GiveBack(trial);
                    throw;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped while a worker was starting.
        }
        catch (Exception exception) when (exception is HostException or StorageException or IOException or UnauthorizedAccessException)
        {
            var broken = exception switch
            {
                HostException host => host,
                StorageException storage => StorageErrors.Of(storage),
                _ => StudyFolder.CannotWrite(_record.Folder.Path, exception),
            };
            Interlocked.CompareExchange(ref _broken, broken, null);
            _stop.Stop(StopReason.Broken);
        }
    }

    /// <summary>A trial that could not be run for reasons of its host is not over.</summary>
    private void GiveBack(StoredTrial trial)
    {
        try
        {
            if (trial.Trial.State == TrialState.Running)
            {
                _study.Release(trial);
            }
        }
        catch (StorageException)
        {
            // It is the store that is broken: then the trial is taken from this host when it has ended.
        }
    }

    private StoredTrial? Next()
    {
        while (true)
        {
            lock (_lock)
            {
                // What somebody has asked for is run, also where a stopping criterion has come true.
                if (_stop.Token.IsCancellationRequested || OnlyFails || (End is not null && _study.WaitingRepetitions == 0))
                {
                    return null;
                }

                var trial = _study.TryAsk(_settings.MaxEvals, out var end);
                Begun += trial is null ? 0 : 1;
                TellShared();
                End = end == AskEnd.Exhausted ? SearchEnd.Exhausted : End;
                if (end != AskEnd.Others)
                {
                    return trial;
                }

                _record.Waits();
            }

            _stop.Token.WaitHandle.WaitOne(OthersInterval);
        }
    }

    private WorkerProcess Living(WorkerProcess? worker, int number)
    {
        if (worker is { IsAlive: true })
        {
            return worker;
        }

        if (worker is not null)
        {
            _team.Dismiss(worker);
        }

        var (failed, killed) = (0, 0);
        while (true)
        {
            try
            {
                return _team.Launch(number);
            }
            catch (HostException exception) when (exception.IsFromOutside ? ++killed < MostKilledStarts : ++failed < MostFailedStarts)
            {
                // The machine may be out of memory or processes for a moment.
                _stop.Token.WaitHandle.WaitOne(StartPause);
            }
        }
    }

    private void RunTrial(StoredTrial trial, WorkerProcess worker)
    {
        using var folder = _record.Begin(trial);
        var assignment = new TrialAssignment(
            trial.Number, IsFull: false, Seeds.OfTrial(_settings.Seed, trial.Evaluation), _settings.Seed, folder, trial.Trial.Values)
        {
            IsPrunable = _settings.IsPruning,
            Limits = _settings.Limits,
        };
        var started = (Time: DateTimeOffset.UtcNow, Ticks: Stopwatch.GetTimestamp());
        var outcome = Run(worker, assignment, (step, value) =>
        {
            folder.Report(step, value);
            _study.Report(trial, value, step);
            return _settings.IsPruning && _study.ShouldPrune(trial);
        });
        var ended = new FinishedTrial
        {
            Number = trial.Number,
            End = TrialEnd.Failed,
            Values = trial.Trial.Values,
            IsReplacing = trial.IsReplacing,
            Started = started.Time,
            Elapsed = Stopwatch.GetElapsedTime(started.Ticks),
        };
        lock (_lock)
        {
            if (Tell(trial, outcome, ended) is { } finished)
            {
                _record.Add(finished, folder);
                End ??= _study.Study.CheckStopping()?.Reason;
                OnlyFails |= _record.Failed >= _settings.MaxFailures && _record.Failed == _record.Ended;
            }
        }
    }

    private void TellShared()
    {
        if (!_isShared && _study.IsShared)
        {
            _isShared = true;
            _record.TellShared();
        }
    }

    private TrialOutcome Run(WorkerProcess worker, TrialAssignment assignment, Func<int, double, bool> report)
    {
        using var running = _record.Start();
        return worker.Run(assignment, report, step => running.Step = step);
    }

    /// <summary>Records a trial that has the result of an earlier one at the same point.</summary>
    private void Reuse(StoredTrial trial, int earlier)
    {
        using var folder = _record.Begin(trial);
        folder.Write("reused.txt", FormattableString.Invariant($"The result is that of trial {earlier}, which had the same parameters.\n"));
        var finished = new FinishedTrial
        {
            Number = trial.Number,
            End = TrialEnd.Complete,
            Values = trial.Trial.Values,
            Started = DateTimeOffset.UtcNow,
            Elapsed = TimeSpan.Zero,
            Loss = trial.Trial.Loss,
        };
        lock (_lock)
        {
            _record.Add(finished, folder);
            End ??= _study.Study.CheckStopping()?.Reason;
        }
    }

    /// <summary>Stores what became of the trial.</summary>
    /// <returns>The trial as it is stored; null when it is not over, or over through another host.</returns>
    private FinishedTrial? Tell(StoredTrial trial, TrialOutcome outcome, FinishedTrial ended)
    {
        ended = outcome switch
        {
            TrialOutcome.Completed completed when double.IsFinite(completed.Loss) => ended with { End = TrialEnd.Complete, Loss = completed.Loss, Metrics = Metrics(completed) },
            TrialOutcome.Completed completed =>
                ended with { Failure = new TrialFailure("model_evaluate", "", $"the loss is {(double.IsNaN(completed.Loss) ? "NaN" : "infinite")}", "") },
            TrialOutcome.Pruned => ended with { End = TrialEnd.Pruned },
            TrialOutcome.Failed failed => ended with { Failure = failed.Failure },
            _ => ended,
        };
        if (outcome is TrialOutcome.Interrupted)
        {
            _study.Release(trial);
            return null;
        }

        var notes = TrialNotes.Of(ended);
        if (outcome is TrialOutcome.Lost)
        {
            return ended with { End = _study.FailAndRetry(trial, notes) ? TrialEnd.Repeated : TrialEnd.Failed };
        }

        var isStored = ended.End switch
        {
            TrialEnd.Complete => _study.Tell(trial, new TrialResult(ended.Loss!.Value), notes),
            TrialEnd.Pruned => _study.TellPruned(trial, notes),
            _ => _study.TellFailed(trial, notes),
        };

        // A result that comes so late that the trial was given to another host may have become that of its repetition.
        return isStored ? ended with { Number = trial.Number } : null;
    }

    private static OrderedDictionary<string, double> Metrics(TrialOutcome.Completed completed) =>
        completed.Scores.TryGetValue("validate", out var figures)
            ? new OrderedDictionary<string, double>(figures.Where(figure => figure.Key != "loss"), StringComparer.Ordinal)
            : [];
}

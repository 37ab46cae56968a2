using System.Diagnostics;
using LogMl.Host.Results;
using LogMl.Host.Telemetry;
using LogMl.Host.Workers;
using LogMl.Optimization;
using LogMl.Shared.Wire;
using LogMl.Storage;
using SearchEnd = LogMl.Optimization.StopReason;

namespace LogMl.Host.Search;

/// <summary>
/// The loop of the search: ask, run, tell, until the evaluations are used up or the run is stopped. Each worker has a thread. The threads
/// share results and progress under one lock, which none holds while a trial runs. A result is stored before anything else learns of it.
/// </summary>
internal sealed class TrialLoop
{
    /// <summary>
    /// The number of failed starts of a worker in sequence after which the search ends. A worker that dies in its trials may be the trials'
    /// fault, but one that does not even start is not.
    /// </summary>
    private const int MaxFailedStarts = 3;

    /// <summary>
    /// The limit for starts that were killed from outside, as the system does when memory runs out. Such a start says nothing about whether
    /// the worker can start.
    /// </summary>
    private const int MaxKilledStarts = 100;

    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(50);

    /// <summary>How often an idle host checks the trials of other hosts.</summary>
    private static readonly TimeSpan OthersInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly SearchSettings _settings;
    private readonly StoredStudy _study;
    private readonly SearchRecord _record;
    private readonly WorkerTeam _team;
    private readonly StopSignal _stop;
    private readonly ConstraintCheck _check;
    private readonly FinishedStep? _finished;

    /// <summary>The trials of the engine that were over before this call.</summary>
    private readonly HashSet<int> _over;
    private int _refusedPoints;
    private HostException? _broken;
    private bool _isShared;

    /// <param name="settings">The settings of the search.</param>
    /// <param name="study">The study.</param>
    /// <param name="record">Records what happens.</param>
    /// <param name="team">The workers.</param>
    /// <param name="stop">Ends the loop early.</param>
    /// <param name="check">The search constraints of the study.</param>
    /// <param name="finished">The step trial_finished; null when there is none.</param>
    public TrialLoop(
        SearchSettings settings, StoredStudy study, SearchRecord record, WorkerTeam team, StopSignal stop, ConstraintCheck check,
        FinishedStep? finished)
    {
        _settings = settings;
        _study = study;
        _record = record;
        _team = team;
        _stop = stop;
        _check = check;
        _finished = finished;
        _over = [.. study.History.Trials.Where(trial => trial.State != TrialState.Running).Select(trial => trial.Number)];
    }

    /// <summary>Why the search ended before max_evals without being stopped; null when it did not.</summary>
    public SearchEnd? End { get; private set; }

    /// <summary>
    /// Whether the search has ended because trials failed at its start: as many as max_failures, and no other one has ended. In a
    /// deterministic study it is the first of the call by their numbers, so that it does not matter which of them ends first.
    /// </summary>
    public bool EndedByFailures { get; private set; }

    /// <summary>The number of trials that this host has started.</summary>
    public int Started { get; private set; }

    /// <summary>Runs all trials.</summary>
    /// <param name="first">The worker that has been started already.</param>
    /// <param name="workers">The number of workers.</param>
    /// <exception cref="HostException">Workers cannot be started any more, or results cannot be written.</exception>
    public void Run(WorkerProcess first, int workers)
    {
        // The stopping criteria may be true from the start, as in a study that was stopped by them.
        End = _study.CheckStopping()?.Reason;
        var threads = new List<Thread>();
        workers = Math.Min(workers, _study.DeterministicWorkers ?? workers);
        for (var i = 1; i < Math.Min(workers, _settings.MaxEvals); i++)
        {
            var number = i;
            var thread = new Thread(() => RunWorker(null, number)) { Name = $"Worker {number}", IsBackground = true };
            thread.Start();
            threads.Add(thread);
        }

        RunWorker(first, 0);
        threads.ForEach(thread => thread.Join());
        if (_broken is not null)
        {
            throw _broken;
        }
    }

    private void RunWorker(WorkerProcess? worker, int number)
    {
        try
        {
            while (_check.With(ref worker, lost => EnsureAlive(lost, number), NextTrial) is { } trial)
            {
                if (trial.ReusedTrial is { } earlier)
                {
                    Reuse(trial, earlier);
                    continue;
                }

                try
                {
                    worker = EnsureAlive(worker, number);
                    RunTrial(trial, worker);
                }
                catch
                {
                    TryRelease(trial);
                    throw;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run was stopped while a worker was starting.
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

    /// <summary>Releases a trial that could not be run because of a problem of its host: it is not over.</summary>
    private void TryRelease(StoredTrial trial)
    {
        try
        {
            if (trial.State == TrialState.Running)
            {
                _study.Release(trial);
            }
        }
        catch (StorageException)
        {
            // The store itself fails. The trial becomes free when this host has ended.
        }
    }

    /// <param name="worker">The worker that answers for the search constraints.</param>
    private StoredTrial? NextTrial(WorkerProcess? worker)
    {
        while (true)
        {
            var ended = _study.NextEnd;
            lock (_lock)
            {
                // Requested repetitions are run even when a stopping criterion is true.
                if (_stop.Token.IsCancellationRequested || _finished?.StopReason is not null || EndedByFailures
                    || (End is not null && _study.WaitingRepetitions == 0))
                {
                    return null;
                }

                _check.Use(worker);
                StoredTrial? trial;
                AskEnd end;
                var asked = DateTimeOffset.UtcNow;
                try
                {
                    trial = _study.TryAsk(_settings.MaxEvals, out end);
                }
                finally
                {
                    WarnOfRefusedPoints();
                }

                _record.Telemetry.Asked(trial, asked);
                Started += trial is null ? 0 : 1;
                AnnounceSharing();
                End = end == AskEnd.Exhausted ? SearchEnd.Exhausted : End;
                if (end is not (AskEnd.Others or AskEnd.Earlier))
                {
                    return trial;
                }

                if (end == AskEnd.Others)
                {
                    _record.WaitForOthers();
                }
            }

            WaitHandle.WaitAny([_stop.Token.WaitHandle, ((IAsyncResult)ended).AsyncWaitHandle], OthersInterval);
        }
    }

    private void WarnOfRefusedPoints()
    {
        foreach (var refused in _study.RefusedPoints.Skip(_refusedPoints))
        {
            _record.WarnOfRefused(refused);
        }

        _refusedPoints = _study.RefusedPoints.Count;
    }

    private WorkerProcess EnsureAlive(WorkerProcess? worker, int number)
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
            catch (HostException exception) when (exception.IsFromOutside ? ++killed < MaxKilledStarts : ++failed < MaxFailedStarts)
            {
                // The machine may be short of memory or processes for a moment.
                _stop.Token.WaitHandle.WaitOne(StartPause);
            }
        }
    }

    private void RunTrial(StoredTrial trial, WorkerProcess worker)
    {
        using var folder = _record.Begin(trial);
        using var trace = _record.Telemetry.Begin(trial);
        var started = (Time: DateTimeOffset.UtcNow, Ticks: Stopwatch.GetTimestamp());
        var outcome = Run(worker, folder, trial, trace);
        var ended = new FinishedTrial
        {
            Number = trial.Number,
            End = TrialEnd.Failed,
            Values = trial.Values,
            IsReplacing = trial.IsReplacing,
            Started = started.Time,
            Elapsed = Stopwatch.GetElapsedTime(started.Ticks),
            UserAttributes = trial.UserAttributes,
        };
        lock (_lock)
        {
            FinishedTrial? stored;
            using (trace?.Store())
            {
                stored = Store(trial, outcome, ended);
            }

            trace?.End(stored);
            if (stored is { } finished)
            {
                _record.Add(finished, folder);
                End ??= _study.CheckStopping()?.Reason;
                EndedByFailures |= _record.Failed >= _settings.MaxFailures && (_study.DeterministicWorkers is null
                    ? _record.Failed == _record.Ended
                    : FirstHaveFailed());
                _finished?.Add(trial, finished, folder);
            }
        }

        _finished?.RunAll();
    }

    private bool FirstHaveFailed()
    {
        var first = _study.History.Trials.Where(trial => !_over.Contains(trial.Number)).Take(_settings.MaxFailures).ToArray();
        return first.Length == _settings.MaxFailures && Array.TrueForAll(first, trial => trial.State == TrialState.Failed);
    }

    private void AnnounceSharing()
    {
        if (!_isShared && _study.IsShared)
        {
            _isShared = true;
            _record.AnnounceSharing();
        }
    }

    private TrialOutcome Run(WorkerProcess worker, TrialFolder folder, StoredTrial trial, TrialTrace? trace)
    {
        using var running = _record.Start();
        using var run = trace?.Run();
        var request = new HostMessage.Trial(
            trial.Number, IsFull: false, Seeds.OfTrial(_settings.Seed, trial.Evaluation), _settings.Seed, folder.Path, _settings.IsPruning,
            trial.Values, _record.Telemetry.TraceParentOf(run));
        var outcome = worker.Run(request, folder, _settings.Limits, Report, Enter, trial.SetUserAttribute);
        run?.End((outcome as TrialOutcome.Failed)?.Failure);
        return outcome;

        void Enter(string step)
        {
            running.Step = step;
            run?.Enter(step);
        }

        bool Report(int step, double value)
        {
            folder.Report(step, value);
            if (_settings.Goals.AreSeveral)
            {
                // It would not be clear of which objective the value is, so it is only kept for people.
                return false;
            }

            trial.Report(value, step);
            return _settings.IsPruning && trial.ShouldPrune();
        }
    }

    /// <summary>Records a trial that reuses the result of an earlier one at the same point.</summary>
    private void Reuse(StoredTrial trial, int earlier)
    {
        using var folder = _record.Begin(trial);
        folder.Write(
            TrialFolder.ReusedFile,
            FormattableString.Invariant($"The result is that of trial {earlier}, which had the same parameters.\n"));
        var finished = new FinishedTrial
        {
            Number = trial.Number,
            End = TrialEnd.Complete,
            Values = trial.Values,
            Started = DateTimeOffset.UtcNow,
            Elapsed = TimeSpan.Zero,
        }.WithScores(
            _settings.Goals.Objectives.Zip(trial.Objectives, (objective, value) => KeyValuePair.Create(objective.Name, value)),
            trial.IsFeasible);
        lock (_lock)
        {
            _record.Add(finished, folder);
            End ??= _study.CheckStopping()?.Reason;
            _finished?.Add(trial, finished, folder);
        }

        _finished?.RunAll();
    }

    /// <summary>Stores the outcome of a trial.</summary>
    /// <returns>The trial as it is stored; null when it is not over, or when another host has ended it.</returns>
    private FinishedTrial? Store(StoredTrial trial, TrialOutcome outcome, FinishedTrial ended)
    {
        TrialResult? result = null;
        ended = outcome switch
        {
            TrialOutcome.Completed completed => WithResult(completed.Validation),
            TrialOutcome.Pruned => ended with { End = TrialEnd.Pruned },
            TrialOutcome.Failed failed => ended with { Failure = failed.Failure },
            _ => ended,
        };
        if (outcome is TrialOutcome.Interrupted)
        {
            _study.Release(trial);
            return null;
        }

        var notes = TrialNotes.Of(ended, _settings.Goals);
        if (outcome is TrialOutcome.Lost)
        {
            return ended with { End = _study.FailAndRetry(trial, notes) ? TrialEnd.Repeated : TrialEnd.Failed };
        }

        var isStored = ended.End switch
        {
            TrialEnd.Complete => _study.Tell(trial, result!, notes),
            TrialEnd.Pruned => _study.TellPruned(trial, notes),
            _ => _study.TellFailed(trial, notes),
        };

        // The number may have changed: a late result may have become that of the trial's repetition.
        return isStored ? ended with { Number = trial.Number } : null;

        FinishedTrial WithResult(IReadOnlyDictionary<string, double> scores)
        {
            result = _settings.Goals.ResultOf(scores, out var problem);
            return result is null
                ? ended with { Failure = new TrialFailure("model_evaluate", "", problem!, "") }
                : ended.WithScores(scores, result.IsFeasible);
        }
    }
}

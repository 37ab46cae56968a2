using LogMl.Host.Results;
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
    private readonly int _maxTrials;
    private readonly TrialStore _store;
    private readonly ActiveTrials _active = new();

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
    /// <param name="maxTrials">The greatest number of trials to start; null for no limit.</param>
    public TrialLoop(
        SearchSettings settings, StoredStudy study, SearchRecord record, WorkerTeam team, StopSignal stop, ConstraintCheck check,
        FinishedStep? finished, int? maxTrials = null)
    {
        _settings = settings;
        _study = study;
        _record = record;
        _team = team;
        _stop = stop;
        _check = check;
        _finished = finished;
        _maxTrials = maxTrials ?? int.MaxValue;
        _store = new TrialStore(settings, study);
        _over = [.. study.History.Trials.Where(trial => trial.State != TrialState.Running).Select(trial => trial.Number)];
    }

    /// <summary>Why the search ended before max_evals without being stopped; null when it did not.</summary>
    public SearchEnd? End { get; private set; }

    /// <summary>
    /// Whether the search has ended because trials failed at its start: as many as max_failures, and no other one has ended. In a
    /// deterministic study it is the first of the call by their numbers, so that it does not matter which of them ends first.
    /// </summary>
    public bool EndedByFailures { get; private set; }

    /// <summary>Whether this host has started as many trials as it may, so that others run the rest.</summary>
    public bool IsQuotaUsed => Started >= _maxTrials;

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
        _record.BeginAsking();
        var threads = new List<Thread>();
        workers = Math.Min(workers, _study.DeterministicWorkers ?? workers);
        for (var i = 1; i < Math.Min(workers, (long)_settings.MaxEvals * _settings.Folds.AtOnce); i++)
        {
            var number = i;
            var thread = new Thread(() => RunWorker(null, number)) { Name = $"Worker {number}", IsBackground = true };
            thread.Start();
            threads.Add(thread);
        }

        RunWorker(first, 0);
        threads.ForEach(thread => thread.Join());
        foreach (var trial in _active.All)
        {
            _store.TryRelease(trial.Trial);
            trial.Dispose();
        }

        if (_broken is not null)
        {
            throw _broken;
        }
    }

    private void RunWorker(WorkerProcess? worker, int number)
    {
        try
        {
            while (_check.With(ref worker, lost => _team.EnsureAlive(lost, number), NextPart) is { } part)
            {
                worker = _team.EnsureAlive(worker, number);
                Run(part, worker);
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

    /// <summary>
    /// What a worker runs next: a fold of the oldest trial that has one for it, else a new trial. Null when nothing is left for it.
    /// </summary>
    /// <param name="worker">The worker that answers for the search constraints.</param>
    private TrialPart? NextPart(WorkerProcess? worker)
    {
        while (true)
        {
            var (ended, changed) = (_study.NextEnd, _active.NextChange);
            if (_stop.Token.IsCancellationRequested)
            {
                return null;
            }

            if (_active.TryTake() is { } open)
            {
                return open;
            }

            // Of a new trial, this worker or another one that is free takes the first part.
            if (TryAsk(worker, out var reused, out var mustWait))
            {
                if (reused is not null)
                {
                    Reuse(reused);
                }
            }
            else if (mustWait || (_settings.Folds.AreApart && _active.All.Length > 0))
            {
                WaitHandle.WaitAny(
                    [_stop.Token.WaitHandle, ((IAsyncResult)ended).AsyncWaitHandle, ((IAsyncResult)changed).AsyncWaitHandle],
                    mustWait ? OthersInterval : Timeout.InfiniteTimeSpan);
            }
            else
            {
                return null;
            }
        }
    }

    /// <summary>Asks for a new trial, and adds it to those that run.</summary>
    /// <param name="worker">The worker that answers for the search constraints.</param>
    /// <param name="reused">A trial that is not run, because it has the result of an earlier one.</param>
    /// <param name="mustWait">Whether there may be a trial later, when other trials have ended.</param>
    /// <returns>False when there is none.</returns>
    private bool TryAsk(WorkerProcess? worker, out StoredTrial? reused, out bool mustWait)
    {
        (reused, mustWait) = (null, false);
        lock (_lock)
        {
            // Requested repetitions are run even when a stopping criterion is true.
            if (_stop.Token.IsCancellationRequested || _finished?.StopReason is not null || EndedByFailures || IsQuotaUsed
                || (End is not null && _study.WaitingRepetitions == 0))
            {
                return false;
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
            if (trial?.ReusedTrial is not null)
            {
                reused = trial;
            }
            else if (trial is not null)
            {
                // Under the lock, so that no worker finds neither a further trial nor this one, and ends.
                _active.Add(new ActiveTrial(trial, _settings, _record));
            }

            AnnounceSharing();
            End = end == AskEnd.Exhausted ? SearchEnd.Exhausted : End;
            mustWait = end is AskEnd.Others or AskEnd.Earlier;
            if (end == AskEnd.Others)
            {
                _record.WaitForOthers();
            }

            return trial is not null;
        }
    }

    private void WarnOfRefusedPoints()
    {
        foreach (var refused in _study.RefusedPoints.Skip(_refusedPoints))
        {
            _record.WarnOfRefused(refused, _check.PlaceOf(refused.Constraints.FirstOrDefault()));
        }

        _refusedPoints = _study.RefusedPoints.Count;
    }

    private void Run(TrialPart part, WorkerProcess worker)
    {
        var trial = part.Trial;
        var outcome = worker.Run(trial.RunOf(part, _active.Changed));
        switch (trial.End(part, outcome))
        {
            case PartEnd.Repeats:
                lock (_lock)
                {
                    _record.AddLostFold(trial.Trial, part.Fold!.Value, ((TrialOutcome.Lost)outcome).Failure);
                }

                break;
            case PartEnd.IsOver:
                EndTrial(trial, part.Fold is null ? worker.Device : null);
                _active.Remove(trial);
                break;
        }

        _active.Changed();
    }

    /// <exception cref="HostException">The disk with the results is full.</exception>
    private void EndTrial(ActiveTrial active, string? device)
    {
        using (active)
        {
            var (trial, outcome) = (active.Trial, active.Outcome!);

            // A step that fails because the disk of this machine is full says nothing about the parameters. The next one would fail too.
            var full = outcome is TrialOutcome.Failed ? _record.Folder.FindFullDisk() : null;
            if (full is not null && outcome is TrialOutcome.Failed { Failure: var failure })
            {
                outcome = new TrialOutcome.Lost(failure);
            }

            var ended = new FinishedTrial
            {
                Number = trial.Number,
                End = TrialEnd.Failed,
                Values = trial.Values,
                IsReplacing = trial.IsReplacing,
                Started = active.Started,
                Elapsed = active.Elapsed,
                UserAttributes = trial.UserAttributes,
                Device = device,
            };
            lock (_lock)
            {
                FinishedTrial? stored;
                using (active.Trace?.Store())
                {
                    stored = _store.Store(trial, outcome, ended, active.BrokenFold);
                }

                active.Trace?.End(stored);
                if (full is not null)
                {
                    throw StudyFolder.CannotWrite(_record.Folder.Path, full);
                }

                if (stored is { } finished)
                {
                    _record.Add(finished, active.Folder);
                    End ??= _study.CheckStopping()?.Reason;
                    EndedByFailures |= _record.Failed >= _settings.MaxFailures && (_study.DeterministicWorkers is null
                        ? _record.Failed == _record.Ended
                        : FirstHaveFailed());
                    _finished?.Add(trial, finished, active.Folder);
                }
            }

            _finished?.RunAll();
        }
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

    /// <summary>Records a trial that reuses the result of an earlier one at the same point.</summary>
    private void Reuse(StoredTrial trial)
    {
        using var folder = _record.Begin(trial);
        folder.Write(
            TrialFolder.ReusedFile,
            FormattableString.Invariant($"The result is that of trial {trial.ReusedTrial}, which had the same parameters.\n"));
        var (started, completed) = _study.TimesOf(trial);
        var finished = new FinishedTrial
        {
            Number = trial.Number,
            End = TrialEnd.Complete,
            Values = trial.Values,
            Started = started is { } start ? new DateTimeOffset(start) : DateTimeOffset.UtcNow,
            Elapsed = completed - started ?? TimeSpan.Zero,
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
}

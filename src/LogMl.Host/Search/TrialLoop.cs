using System.Diagnostics;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Optimization;
using SearchEnd = LogMl.Optimization.StopReason;

namespace LogMl.Host.Search;

/// <summary>
/// The loop of the search: ask, run, tell, until the evaluations are used up or the run is stopped. A thread for each worker; the study, the results
/// and the progress are shared between them under one lock, which no trial holds while it runs.
/// </summary>
internal sealed class TrialLoop
{
    /// <summary>A worker that dies in trial after trial is the trials' doing; one that cannot even be started again is not.</summary>
    private const int MostFailedStarts = 3;

    private readonly Lock _lock = new();
    private readonly SearchSettings _settings;
    private readonly Study _study;
    private readonly SearchRecord _record;
    private readonly WorkerTeam _team;
    private readonly StopSignal _stop;
    private HostException? _broken;

    public TrialLoop(SearchSettings settings, Study study, SearchRecord record, WorkerTeam team, StopSignal stop)
    {
        _settings = settings;
        _study = study;
        _record = record;
        _team = team;
        _stop = stop;
    }

    /// <summary>Why the search ended before max_evals, when nobody stopped it.</summary>
    public SearchEnd? End { get; private set; }

    /// <summary>Runs all trials.</summary>
    /// <param name="first">The worker that is there already.</param>
    /// <param name="workers">How many shall run at a time.</param>
    /// <exception cref="HostException">Workers can no longer be started, or results no longer be written.</exception>
    public void Run(WorkerProcess first, int workers)
    {
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

                worker = Living(worker, number);
                RunTrial(trial, worker);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped while a worker was starting.
        }
        catch (Exception exception) when (exception is HostException or IOException or UnauthorizedAccessException)
        {
            var broken = exception as HostException ?? StudyFolder.CannotWrite(_record.Folder.Path, exception);
            Interlocked.CompareExchange(ref _broken, broken, null);
            _stop.Stop(StopReason.Broken);
        }
    }

    private Trial? Next()
    {
        lock (_lock)
        {
            if (_stop.Token.IsCancellationRequested || End is not null || _study.Trials.Count >= _settings.MaxEvals)
            {
                return null;
            }

            var trial = _study.TryAsk();
            End = trial is null ? SearchEnd.Exhausted : End;
            return trial;
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

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return _team.Launch(number);
            }
            catch (HostException) when (attempt < MostFailedStarts)
            {
                // The machine may be out of memory or processes for a moment.
            }
        }
    }

    private void RunTrial(Trial trial, WorkerProcess worker)
    {
        var directory = _record.Begin(trial);
        var assignment = new TrialAssignment(
            trial.Number, IsFull: false, Seeds.OfTrial(_settings.Seed, trial.Number), _settings.Seed, directory, trial.Values)
        {
            IsPrunable = _settings.IsPruning,
        };
        var started = (Time: DateTimeOffset.UtcNow, Ticks: Stopwatch.GetTimestamp());
        var outcome = worker.Run(assignment, (step, value) =>
        {
            SearchRecord.Report(directory, step, value);
            trial.Report(value, step);
            return _settings.IsPruning && trial.ShouldPrune();
        });
        var ended = new FinishedTrial
        {
            Number = trial.Number,
            End = TrialEnd.Stopped,
            Values = trial.Values,
            Started = started.Time,
            Elapsed = Stopwatch.GetElapsedTime(started.Ticks),
        };
        lock (_lock)
        {
            var finished = Tell(trial, outcome, ended);
            _record.Add(finished, directory, _study.BestTrial);
            End ??= _study.CheckStopping()?.Reason;
        }
    }

    /// <summary>Records a trial that has the result of an earlier one at the same point.</summary>
    private void Reuse(Trial trial, int earlier)
    {
        var directory = _record.Begin(trial);
        File.WriteAllText(Path.Combine(directory, "reused.txt"), FormattableString.Invariant($"The result is that of trial {earlier}, which had the same parameters.\n"));
        lock (_lock)
        {
            _record.Add(
                new FinishedTrial
                {
                    Number = trial.Number,
                    End = TrialEnd.Complete,
                    Values = trial.Values,
                    Started = DateTimeOffset.UtcNow,
                    Elapsed = TimeSpan.Zero,
                    Loss = trial.Loss,
                },
                directory,
                _study.BestTrial);
            End ??= _study.CheckStopping()?.Reason;
        }
    }

    /// <summary>Tells the study what became of the trial.</summary>
    private FinishedTrial Tell(Trial trial, TrialOutcome outcome, FinishedTrial ended)
    {
        switch (outcome)
        {
            case TrialOutcome.Completed completed when double.IsFinite(completed.Loss):
                _study.Tell(trial, completed.Loss);
                return ended with { End = TrialEnd.Complete, Loss = completed.Loss, Metrics = Metrics(completed) };
            case TrialOutcome.Completed completed:
                _study.TellFailed(trial);
                var loss = double.IsNaN(completed.Loss) ? "NaN" : "infinite";
                return ended with { End = TrialEnd.Failed, Failure = new TrialFailure("model_evaluate", "", $"the loss is {loss}", "") };
            case TrialOutcome.Pruned:
                _study.TellPruned(trial);
                return ended with { End = TrialEnd.Pruned };
            case TrialOutcome.Failed failed:
                _study.TellFailed(trial);
                return ended with { End = TrialEnd.Failed, Failure = failed.Failure };
            default:
                return ended;
        }
    }

    private static OrderedDictionary<string, double> Metrics(TrialOutcome.Completed completed) =>
        completed.Scores.TryGetValue("validate", out var figures)
            ? new OrderedDictionary<string, double>(figures.Where(figure => figure.Key != "loss"), StringComparer.Ordinal)
            : [];
}

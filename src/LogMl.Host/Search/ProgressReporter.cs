using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared.Wire;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Sends the progress of the search. An event follows the end of a trial, at most ten times a second, but always for the first trial, a
/// better one, the first that failed, and the last. While no trial ends, an event follows each second, so that a search that hangs does not
/// look like one that is nearly done.
/// </summary>
/// <remarks>
/// The event is sent when the next trial starts, which mostly is at once. Between the two a worker would seem to be idle.
/// </remarks>
internal sealed class ProgressReporter : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SilentInterval = TimeSpan.FromSeconds(1);

    /// <summary>The event is sent after this time when no trial starts, because the sampler or the start of a worker takes long.</summary>
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly HostEvents _events;
    private readonly RunningTrials _running;
    private readonly TimeProvider _time;
    private readonly Goals _goals;
    private readonly int _before;
    private readonly ITimer _ticks;
    private HostEvent.Progress _progress;
    private long _last;
    private bool _hasTold;
    private bool _hasFailed;
    private bool _isDue;
    private bool _isDisposed;

    /// <param name="events">Receives the events.</param>
    /// <param name="study">The study at the start of this search.</param>
    /// <param name="goals">What the search looks for.</param>
    /// <param name="total">The number of trials of the whole search.</param>
    /// <param name="running">The trials of this process.</param>
    /// <param name="time">The clock.</param>
    public ProgressReporter(
        HostEvents events, StoredStudy study, Goals goals, int total, RunningTrials running, TimeProvider time)
    {
        _events = events;
        _goals = goals;
        _running = running;
        _time = time;
        _progress = Of(study, new HostEvent.Progress { Total = total });
        _before = _progress.Finished;
        _last = time.GetTimestamp();
        _ticks = time.CreateTimer(_ => Tick(), null, TickInterval, TickInterval);
    }

    /// <summary>Call this when a trial of this process has started.</summary>
    public void Started()
    {
        lock (_lock)
        {
            SendDue();
        }
    }

    /// <summary>Call this when a trial of this process has ended.</summary>
    /// <param name="study">The study, with the trial in it.</param>
    /// <param name="trial">The trial.</param>
    public void Ended(StoredStudy study, FinishedTrial trial)
    {
        lock (_lock)
        {
            var best = WithBest(study, _progress);
            var isBetter = best.BestTrial != _progress.BestTrial || best.Front != _progress.Front;
            var isFirstFailure = trial.Failure is not null && !_hasFailed;
            _hasFailed |= isFirstFailure;

            // Counting the trials of the study takes longer the more there are. So the counts here leave out what other processes have done
            // since the last event.
            _progress = best with
            {
                Finished = study.Finished,
                Infeasible = _progress.Infeasible + (trial.IsFeasible == false ? 1 : 0),
                Failed = _progress.Failed + (trial.End == TrialEnd.Failed ? 1 : 0),
                Pruned = _progress.Pruned + (trial.End == TrialEnd.Pruned ? 1 : 0),
                Elsewhere = 0,
                Ended = trial.End,
                Failure = trial.Failure is { } reason
                    ? FormattableString.Invariant(
                        $"trial {trial.Number} {(trial.End == TrialEnd.Repeated ? "was cut off" : "failed")}: {reason.Headline}")
                    : _progress.Failure,
            };
            var isLast = _progress.Finished >= _progress.Total;
            if (!_hasTold || isBetter || isFirstFailure || isLast || _time.GetElapsedTime(_last) >= Interval)
            {
                _progress = Of(study, _progress);
                _isDue = true;
            }

            if (isLast)
            {
                SendDue();
            }
        }
    }

    /// <summary>Call this when this process has nothing to run, because the last trials run elsewhere.</summary>
    /// <param name="study">The study.</param>
    public void Waiting(StoredStudy study)
    {
        lock (_lock)
        {
            var now = Of(study, _progress);
            _progress = now with { Elsewhere = Math.Max(now.Total - now.Finished - _running.TakeSnapshot().Ages.Count, 0) };
        }
    }

    /// <summary>Call this when no further trial is run.</summary>
    /// <param name="study">The study, with what other processes have done.</param>
    public void Complete(StoredStudy study)
    {
        lock (_lock)
        {
            if (study.Finished > _progress.Finished)
            {
                _progress = Of(study, _progress) with { Elsewhere = 0 };
                _isDue = true;
            }

            SendDue();
        }
    }

    /// <summary>Stops the events.</summary>
    public void Dispose()
    {
        _ticks.Dispose();
        lock (_lock)
        {
            SendDue();
            _isDisposed = true;
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            // While nothing runs, the last event has said everything.
            _isDue |= _time.GetElapsedTime(_last) >= SilentInterval && (_progress.Elsewhere > 0 || _running.TakeSnapshot().Ages.Count > 0);
            SendDue();
        }
    }

    private void SendDue()
    {
        if (!_isDue || _isDisposed)
        {
            return;
        }

        var running = _running.TakeSnapshot();
        var pace = Pace.Of(running, _progress.Finished - _before, _progress.Total - _progress.Finished);
        _events.Send(_progress with
        {
            Running = running.Ages.Count,
            OldestSeconds = running.Oldest?.TotalSeconds,
            OldestStep = running.OldestStep,
            TrialsPerSecond = pace.TrialsPerSecond,
            SecondsLeft = pace.Left?.TotalSeconds,
        });
        _progress = _progress with { Ended = null, Failure = null };
        (_last, _hasTold, _isDue) = (_time.GetTimestamp(), true, false);
    }

    private HostEvent.Progress Of(StoredStudy study, HostEvent.Progress progress)
    {
        var counts = OutcomeCounts.Of(study);
        return WithBest(study, progress) with
        {
            Finished = counts.Finished,
            Infeasible = counts.Infeasible,
            Failed = counts.Failed,
            Pruned = counts.Pruned,
        };
    }

    private HostEvent.Progress WithBest(StoredStudy study, HostEvent.Progress progress)
    {
        var best = study.Best;
        var values = best is null ? [] : _goals.ValuesOf(best.Losses);
        return progress with
        {
            BestLoss = best is null ? null : values[0],
            BestTrial = best?.Number,
            Objective = _goals.IsLossAlone ? null : _goals.Objectives[0].Name,
            Others = _goals.AreSeveral && best is not null
                ? (_goals with { Objectives = [.. _goals.Objectives.Skip(1)] }).DescribeBriefly([.. values.Skip(1)])
                : null,
            Front = _goals.AreSeveral ? study.Front.Count : null,
        };
    }
}

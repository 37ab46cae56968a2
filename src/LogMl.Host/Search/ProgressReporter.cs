using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Tells how far the search is: when trials end, at most ten times a second, but always the first, every better one, the first that failed, and the last; and once a second while none ends,
/// so that a search that hangs does not look like one that is nearly done.
/// </summary>
/// <remarks>What an end has changed is told when the next trial starts, mostly at once: between the two a worker would seem to have nothing to do.</remarks>
internal sealed class ProgressReporter : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SilentInterval = TimeSpan.FromSeconds(1);

    /// <summary>When no trial starts after one that has ended, because the sampler or the start of a worker takes long, the end is told after this time.</summary>
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly HostEvents _events;
    private readonly RunningTrials _running;
    private readonly TimeProvider _time;
    private readonly int _before;
    private readonly ITimer _ticks;
    private Progress _progress;
    private long _last;
    private bool _hasTold;
    private bool _hasFailed;
    private bool _isDue;
    private bool _isDisposed;

    /// <param name="events">Who is told.</param>
    /// <param name="study">The study as this search finds it.</param>
    /// <param name="total">The number of trials that there shall be.</param>
    /// <param name="running">The trials of this process.</param>
    /// <param name="time">The clock.</param>
    public ProgressReporter(HostEvents events, StoredStudy study, int total, RunningTrials running, TimeProvider time)
    {
        _events = events;
        _running = running;
        _time = time;
        _progress = Of(study, new Progress { Total = total });
        _before = _progress.Finished;
        _last = time.GetTimestamp();
        _ticks = time.CreateTimer(_ => Tick(), null, TickInterval, TickInterval);
    }

    /// <summary>Takes that a trial of this process has started.</summary>
    public void Started()
    {
        lock (_lock)
        {
            SendDue();
        }
    }

    /// <summary>Takes a trial that this process has ended.</summary>
    /// <param name="study">The study with it.</param>
    /// <param name="trial">The trial.</param>
    public void Ended(StoredStudy study, FinishedTrial trial)
    {
        lock (_lock)
        {
            var best = BestOf(study);
            var isBetter = best?.Number != _progress.Best?.Number;
            var isFirstFailure = trial.Failure is not null && !_hasFailed;
            _hasFailed |= isFirstFailure;

            // To count the trials of the study takes longer the more there are: what is left out here is only what other processes have done since the last event.
            _progress = _progress with
            {
                Finished = study.Finished,
                Failed = _progress.Failed + (trial.End == TrialEnd.Failed ? 1 : 0),
                Pruned = _progress.Pruned + (trial.End == TrialEnd.Pruned ? 1 : 0),
                Best = best,
                Elsewhere = 0,
                Ended = trial.End,
                Failure = trial.Failure is { } reason
                    ? FormattableString.Invariant($"trial {trial.Number} {(trial.End == TrialEnd.Repeated ? "was cut off" : "failed")}: {reason.Headline}")
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

    /// <summary>Takes that this process has nothing to run: the last trials run elsewhere.</summary>
    /// <param name="study">The study.</param>
    public void Waiting(StoredStudy study)
    {
        lock (_lock)
        {
            var now = Of(study, _progress);
            _progress = now with { Elsewhere = Math.Max(now.Total - now.Finished - _running.Look().Ages.Count, 0) };
        }
    }

    /// <summary>Takes that no further trial is run.</summary>
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

    /// <summary>Nothing is told any more.</summary>
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
            // While nothing runs, there is nothing to say that was not said at the last end.
            _isDue |= _time.GetElapsedTime(_last) >= SilentInterval && (_progress.Elsewhere > 0 || _running.Look().Ages.Count > 0);
            SendDue();
        }
    }

    private void SendDue()
    {
        if (!_isDue || _isDisposed)
        {
            return;
        }

        var running = _running.Look();
        _events.Progress(_progress with
        {
            Running = running.Ages.Count,
            Oldest = running.Oldest,
            OldestStep = running.OldestStep,
            Pace = Pace.Of(running, _progress.Finished - _before, _progress.Total - _progress.Finished),
        });
        _progress = _progress with { Ended = null, Failure = null };
        (_last, _hasTold, _isDue) = (_time.GetTimestamp(), true, false);
    }

    private static Progress Of(StoredStudy study, Progress progress) => progress with
    {
        Finished = study.Finished,
        Failed = study.Count(TrialState.Failed),
        Pruned = study.Count(TrialState.Pruned),
        Best = BestOf(study),
    };

    private static (int Number, double Loss)? BestOf(StoredStudy study) => study.Best is { } best ? (best.Number, best.Loss) : null;
}

namespace LogMl.Host.Search;

/// <summary>The trials that this process is running, and the durations of those that have ended. Any thread may use it.</summary>
internal sealed class RunningTrials(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Run> _running = [];
    private long? _began;
    private int _ended;
    private TimeSpan _total;
    private TimeSpan _longest;

    /// <summary>How many run.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>
    /// The search asks for its first trial. How long that takes, with search constraints that are slow, is a part of its pace.
    /// </summary>
    public void Begin()
    {
        lock (_lock)
        {
            _began ??= time.GetTimestamp();
        }
    }

    /// <summary>Adds a trial that starts. Disposing it ends it.</summary>
    public Run Start()
    {
        var trial = new Run(this, time.GetTimestamp());
        lock (_lock)
        {
            _began ??= trial.Started;
            _running.Add(trial);
        }

        return trial;
    }

    /// <summary>The present state.</summary>
    public Snapshot TakeSnapshot()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            return new Snapshot
            {
                Ages = [.. _running.Select(trial => time.GetElapsedTime(trial.Started, now))],
                OldestStep = _running.MinBy(trial => trial.Started)?.Step,
                SinceBegin = _began is { } first ? time.GetElapsedTime(first, now) : TimeSpan.Zero,
                MeanDuration = _ended == 0 ? null : _total / _ended,
                LongestDuration = _longest,
            };
        }
    }

    private void End(Run trial)
    {
        lock (_lock)
        {
            if (_running.Remove(trial))
            {
                var duration = time.GetElapsedTime(trial.Started);
                _ended++;
                _total += duration;
                _longest = duration > _longest ? duration : _longest;
            }
        }
    }

    /// <summary>A trial, while it runs.</summary>
    public sealed class Run(RunningTrials trials, long started) : IDisposable
    {
        private volatile string? _step;

        /// <summary>When it started, as a timestamp.</summary>
        public long Started { get; } = started;

        /// <summary>The step that it is in; null before the first.</summary>
        public string? Step
        {
            get => _step;
            set => _step = value;
        }

        /// <summary>It runs no longer.</summary>
        public void Dispose() => trials.End(this);
    }

    /// <summary>The trials at one moment.</summary>
    public sealed record Snapshot
    {
        /// <summary>The age of each running trial.</summary>
        public IReadOnlyList<TimeSpan> Ages { get; init; } = [];

        /// <summary>The step of the oldest trial; null when it is in none.</summary>
        public string? OldestStep { get; init; }

        /// <summary>The time since the first trial was asked for. The start of the workers before does not count.</summary>
        public TimeSpan SinceBegin { get; init; }

        /// <summary>The mean duration of the trials that have ended; null when none has.</summary>
        public TimeSpan? MeanDuration { get; init; }

        /// <summary>The longest duration of a trial that has ended.</summary>
        public TimeSpan LongestDuration { get; init; }

        /// <summary>The age of the oldest running trial; null when none runs.</summary>
        public TimeSpan? Oldest => Ages.Count == 0 ? null : Ages.Max();
    }
}

namespace LogMl.Host.Search;

/// <summary>The trials that this process runs now, and how long those took that it has ended. Any thread may use it.</summary>
internal sealed class RunningTrials(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<RunningTrial> _running = [];
    private long? _firstStart;
    private int _ended;
    private TimeSpan _total;
    private TimeSpan _longest;

    /// <summary>Takes a trial that starts. It runs until it is disposed.</summary>
    public RunningTrial Start()
    {
        var trial = new RunningTrial(this, time.GetTimestamp());
        lock (_lock)
        {
            _firstStart ??= trial.Started;
            _running.Add(trial);
        }

        return trial;
    }

    /// <summary>How things stand.</summary>
    public Snapshot Look()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            return new Snapshot
            {
                Ages = [.. _running.Select(trial => time.GetElapsedTime(trial.Started, now))],
                OldestStep = _running.MinBy(trial => trial.Started)?.Step,
                SinceFirstStart = _firstStart is { } first ? time.GetElapsedTime(first, now) : TimeSpan.Zero,
                MeanDuration = _ended == 0 ? null : _total / _ended,
                LongestDuration = _longest,
            };
        }
    }

    internal void End(RunningTrial trial)
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

    /// <summary>The trials at one moment.</summary>
    public sealed record Snapshot
    {
        /// <summary>For how long each of them runs.</summary>
        public IReadOnlyList<TimeSpan> Ages { get; init; } = [];

        /// <summary>The step of the oldest; null when it is in none.</summary>
        public string? OldestStep { get; init; }

        /// <summary>The time since the first trial has started: what workers take to start before is no part of it.</summary>
        public TimeSpan SinceFirstStart { get; init; }

        /// <summary>How long the trials took that have ended; null when none has.</summary>
        public TimeSpan? MeanDuration { get; init; }

        /// <summary>The longest of them.</summary>
        public TimeSpan LongestDuration { get; init; }

        /// <summary>The age of the oldest that runs; null when none does.</summary>
        public TimeSpan? Oldest => Ages.Count == 0 ? null : Ages.Max();
    }
}

/// <summary>A trial that runs now.</summary>
internal sealed class RunningTrial(RunningTrials trials, long started) : IDisposable
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

    public void Dispose() => trials.End(this);
}

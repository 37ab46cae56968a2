namespace LogMl.Host.Search;

/// <summary>The trials that this host runs, the oldest first. Any thread may use it.</summary>
internal sealed class ActiveTrials
{
    private readonly Lock _lock = new();
    private readonly List<ActiveTrial> _trials = [];
    private TaskCompletionSource _change = NewChange();

    /// <summary>Ends when a trial may have a part for another worker, or is over.</summary>
    public Task NextChange
    {
        get
        {
            lock (_lock)
            {
                return _change.Task;
            }
        }
    }

    /// <summary>The trials that run.</summary>
    public ActiveTrial[] All
    {
        get
        {
            lock (_lock)
            {
                return [.. _trials];
            }
        }
    }

    public void Add(ActiveTrial trial)
    {
        lock (_lock)
        {
            _trials.Add(trial);
        }
    }

    /// <summary>The next part of the oldest trial that has one; null when there is none now.</summary>
    public TrialPart? TryTake()
    {
        foreach (var trial in All)
        {
            if (trial.TryTake() is { } part)
            {
                return part;
            }
        }

        return null;
    }

    public void Remove(ActiveTrial trial)
    {
        lock (_lock)
        {
            _trials.Remove(trial);
        }

        Changed();
    }

    /// <summary>A trial may have a part for another worker.</summary>
    public void Changed()
    {
        TaskCompletionSource change;
        lock (_lock)
        {
            (change, _change) = (_change, NewChange());
        }

        change.SetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

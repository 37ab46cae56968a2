namespace LogMl;

/// <summary>The trial that runs, for the thread that gets the messages about it.</summary>
internal sealed class CurrentTrial
{
    private readonly Lock _lock = new();
    private RunningTrial? _trial;

    /// <summary>What was cancelled before it ran.</summary>
    private CancelRequest? _cancelled;

    public void Set(RunningTrial? trial)
    {
        lock (_lock)
        {
            _trial = trial;
            if (trial is not null && trial.Number == _cancelled?.Number)
            {
                trial.Cancel();
            }
        }
    }

    /// <summary>Gives a decision to the trial that it is for; one for a trial that has ended is of no use.</summary>
    public void Decide(PruningDecision decision) => Find(decision.Number)?.Decide(decision.Prune);

    /// <summary>Cancels the trial that runs, or that is the next to run.</summary>
    public void Cancel(CancelRequest request)
    {
        lock (_lock)
        {
            _cancelled = request;
            Find(request.Number)?.Cancel();
        }
    }

    private RunningTrial? Find(int number)
    {
        lock (_lock)
        {
            return _trial?.Number == number ? _trial : null;
        }
    }
}

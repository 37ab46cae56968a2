namespace LogMl;

/// <summary>The trial that runs, for the thread that gets the answers to its reports.</summary>
internal sealed class CurrentTrial
{
    private volatile RunningTrial? _trial;

    public void Set(RunningTrial? trial) => _trial = trial;

    /// <summary>Gives a decision to the trial that it is for; one for a trial that has ended is of no use.</summary>
    public void Decide(PruningDecision decision)
    {
        if (_trial is { } trial && trial.Number == decision.Number)
        {
            trial.Decide(decision.Prune);
        }
    }
}

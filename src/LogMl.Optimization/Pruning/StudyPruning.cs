namespace LogMl.Optimization.Pruning;

/// <summary>Prunes the trials of one study: tells the rule of its pruner what the trials do.</summary>
internal abstract class StudyPruning
{
    /// <summary>Called after a trial has reported; the value is already among the reports.</summary>
    public abstract void Reported(int number, int step);

    /// <summary>Called after a trial has ended; the history already has its result.</summary>
    public abstract void Ended(int number);

    /// <summary>Called after a running trial has forgotten its reports.</summary>
    public abstract void Restarted(int number);

    /// <summary>Whether to prune a running trial, which has reported at least once.</summary>
    public abstract bool ShouldPrune(int number);

    /// <summary>Tells a rule all that a trial has done. The order in which a rule learns it does not matter.</summary>
    protected static void Replay(Trial trial, PruningRule rule)
    {
        foreach (var step in trial.ReportSeries.Steps)
        {
            rule.Reported(trial.Number, step);
        }

        if (trial.State != TrialState.Running)
        {
            rule.Ended(trial.Number);
        }
    }
}

namespace LogMl.Optimization.Pruning;

/// <summary>
/// A pruner for one study. It may cache what it computes from the reports, and nothing else. The cache must not depend on the order in
/// which the reports came.
/// </summary>
internal abstract class PruningRule
{
    /// <summary>Called after a trial has reported; the value is already among the reports.</summary>
    public virtual void Reported(int number, int step)
    {
    }

    /// <summary>Called after a trial has ended; the history already has its result.</summary>
    public virtual void Ended(int number)
    {
    }

    /// <summary>Whether to prune a running trial, which has reported at least once.</summary>
    public abstract bool ShouldPrune(int number);
}

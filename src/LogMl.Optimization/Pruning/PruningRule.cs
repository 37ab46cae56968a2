namespace LogMl.Optimization.Pruning;

/// <summary>
/// A pruner at work on one study. It may keep what it has computed from the reports, but nothing that it could not compute again, in
/// whatever order they came.
/// </summary>
internal abstract class PruningRule
{
    /// <summary>A trial has reported a value, which is already among the reports.</summary>
    public virtual void Reported(int number, int step)
    {
    }

    /// <summary>A trial has ended, and the history knows how.</summary>
    public virtual void Ended(int number)
    {
    }

    /// <summary>Whether a running trial should be given up; it has reported at least once.</summary>
    public abstract bool ShouldPrune(int number);
}

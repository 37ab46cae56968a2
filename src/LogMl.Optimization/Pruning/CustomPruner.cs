namespace LogMl.Optimization.Pruning;

/// <summary>
/// The base class of custom pruners. A pruner has no state: a decision is a function of its options and of the trials of the study. It must
/// not depend on the order in which they reported and ended.
/// </summary>
/// <remarks>The study calls the pruner under its lock: one call at a time, and the trials do not change during a call.</remarks>
public abstract class CustomPruner : Pruner
{
    /// <summary>Creates the pruner.</summary>
    /// <param name="name">The name of the method; not empty.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected CustomPruner(string name)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
    }

    /// <summary>Decides whether to prune a trial.</summary>
    /// <param name="history">
    /// The study, which has one objective. <see cref="TrialView.Reports"/> of its trials have the sign of the objective.
    /// </param>
    /// <param name="trial">The running trial, which has reported at least once.</param>
    /// <returns>True to prune it.</returns>
    protected abstract bool ShouldPrune(StudyHistory history, TrialView trial);

    internal sealed override PruningRule CreateRule(TrialReports reports) => new Rule(this, reports.View);

    private sealed class Rule(CustomPruner pruner, StudyHistory history) : PruningRule
    {
        public override bool ShouldPrune(int number) => pruner.ShouldPrune(history, history.Trials[number]);
    }
}

namespace LogMl.Optimization.Stopping;

/// <summary>
/// Decides when a search ends: one of <see cref="StoppingCriteria"/> or a <see cref="CustomStoppingCriterion"/>. A criterion has no state:
/// it is a function of the trials of the study, and does not depend on the order in which they ended.
/// </summary>
public abstract class StoppingCriterion
{
    private protected StoppingCriterion()
    {
    }

    /// <summary>The end of the search; null while it should go on. The study calls this under its lock.</summary>
    internal abstract StudyEnd? Check(Study study, History history);
}

namespace LogMl.Optimization.Stopping;

/// <summary>
/// Says when a search has come to its end, from <see cref="StoppingCriteria"/>. A criterion has no state: it is a function of the trials
/// of the study, in whatever order they ended.
/// </summary>
public abstract class StoppingCriterion
{
    private protected StoppingCriterion()
    {
    }

    /// <summary>The end of the search, or null while it should go on. Called while the study lets in nobody else.</summary>
    internal abstract StudyEnd? Check(Study study, History history);
}

namespace LogMl.Optimization.Stopping;

/// <summary>
/// The base class of custom stopping criteria. A criterion has no state: it is a function of its options and of the trials of the study.
/// </summary>
/// <remarks>The study calls the criterion under its lock: one call at a time, and the trials do not change during a call.</remarks>
public abstract class CustomStoppingCriterion : StoppingCriterion
{
    /// <summary>Decides whether the search ends.</summary>
    /// <param name="history">The study, which has one objective.</param>
    /// <returns>A sentence that says why the search ends, for <see cref="StudyEnd.Description"/>; null while it should go on.</returns>
    protected abstract string? FindEnd(StudyHistory history);

    internal sealed override StudyEnd? Check(Study study, History history) =>
        FindEnd(history.View) is { } description ? new StudyEnd(StopReason.Custom, description) : null;
}

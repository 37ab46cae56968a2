namespace LogMl.Optimization.Stopping;

/// <summary>The base of a stopping criterion of one's own. It has no state: it is a function of its options and of the trials of the study.</summary>
/// <remarks>The study calls it while it lets in nobody else: one call at a time, and the trials do not change meanwhile.</remarks>
public abstract class CustomStoppingCriterion : StoppingCriterion
{
    /// <summary>Whether the search has come to its end.</summary>
    /// <param name="history">The study of one objective.</param>
    /// <returns>Why it ends, in a sentence, which becomes <see cref="StudyEnd.Description"/>; null while it should go on.</returns>
    protected abstract string? FindEnd(StudyHistory history);

    internal sealed override StudyEnd? Check(Study study, History history) =>
        FindEnd(history.View) is { } description ? new StudyEnd(StopReason.Custom, description) : null;
}

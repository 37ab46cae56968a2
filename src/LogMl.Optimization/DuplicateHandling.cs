namespace LogMl.Optimization;

/// <summary>What a study does when a sampler proposes a point that has been tried before.</summary>
public enum DuplicateHandling
{
    /// <summary>The point is evaluated again, as is right where the objective is noisy.</summary>
    Reevaluate,

    /// <summary>
    /// The trial gets the result of the first complete trial at the same point, at once: <see cref="Study.Ask()"/> then returns a
    /// trial that is already complete and is not to be told, with <see cref="Trial.ReusedTrial"/> set. While there is no complete
    /// trial at the point it is evaluated. When every point of a finite space has its result, the search ends.
    /// </summary>
    Reuse,

    /// <summary>
    /// The sampler is asked for another point, a few times; then the nearest point is taken that has not been tried, whatever came of those
    /// that have. When no point of a finite space is left, the search ends: <see cref="Study.TryAsk"/> gives null.
    /// </summary>
    Skip,
}

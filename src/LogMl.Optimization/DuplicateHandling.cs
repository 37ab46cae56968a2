namespace LogMl.Optimization;

/// <summary>What a study does when a sampler proposes a point that has been tried before.</summary>
public enum DuplicateHandling
{
    /// <summary>The point is evaluated again. This is right for a noisy objective.</summary>
    Reevaluate,

    /// <summary>
    /// The trial gets the result of the first complete trial at the same point. <see cref="Study.Ask()"/> returns it already complete, with
    /// <see cref="Trial.ReusedTrial"/> set; do not tell it. The point is evaluated if no trial at it is complete. When every point of a
    /// finite space has a result, the search ends.
    /// </summary>
    Reuse,

    /// <summary>
    /// The sampler is asked for another point, up to 10 times. After that, the trial takes the nearest point that has not been tried. A
    /// point counts as tried whatever the state of its trial. When no point of a finite space is left, the search ends:
    /// <see cref="Study.TryAsk"/> returns null.
    /// </summary>
    Skip,
}

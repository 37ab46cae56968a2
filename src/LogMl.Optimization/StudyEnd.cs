namespace LogMl.Optimization;

/// <summary>How a search ended.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Description">The reason in words, with its numbers.</param>
public sealed record StudyEnd(StopReason Reason, string Description)
{
    /// <summary>
    /// The first exception of the objective that <see cref="OptimizeOptions.Catch"/> accepted as the failure of a trial; null if there was
    /// none.
    /// </summary>
    public Exception? FirstException { get; init; }
}

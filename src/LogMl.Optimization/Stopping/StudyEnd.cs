namespace LogMl.Optimization.Stopping;

/// <summary>How a search ended.</summary>
/// <param name="Reason">Which criterion ended it.</param>
/// <param name="Description">The same in words, with the numbers that decided.</param>
public sealed record StudyEnd(StopReason Reason, string Description)
{
    /// <summary>
    /// The first exception of an objective that <see cref="OptimizeOptions.Catch"/> took for a failed trial; null when there was none.
    /// </summary>
    public Exception? FirstException { get; init; }
}

namespace LogMl.Host.Search;

/// <summary>The speed of a search and its remaining time. A running trial counts in proportion to its age.</summary>
/// <param name="TrialsPerSecond">Trials per second; null while nothing is known.</param>
/// <param name="Left">The time until all trials have ended; null when it cannot be estimated.</param>
internal readonly record struct Pace(double? TrialsPerSecond, TimeSpan? Left)
{
    /// <summary>
    /// A trial is overdue when it takes this many times longer than the longest one before. It may never end, so no remaining time is given
    /// then.
    /// </summary>
    private const double OverdueFactor = 2;

    /// <summary>A trial that is younger than this is never overdue.</summary>
    private static readonly TimeSpan MinOverdue = TimeSpan.FromSeconds(5);

    /// <param name="running">The trials of this process.</param>
    /// <param name="done">
    /// The number of trials of the study that have ended since this search began, in this and in other processes.
    /// </param>
    /// <param name="left">The number of trials that have not ended.</param>
    public static Pace Of(RunningTrials.Snapshot running, int done, int left)
    {
        if (done <= 0 || running.SinceBegin <= TimeSpan.Zero)
        {
            return default;
        }

        var inFlight = running.MeanDuration is { } mean && mean > TimeSpan.Zero ? running.Ages.Sum(age => Math.Min(age / mean, 1)) : 0;
        var perSecond = (done + inFlight) / running.SinceBegin.TotalSeconds;
        var isOverdue = running.MeanDuration is not null && running.Oldest is { } oldest && oldest > MinOverdue
            && oldest > OverdueFactor * running.LongestDuration;
        var remaining = left - inFlight;

        // When all remaining trials already run longer than usual, nothing can be estimated.
        return new Pace(perSecond, isOverdue || remaining <= 0 ? null : Seconds(remaining / perSecond));
    }

    /// <summary>Null when a time span cannot hold the time.</summary>
    private static TimeSpan? Seconds(double seconds) => seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
}

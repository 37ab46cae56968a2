namespace LogMl.Host.Search;

/// <summary>How fast a search is, and how long it will still take. Trials in flight count for the part that they have presumably done.</summary>
/// <param name="TrialsPerSecond">Null while nothing is known.</param>
/// <param name="Left">The time until all trials are over; null when that cannot be told.</param>
internal readonly record struct Pace(double? TrialsPerSecond, TimeSpan? Left)
{
    /// <summary>A trial that takes so many times longer than the longest before may never end: then no time is promised.</summary>
    private const double Overdue = 2;

    /// <summary>Less than this is no reason to doubt.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="running">The trials of this process.</param>
    /// <param name="done">The number of trials of the study that have ended since this search began, in this and in other processes.</param>
    /// <param name="left">The number of trials that have not ended.</param>
    public static Pace Of(RunningTrials.Snapshot running, int done, int left)
    {
        if (done <= 0 || running.SinceFirstStart <= TimeSpan.Zero)
        {
            return default;
        }

        var inFlight = running.MeanDuration is { } mean && mean > TimeSpan.Zero ? running.Ages.Sum(age => Math.Min(age / mean, 1)) : 0;
        var perSecond = (done + inFlight) / running.SinceFirstStart.TotalSeconds;
        var isOverdue = running.MeanDuration is not null && running.Oldest is { } oldest && oldest > Patience && oldest > Overdue * running.LongestDuration;
        var remaining = left - inFlight;

        // Once all that is left runs for longer than usual, nothing is known.
        return new Pace(perSecond, isOverdue || remaining <= 0 ? null : Seconds(remaining / perSecond));
    }

    /// <summary>What is longer than a time span can hold is as good as never.</summary>
    private static TimeSpan? Seconds(double seconds) => seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
}

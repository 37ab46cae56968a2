namespace LogMl.Shared.Progress;

/// <summary>
/// The progress in a log: a line for each new best trial and for the last trial. The other trials share lines, at most one a second, and
/// less and less often: after five minutes, every half minute. When no trial ends, a line every half minute shows that the search still
/// runs.
/// </summary>
/// <param name="elapsed">Returns the time since the start of the search.</param>
internal sealed class ProgressLines(Func<TimeSpan> elapsed)
{
    private const int LinesPerElapsedTime = 10;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan? _last;
    private int? _bestTrial;
    private int? _finished;
    private TrialProgress? _failed;

    /// <summary>The line that is due; null when enough has been shown lately.</summary>
    public string? Next(TrialProgress progress)
    {
        // A failure whose own line is left out is shown in the next line.
        _failed = progress.Failure is not null ? progress : _failed;
        if (!IsDue(progress, elapsed()))
        {
            return null;
        }

        (_last, _bestTrial, _finished) = (elapsed(), progress.BestTrial, progress.Finished);
        var line = _failed is null ? progress.Line : progress.LineWith(_failed.Failure);
        _failed = null;
        return line;
    }

    private bool IsDue(TrialProgress progress, TimeSpan now)
    {
        if (progress.Finished == _finished || progress.Finished == 0)
        {
            return now - (_last ?? TimeSpan.Zero) >= Longest;
        }

        var interval = new TimeSpan(Math.Min(Math.Max(now.Ticks / LinesPerElapsedTime, Shortest.Ticks), Longest.Ticks));
        return _last is not { } last || progress.BestTrial != _bestTrial || progress.IsLast || now - last >= interval;
    }
}

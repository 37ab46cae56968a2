using System.Diagnostics;
using LogMl.Optimization;

namespace LogMl.Host.Search;

/// <summary>Tells how far the search is: at most ten times a second, but always the first trial, every better one, and the last.</summary>
/// <param name="events">Who is told.</param>
/// <param name="before">The number of trials that were finished before this call.</param>
/// <param name="total">The number of trials that there shall be.</param>
internal sealed class ProgressReporter(HostEvents events, int before, int total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan? _last;
    private int? _bestTrial;

    /// <param name="finished">The number of finished trials of the study.</param>
    /// <param name="best">The best of them.</param>
    /// <param name="state">What became of the last one: complete, pruned or failed.</param>
    public void Finished(int finished, (int Number, Trial Trial)? best, string state)
    {
        var now = _elapsed.Elapsed;
        var isBetter = best?.Number != _bestTrial;
        if (_last is { } last && now - last < Interval && !isBetter && finished < total)
        {
            return;
        }

        _last = now;
        _bestTrial = best?.Number;
        var rate = (finished - before) / Math.Max(now.TotalSeconds, 1e-9);
        events.Progress(finished, total, best?.Trial.Loss, best?.Number, rate, rate > 0 ? (total - finished) / rate : null, state);
    }
}

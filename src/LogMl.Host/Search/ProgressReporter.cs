using System.Diagnostics;
using LogMl.Optimization;

namespace LogMl.Host.Search;

/// <summary>Tells how far the search is: at most ten times a second, but always the first trial, every better one, and the last.</summary>
internal sealed class ProgressReporter(HostEvents events, int total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan? _last;
    private int? _bestTrial;

    public void Finished(int finished, Trial? best, bool failed)
    {
        var now = _elapsed.Elapsed;
        var isBetter = best?.Number != _bestTrial;
        if (_last is { } last && now - last < Interval && !isBetter && finished < total)
        {
            return;
        }

        _last = now;
        _bestTrial = best?.Number;
        var rate = finished / Math.Max(now.TotalSeconds, 1e-9);
        events.Progress(finished, total, best?.Loss, best?.Number, rate, (total - finished) / rate, failed);
    }
}

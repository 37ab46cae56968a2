using System.Diagnostics;

namespace LogMl.Host.Search;

/// <summary>How long the folds of a trial have run. Any thread may use it.</summary>
internal sealed class FoldTimes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _running = [];
    private readonly Dictionary<int, TimeSpan> _ended = [];

    /// <summary>A fold starts, perhaps again. Then its earlier run does not count any more.</summary>
    public void Start(int fold)
    {
        lock (_lock)
        {
            _ended.Remove(fold);
            _running[fold] = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>A fold has ended.</summary>
    public void End(int fold)
    {
        lock (_lock)
        {
            if (_running.Remove(fold, out var started))
            {
                _ended[fold] = Stopwatch.GetElapsedTime(started);
            }
        }
    }

    /// <summary>
    /// How long a fold and those before it have run together: the time that the trial would have taken up to here with one worker.
    /// </summary>
    public TimeSpan UpTo(int fold)
    {
        lock (_lock)
        {
            var ticks = _ended.Where(ended => ended.Key <= fold).Sum(ended => ended.Value.Ticks)
                + _running.Where(running => running.Key <= fold).Sum(running => Stopwatch.GetElapsedTime(running.Value).Ticks);
            return TimeSpan.FromTicks(ticks);
        }
    }
}

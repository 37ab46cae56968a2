using System.Diagnostics;
using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host.Workers;

/// <summary>
/// Watches over one trial, on a thread of its own: when the trial exceeds a limit, the worker is asked to cancel it, and ended when that does not help.
/// After <see cref="Dispose"/> nothing happens any more: the next trial of the worker is not touched.
/// </summary>
internal sealed class TrialWatch : IDisposable
{
    /// <summary>What a trial that was asked to end gets to do so.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The wait for an event cannot be longer; nobody notices that a trial may run so long at least.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>What has taken half as much again in spite of the limit is not asked: it would have the machine's memory before it answers.</summary>
    private const double FarBeyond = 1.5;

    private readonly TrialLimits _limits;
    private readonly Func<long> _memory;
    private readonly Action _cancel;
    private readonly Action _kill;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ManualResetEventSlim _over = new();
    private readonly Thread _thread;

    /// <param name="limits">The limits, one of them at least.</param>
    /// <param name="memory">Measures the resident memory.</param>
    /// <param name="cancel">Asks the worker to cancel the trial.</param>
    /// <param name="kill">Ends the worker.</param>
    public TrialWatch(TrialLimits limits, Func<long> memory, Action cancel, Action kill)
    {
        _limits = limits;
        _memory = memory;
        _cancel = cancel;
        _kill = kill;
        _thread = new Thread(Watch) { Name = "Limits of a trial", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What was exceeded, in words; null when nothing was.</summary>
    public string? Exceeded { get; private set; }

    /// <summary>Whether it was the memory, of which the worker may hold as much in the next trial.</summary>
    public bool IsMemoryExceeded { get; private set; }

    /// <summary>Whether the worker was ended.</summary>
    public bool HasKilled { get; private set; }

    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Watch()
    {
        var (used, isLate) = (0L, false);
        while (!isLate && !(used > _limits.Memory))
        {
            if (_over.Wait(NextWait()))
            {
                return;
            }

            used = Measure();
            isLate = Stopwatch.GetElapsedTime(_started) >= _limits.Timeout;
        }

        IsMemoryExceeded = used > _limits.Memory;
        Exceeded = IsMemoryExceeded
            ? $"the trial took {MemorySize.Show(used)} of memory, more than trial_memory ({MemorySize.Show(_limits.Memory!.Value)})"
            : string.Create(CultureInfo.InvariantCulture, $"the trial took longer than trial_timeout ({_limits.Timeout!.Value.TotalSeconds:0.###} s)");
        if (!IsFarBeyond(used))
        {
            _cancel();
            if (HasEndedInGrace())
            {
                return;
            }
        }

        HasKilled = true;
        _kill();
    }

    private TimeSpan NextWait()
    {
        if (_limits.Memory is not null)
        {
            return MemoryInterval;
        }

        var left = _limits.Timeout!.Value - Stopwatch.GetElapsedTime(_started);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left + TimeSpan.FromMilliseconds(1) : LongestWait;
    }

    private bool HasEndedInGrace()
    {
        var asked = Stopwatch.GetTimestamp();
        while (!_over.Wait(MemoryInterval))
        {
            if (Stopwatch.GetElapsedTime(asked) >= GracePeriod || IsFarBeyond(Measure()))
            {
                return false;
            }
        }

        return true;
    }

    private long Measure() => _limits.Memory is null ? 0 : _memory();

    private bool IsFarBeyond(long used) => used > FarBeyond * _limits.Memory;
}

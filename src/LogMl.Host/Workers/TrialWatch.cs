using System.Diagnostics;
using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host.Workers;

/// <summary>
/// Enforces the limits of one run, on a thread of its own. When it exceeds a limit, or is abandoned, the worker is asked to cancel it, and
/// is ended when that does not help. After <see cref="Dispose"/> nothing happens any more, so that the next run of the worker is not
/// affected.
/// </summary>
internal sealed class TrialWatch : IDisposable
{
    /// <summary>The time that a cancelled trial has to end.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest possible wait for an event. It is too long to matter.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>
    /// A trial that uses this multiple of its memory limit is ended without being asked: it could use up the machine's memory before it
    /// answers.
    /// </summary>
    private const double KillFactor = 1.5;

    private readonly TrialRun _run;
    private readonly TrialLimits _limits;
    private readonly Func<long> _memory;
    private readonly Action _cancel;
    private readonly Action _kill;
    private readonly ManualResetEventSlim _over = new();
    private readonly Thread _thread;

    /// <param name="run">The run.</param>
    /// <param name="memory">Measures the resident memory.</param>
    /// <param name="cancel">Sends the request to cancel the trial.</param>
    /// <param name="kill">Ends the worker.</param>
    public TrialWatch(TrialRun run, Func<long> memory, Action cancel, Action kill)
    {
        _run = run;
        _limits = run.Limits;
        _memory = memory;
        _cancel = cancel;
        _kill = kill;
        _thread = new Thread(Watch) { Name = "Limits of a trial", IsBackground = true };
        _thread.Start();
    }

    /// <summary>A description of the limit that was exceeded; null when none was, or the run was abandoned before.</summary>
    public string? Exceeded { get; private set; }

    /// <summary>Whether it was the memory limit. The worker may still hold that memory in the next trial.</summary>
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
        while (!isLate && !(used > _limits.Memory) && !_run.Abandon.IsCancellationRequested)
        {
            if (WaitHandle.WaitAny([_over.WaitHandle, _run.Abandon.WaitHandle], NextWait()) == 0)
            {
                return;
            }

            used = Measure();
            isLate = _run.TimeTaken >= _limits.Timeout;
        }

        IsMemoryExceeded = used > _limits.Memory;
        Exceeded = !IsMemoryExceeded && !isLate ? null : IsMemoryExceeded
            ? $"the trial took {MemorySize.Show(used)} of memory, more than trial_memory ({MemorySize.Show(_limits.Memory!.Value)})"
            : string.Create(
                CultureInfo.InvariantCulture, $"the trial took longer than trial_timeout ({_limits.Timeout!.Value.TotalSeconds:0.###} s)");
        if (!IsFarBeyondLimit(used))
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

        if (_limits.Timeout is not { } limit)
        {
            return Timeout.InfiniteTimeSpan;
        }

        // The time taken may go faster from now on, so that the limit is reached by and by.
        var left = (limit - _run.TimeTaken) / _run.Speed;
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left + TimeSpan.FromMilliseconds(1) : LongestWait;
    }

    private bool HasEndedInGrace()
    {
        var asked = Stopwatch.GetTimestamp();
        while (!_over.Wait(MemoryInterval))
        {
            if (Stopwatch.GetElapsedTime(asked) >= GracePeriod || IsFarBeyondLimit(Measure()))
            {
                return false;
            }
        }

        return true;
    }

    private long Measure() => _limits.Memory is null ? 0 : _memory();

    private bool IsFarBeyondLimit(long used) => used > KillFactor * _limits.Memory;
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LogMl.Host.Search;

/// <summary>Why a run ends before its work is done.</summary>
internal enum StopReason
{
    None,

    /// <summary>Ctrl-C, SIGTERM, or the build that the host belongs to is gone.</summary>
    Cancelled,

    /// <summary>The time is over.</summary>
    Timeout,

    /// <summary>Something went wrong that no further trial can mend.</summary>
    Broken,
}

/// <summary>Everything that can end a run early, as one token. A second Ctrl-C ends the process at once; the workers notice that by themselves.</summary>
internal sealed class StopSignal : IDisposable
{
    private static readonly TimeSpan ParentInterval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _source = new();
    private readonly List<IDisposable> _registrations = [];
    private int _reason;
    private int _signals;

    public StopSignal(HostOptions options)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        if (options.ParentProcess is { } parent)
        {
            _registrations.Add(new Timer(_ => CheckParent(parent), null, ParentInterval, ParentInterval));
        }
    }

    public CancellationToken Token => _source.Token;

    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>Starts the clock of the search.</summary>
    public void StopAfter(TimeSpan limit)
    {
        // A timer cannot wait for longer than 49 days; nobody notices that the search runs so long at least.
        var longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
        _registrations.Add(new Timer(_ => Stop(StopReason.Timeout), null, limit < longest ? limit : longest, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Stops the run; the first reason counts.</summary>
    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) == (int)StopReason.None)
        {
            _source.Cancel();
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            Environment.Exit(ExitCodes.Cancelled);
        }

        Stop(StopReason.Cancelled);
    }

    private void CheckParent(int parent)
    {
        try
        {
            using var process = Process.GetProcessById(parent);
            if (!process.HasExited)
            {
                return;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // There is no such process any more.
        }

        Stop(StopReason.Cancelled);
    }
}

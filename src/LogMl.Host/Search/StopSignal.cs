using System.Diagnostics;
using System.Runtime.InteropServices;
using LogMl.Shared.Requests;

namespace LogMl.Host.Search;

/// <summary>Why a run ends early.</summary>
internal enum StopReason
{
    None,

    /// <summary>Ctrl-C, SIGTERM, or the build that the host belongs to is gone.</summary>
    Cancelled,

    /// <summary>The time limit was reached.</summary>
    Timeout,

    /// <summary>An error that further trials cannot recover from.</summary>
    Broken,
}

/// <summary>
/// Combines everything that can end a run early into one token. A second Ctrl-C ends the process at once; the workers notice that by
/// themselves.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    /// <summary>
    /// A signal within this time of the first belongs to the same Ctrl-C: the terminal sends it to all processes, and MSBuild cancels its
    /// tasks too.
    /// </summary>
    private static readonly TimeSpan SameSignalWindow = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _source = new();
    private readonly List<IDisposable> _registrations = [];
    private int _reason;
    private volatile bool _isOpening;
    private readonly Lock _signalLock = new();
    private long? _firstSignal;

    public StopSignal(HostRequest request)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        var build = new BuildWatch(request.ParentProcess);
        _registrations.Add(new Timer(_ => StopWhenGone(build), null, WatchInterval, WatchInterval));
        _registrations.Add(build);
    }

    public CancellationToken Token => _source.Token;

    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>
    /// Opens what the search needs. Opening may wait for ever where no token has an effect. Nothing can be lost yet, so the process ends at
    /// once when its build is gone meanwhile.
    /// </summary>
    public T Open<T>(Func<T> open)
    {
        _isOpening = true;
        try
        {
            return open();
        }
        finally
        {
            _isOpening = false;
        }
    }

    /// <summary>Starts the time limit of the search.</summary>
    public void StopAfter(TimeSpan limit)
    {
        // A timer cannot wait longer than 49 days. A longer limit is cut to that.
        var longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
        _registrations.Add(new Timer(_ => Stop(StopReason.Timeout), null, limit < longest ? limit : longest, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Stops the run. The first reason counts.</summary>
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
        lock (_signalLock)
        {
            if (_firstSignal is { } first && Stopwatch.GetElapsedTime(first) > SameSignalWindow)
            {
                Environment.Exit(ExitCodes.Cancelled);
            }

            _firstSignal ??= Stopwatch.GetTimestamp();
        }

        Stop(StopReason.Cancelled);
    }

    private void StopWhenGone(BuildWatch build)
    {
        try
        {
            if (build.IsGone)
            {
                if (_isOpening)
                {
                    Environment.Exit(ExitCodes.Cancelled);
                }

                Stop(StopReason.Cancelled);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException)
        {
            // The run has ended meanwhile, so there is nothing to stop.
        }
    }
}

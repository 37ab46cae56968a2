using LogMl.Host.Workers;
using LogMl.Shared.Requests;

namespace LogMl.Host.Search;

/// <summary>The workers of a run that are alive. They are stopped when the run ends, however it ends.</summary>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>
    /// The time for the running trial to end by itself. The worker would wait longer, but only the host ends the processes that it has
    /// started.
    /// </summary>
    private static readonly TimeSpan UsualGracePeriod = TimeSpan.FromSeconds(2);

    /// <summary>The same for a host that joins a study: others wait for the trial, and a scheduler for the machine.</summary>
    private static readonly TimeSpan JoinedGracePeriod = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The number of failed starts of a worker in sequence after which the search ends. A worker that dies in its trials may be the trials'
    /// fault, but one that does not even start is not.
    /// </summary>
    private const int MaxFailedStarts = 3;

    /// <summary>
    /// The limit for starts that were killed from outside, as the system does when memory runs out. Such a start says nothing about whether
    /// the worker can start.
    /// </summary>
    private const int MaxKilledStarts = 100;

    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(50);

    private readonly HostRequest _request;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _registration;
    private readonly Lock _lock = new();
    private readonly List<WorkerProcess> _workers = [];
    private Timer? _killer;
    private string? _manifest;

    public WorkerTeam(HostRequest request, CancellationToken stop)
    {
        _request = request;
        _stop = stop;
        _registration = stop.Register(StopAll);
    }

    private TimeSpan GracePeriod => _request.Joining is null ? UsualGracePeriod : JoinedGracePeriod;

    /// <summary>Starts a worker.</summary>
    /// <exception cref="HostException">The worker did not start, or its manifest differs from that of the first worker.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public WorkerProcess Launch(int number)
    {
        var worker = WorkerProcess.Launch(_request, number, _stop);
        lock (_lock)
        {
            _workers.Add(worker);
        }

        RequireManifest(worker);

        // The run was stopped between the launch and the addition to the list, so nobody else stops this worker.
        if (_stop.IsCancellationRequested)
        {
            worker.Stop();
        }

        return worker;
    }

    /// <summary>Returns a worker that is alive: the given one, or a new one in its place.</summary>
    /// <param name="worker">The worker of the caller; null when it has none.</param>
    /// <param name="number">The number of the worker.</param>
    /// <exception cref="HostException">Several workers in sequence did not start.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public WorkerProcess EnsureAlive(WorkerProcess? worker, int number)
    {
        if (worker is { IsAlive: true })
        {
            return worker;
        }

        if (worker is not null)
        {
            Dismiss(worker);
        }

        var (failed, killed) = (0, 0);
        while (true)
        {
            try
            {
                return Launch(number);
            }
            catch (HostException exception) when (exception.IsFromOutside ? ++killed < MaxKilledStarts : ++failed < MaxFailedStarts)
            {
                // The machine may be short of memory or processes for a moment.
                _stop.WaitHandle.WaitOne(StartPause);
            }
        }
    }

    /// <summary>Starts a worker that runs no trials. The caller ends it, also when the run is stopped.</summary>
    /// <exception cref="HostException">As for <see cref="Launch"/>.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public WorkerProcess LaunchApart()
    {
        var worker = WorkerProcess.Launch(_request, -1, _stop);
        try
        {
            RequireManifest(worker);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Ends a worker. It gets the chance to end by itself first.</summary>
    public void Dismiss(WorkerProcess worker)
    {
        lock (_lock)
        {
            _workers.Remove(worker);
        }

        if (worker.IsAlive)
        {
            worker.Stop();
            worker.WaitForExit(GracePeriod);
        }

        worker.Dispose();
    }

    /// <summary>Ends all workers. Their output has been written when this returns.</summary>
    public void DismissAll()
    {
        var workers = Snapshot();
        Array.ForEach(workers, worker => worker.Stop());
        Array.ForEach(workers, Dismiss);
    }

    public void Dispose()
    {
        _registration.Dispose();
        _killer?.Dispose();
        DismissAll();
    }

    private void RequireManifest(WorkerProcess worker)
    {
        var manifest = worker.Manifest.GetRawText();
        lock (_lock)
        {
            if ((_manifest ??= manifest) != manifest)
            {
                throw new HostException(
                    HostErrors.Manifest,
                    "The project was rebuilt with other settings or another search space while the search was running. "
                    + "Start the search again.");
            }
        }
    }

    private void StopAll()
    {
        _killer = new Timer(_ => KillAll(), null, GracePeriod, Timeout.InfiniteTimeSpan);
        foreach (var worker in Snapshot())
        {
            worker.Stop();
        }
    }

    private void KillAll()
    {
        foreach (var worker in Snapshot())
        {
            worker.Kill();
        }
    }

    private WorkerProcess[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _workers];
        }
    }
}

using System.Globalization;
using System.Text.Json;
using LogMl.Host.Results;
using LogMl.Shared.Wire;

namespace LogMl.Host.Workers;

/// <summary>Waits for the first message of a worker, which says that it has loaded the user's assembly, or why it has not.</summary>
internal sealed class Greeting(ChildProcess process, WorkerConnection connection)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    /// <summary>The time limit for loading the assembly. Module initializers may take long, but not for ever.</summary>
    private static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(5);

    /// <summary>Waits for it.</summary>
    /// <param name="timeout">The time limit of the whole search. When it is shorter than the usual limit, it limits the start too.</param>
    /// <param name="stop">Stops the search.</param>
    /// <exception cref="HostException">The worker did not start, or refused the assembly.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped meanwhile.</exception>
    public WorkerMessage.Hello Await(TimeSpan? timeout, CancellationToken stop)
    {
        var limit = timeout < LoadLimit ? timeout.Value : LoadLimit;
        using var loading = new CancellationTokenSource(limit);
        using var ended = new CancellationTokenSource(StartLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(loading.Token, ended.Token, stop);
        process.WhenExited(() => CancelQuietly(ended));
        try
        {
            connection.WaitForWorker(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw loading.IsCancellationRequested ? NotLoaded(limit) : NotStarted();
        }

        process.FindGroup();

        // When the process ends, the pipe breaks, and the wait for the greeting ends.
        using var lateKill = loading.Token.Register(process.Kill);
        using var stopKill = stop.Register(process.Kill);
        try
        {
            return Accept(connection.Receive() ?? throw NoGreeting(limit, loading.Token, stop));
        }
        catch (JsonException)
        {
            throw EndedWhileLoading();
        }
    }

    private Exception NoGreeting(TimeSpan limit, CancellationToken late, CancellationToken stop) =>
        stop.IsCancellationRequested ? new OperationCanceledException(stop)
        : late.IsCancellationRequested ? NotLoaded(limit)
        : EndedWhileLoading();

    private static HostException NotLoaded(TimeSpan limit)
    {
        const string Cause = "its module initializers do less, or find out what they wait for";
        return limit < LoadLimit
            ? new HostException(
                HostErrors.NoTrialInTime,
                string.Create(CultureInfo.InvariantCulture, $"The time was over before the built assembly was loaded (HyperOptTimeout is "
                    + $"{limit.TotalSeconds:0.###} s), so that no trial began. Let {Cause}; or raise HyperOptTimeout."))
            : new HostException(
                HostErrors.WorkerDoesNotStart,
                string.Create(CultureInfo.InvariantCulture, $"The built assembly was not loaded within {LoadLimit.TotalMinutes:0} minutes. "
                    + $"Let {Cause}."));
    }

    private WorkerMessage.Hello Accept(WorkerMessage greeting)
    {
        switch (greeting)
        {
            case WorkerMessage.Refused(var message, var stack):
                throw new HostException(HostErrors.WorkerDoesNotStart, new TrialFailure(null, "", message, "").Summary)
                {
                    Detail = stack,
                    Place = SourcePlace.OfStack(stack),
                };
            case WorkerMessage.Hello hello when hello.Protocol != ProtocolVersions.Pipe:
                throw new HostException(
                    HostErrors.WorkerDoesNotStart,
                    "The LogMl.dll that the project was compiled with is of another version than the tools of LogMl.Sdk. "
                    + "Rebuild the project.");
            case WorkerMessage.Hello hello:
                return hello;
            default:
                throw EndedWhileLoading();
        }
    }

    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The wait for the greeting has ended.
        }
    }

    private HostException NotStarted() => process.Refused(_ => "The worker process for the built assembly did not start");

    /// <summary>The worker has connected, so it had started.</summary>
    private HostException EndedWhileLoading() => process.Refused(byItself =>
        "The worker process ended while it loaded the built assembly"
        + (byItself ? ", as it does when a module initializer or a static constructor calls Environment.Exit" : ""));
}

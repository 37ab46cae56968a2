namespace LogMl.Optimization.Running;

/// <summary>Wakes those who wait until some trial has ended.</summary>
internal sealed class EndSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>The next end. Take it before the question whose answer an end may change, so that none is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, New()).SetResult();

    /// <summary>Blocks until the end has come, the time is over or the token is cancelled.</summary>
    public static void Wait(Task next, TimeSpan time, CancellationToken cancellation) =>
        WaitHandle.WaitAny([cancellation.WaitHandle, ((IAsyncResult)next).AsyncWaitHandle], time);

    /// <summary>The same without blocking a thread.</summary>
    public static async Task WaitAsync(Task next, TimeSpan time, CancellationToken cancellation) =>
        await next.WaitAsync(time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

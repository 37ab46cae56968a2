namespace LogMl;

/// <summary>The trial that this worker runs now.</summary>
internal sealed class RunningTrial(TrialRequest request, HostConnection connection, CancellationToken stop) : ITrial
{
    public int Number => request.Number;

    public long Seed => request.Seed;

    public string Directory => request.Directory;

    public CancellationToken CancellationToken => stop;

    public void Report(double value, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        connection.Send(WorkerMessage.Report(request.Number, step, value));
    }
}

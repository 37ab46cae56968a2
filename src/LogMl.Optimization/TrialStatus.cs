namespace LogMl.Optimization;

/// <summary>
/// What has become of a trial. It is replaced as a whole, so that a thread that reads a trial while another one tells it sees either a running
/// trial or all of its result.
/// </summary>
internal sealed record TrialStatus(
    TrialState State, IReadOnlyList<double> Objectives, IReadOnlyList<double> Constraints, int? ReusedTrial)
{
    public static readonly TrialStatus Running = new(TrialState.Running, [], [], null);
}

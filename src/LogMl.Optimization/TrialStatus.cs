namespace LogMl.Optimization;

/// <summary>
/// The state of a trial with its result. It is replaced as a whole, so that a thread that reads a trial while another one tells it sees
/// either a running trial or the complete result.
/// </summary>
internal sealed record TrialStatus(
    TrialState State, IReadOnlyList<double> Objectives, IReadOnlyList<double> Constraints, int? ReusedTrial)
{
    public static readonly TrialStatus Running = new(TrialState.Running, [], [], null);
}

using LogMl.Shared;

namespace LogMl.Tool.Kubernetes;

/// <summary>
/// What a Job does when a worker has ended: the podFailurePolicy. Each exit code of a worker but the one for success has one action. A code
/// that is no worker's own, as 137 of one that had no memory left, counts as Kubernetes counts it.
/// </summary>
internal static class RestartRules
{
    /// <summary>A pod is started in its place, and no attempt counts.</summary>
    public const string Ignore = "Ignore";

    /// <summary>A pod is started in its place, as long as there are attempts left.</summary>
    public const string Count = "Count";

    /// <summary>No pod is started in its place. The others go on.</summary>
    public const string FailIndex = "FailIndex";

    /// <summary>All pods end.</summary>
    public const string FailJob = "FailJob";

    /// <summary>The rules, of which the first that fits counts. The API server wants the codes of a rule in ascending order.</summary>
    public static IReadOnlyList<RestartRule> All { get; } =
    [
        new(FailJob, [WorkerExitCodes.Usage], "a wrong option, or a bundle that does not fit the study: no other pod would do better"),
        new(FailIndex, [WorkerExitCodes.Failed], "the search has failed; the log of the pod says why"),
        new(Count, [WorkerExitCodes.TryAgain], "the database cannot be reached: again later, after a growing delay"),
        new(Ignore, [WorkerExitCodes.Interrupted, WorkerExitCodes.Terminated], "somebody has ended it; its trials were given back"),
    ];
}

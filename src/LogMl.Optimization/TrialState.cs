namespace LogMl.Optimization;

/// <summary>Whether a trial runs, or how it ended.</summary>
public enum TrialState
{
    /// <summary>Asked, not yet told.</summary>
    Running,

    /// <summary>Told with finite values of all objectives.</summary>
    Complete,

    /// <summary>Ended early, because its reports were not good enough.</summary>
    Pruned,

    /// <summary>Told as failed, or told with an objective that is not finite.</summary>
    Failed,
}

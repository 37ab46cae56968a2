namespace LogMl.Optimization;

/// <summary>Where a trial is in its life.</summary>
public enum TrialState
{
    /// <summary>Asked, not yet told.</summary>
    Running,

    /// <summary>Told with finite values of all objectives.</summary>
    Complete,

    /// <summary>Given up before its end, because what it had reported was not good enough.</summary>
    Pruned,

    /// <summary>Told to have failed, or told with a value that is not finite.</summary>
    Failed,
}

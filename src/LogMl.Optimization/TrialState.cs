namespace LogMl.Optimization;

/// <summary>Where a trial is in its life.</summary>
public enum TrialState
{
    /// <summary>Asked, not yet told.</summary>
    Running,

    /// <summary>Told with a finite loss.</summary>
    Complete,

    /// <summary>Told to have failed, or told with a loss that is not finite.</summary>
    Failed,
}

namespace LogMl.Optimization.Pruning;

/// <summary>The options of Hyperband. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record HyperbandOptions
{
    /// <summary>The step of the first rung of the first bracket (min_resource). At least 1.</summary>
    public int MinResource { get; init; } = 1;

    /// <summary>
    /// The number of steps of a whole trial (max_resource); at least <see cref="MinResource"/>. Null takes the longest complete trial; then
    /// no trial is pruned before one is complete.
    /// </summary>
    public int? MaxResource { get; init; }

    /// <summary>At each rung, one in this many trials goes on (reduction_factor). At least 2.</summary>
    public int ReductionFactor { get; init; } = 3;

    /// <summary>
    /// A trial is pruned at a rung that at most this number of trials of its bracket have reached, itself included (bootstrap_count). At
    /// least 0; 0 if <see cref="MaxResource"/> is null.
    /// </summary>
    public int BootstrapCount { get; init; }

    internal void Validate()
    {
        Require.AtLeast(MinResource, 1, nameof(MinResource));
        Require.AtLeast(MaxResource ?? MinResource, MinResource, nameof(MaxResource));
        Require.AtLeast(ReductionFactor, 2, nameof(ReductionFactor));
        Require.AtLeast(BootstrapCount, 0, nameof(BootstrapCount));
        if (BootstrapCount > 0 && MaxResource is null)
        {
            throw new ArgumentException(
                "BootstrapCount > 0 needs a MaxResource: otherwise it would begin in the middle of the search.", nameof(BootstrapCount));
        }
    }
}

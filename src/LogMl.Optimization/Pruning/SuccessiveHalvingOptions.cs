namespace LogMl.Optimization.Pruning;

/// <summary>The options of successive halving. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record SuccessiveHalvingOptions
{
    /// <summary>
    /// The base of the steps of the rungs (min_resource): rung k is at MinResource * ReductionFactor^(MinEarlyStoppingRate + k). At least
    /// 1. Null takes a hundredth of the longest complete trial; then no trial is pruned before one is complete.
    /// </summary>
    public int? MinResource { get; init; }

    /// <summary>At each rung, one in this many trials goes on (reduction_factor). At least 2.</summary>
    public int ReductionFactor { get; init; } = 4;

    /// <summary>The number of rungs that are left out at the beginning (min_early_stopping_rate). At least 0.</summary>
    public int MinEarlyStoppingRate { get; init; }

    /// <summary>
    /// A trial is pruned at a rung that at most this number of trials have reached, itself included (bootstrap_count). At least 0; 0 if
    /// <see cref="MinResource"/> is null.
    /// </summary>
    public int BootstrapCount { get; init; }

    internal void Validate()
    {
        Require.AtLeast(MinResource ?? 1, 1, nameof(MinResource));
        Require.AtLeast(ReductionFactor, 2, nameof(ReductionFactor));
        Require.AtLeast(MinEarlyStoppingRate, 0, nameof(MinEarlyStoppingRate));
        Require.AtLeast(BootstrapCount, 0, nameof(BootstrapCount));
        if (BootstrapCount > 0 && MinResource is null)
        {
            throw new ArgumentException(
                "BootstrapCount > 0 needs a MinResource: otherwise every trial would be given up, and none would ever be complete.",
                nameof(BootstrapCount));
        }
    }
}

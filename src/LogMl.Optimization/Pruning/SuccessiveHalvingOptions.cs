namespace LogMl.Optimization.Pruning;

/// <summary>The options of successive halving. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record SuccessiveHalvingOptions
{
    /// <summary>
    /// The number of steps of the first rung (min_resource): rung k is at MinResource * ReductionFactor^(MinEarlyStoppingRate + k). At
    /// least 1. Null for a hundredth of the longest complete trial; then no trial is given up before one is complete.
    /// </summary>
    public int? MinResource { get; init; }

    /// <summary>One of so many trials goes on at each rung (reduction_factor). At least 2.</summary>
    public int ReductionFactor { get; init; } = 4;

    /// <summary>How many rungs are left out at the beginning (min_early_stopping_rate). Not negative.</summary>
    public int MinEarlyStoppingRate { get; init; }

    /// <summary>
    /// A trial is given up at a rung that not more than so many have reached, itself included, so that they wait for something to compare
    /// with (bootstrap_count). Not negative; 0 when <see cref="MinResource"/> is null.
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

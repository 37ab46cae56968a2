namespace LogMl.Optimization.Pruning;

/// <summary>The options of the threshold pruner. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record ThresholdOptions
{
    /// <summary>The step before which no trial is pruned (n_warmup_steps). At least 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>
    /// The pruner decides about a trial once in this number of steps, counted from the warm-up (interval_steps). At least 1.
    /// </summary>
    public int IntervalSteps { get; init; } = 1;

    internal CheckInterval Interval => new(WarmupSteps, IntervalSteps);
}

namespace LogMl.Optimization.Pruning;

/// <summary>The options of the median and the percentile pruner. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record PercentileOptions
{
    /// <summary>The number of complete trials before which no trial is pruned (n_startup_trials). At least 0.</summary>
    public int StartupTrials { get; init; } = 5;

    /// <summary>The step before which no trial is pruned (n_warmup_steps). At least 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>
    /// The pruner decides about a trial once in this number of steps, counted from the warm-up (interval_steps). At least 1.
    /// </summary>
    public int IntervalSteps { get; init; } = 1;

    /// <summary>No trial is pruned at a step that fewer complete trials than this have reported (n_min_trials). At least 1.</summary>
    public int MinTrials { get; init; } = 1;

    internal CheckInterval Interval => new(WarmupSteps, IntervalSteps);

    internal void Validate()
    {
        Require.AtLeast(StartupTrials, 0, nameof(StartupTrials));
        Interval.Validate();
        Require.AtLeast(MinTrials, 1, nameof(MinTrials));
    }
}

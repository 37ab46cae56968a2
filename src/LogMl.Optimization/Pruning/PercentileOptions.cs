namespace LogMl.Optimization.Pruning;

/// <summary>The options of the median and the percentile pruner. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record PercentileOptions
{
    /// <summary>No trial is given up before so many are complete (n_startup_trials). Not negative.</summary>
    public int StartupTrials { get; init; } = 5;

    /// <summary>No trial is given up before this step (n_warmup_steps). Not negative.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>A trial is looked at once in so many steps, counted from the warm-up (interval_steps). At least 1.</summary>
    public int IntervalSteps { get; init; } = 1;

    /// <summary>No trial is given up at a step that fewer complete trials have reported (n_min_trials). At least 1.</summary>
    public int MinTrials { get; init; } = 1;

    internal CheckInterval Interval => new(WarmupSteps, IntervalSteps);

    internal void Validate()
    {
        Require.AtLeast(StartupTrials, 0, nameof(StartupTrials));
        Interval.Validate();
        Require.AtLeast(MinTrials, 1, nameof(MinTrials));
    }
}

namespace LogMl.Optimization.Pruning;

/// <summary>The options of the threshold pruner. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record ThresholdOptions
{
    /// <summary>No trial is given up before this step (n_warmup_steps). Not negative.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>A trial is looked at once in so many steps, counted from the warm-up (interval_steps). At least 1.</summary>
    public int IntervalSteps { get; init; } = 1;

    internal CheckInterval Interval => new(WarmupSteps, IntervalSteps);
}

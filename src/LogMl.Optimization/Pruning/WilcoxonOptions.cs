namespace LogMl.Optimization.Pruning;

/// <summary>The options of the Wilcoxon pruner. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record WilcoxonOptions
{
    /// <summary>The p-value of the test below which a trial is pruned (p_threshold); in [0, 1].</summary>
    public double PThreshold { get; init; } = 0.1;

    /// <summary>
    /// The number of steps in common with the best trial before which a trial is not pruned (n_startup_steps). At least 0.
    /// </summary>
    public int StartupSteps { get; init; } = 2;

    internal void Validate()
    {
        Require.InRange(PThreshold, 0, 1, nameof(PThreshold));
        Require.AtLeast(StartupSteps, 0, nameof(StartupSteps));
    }
}

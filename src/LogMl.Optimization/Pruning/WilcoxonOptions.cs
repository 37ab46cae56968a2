namespace LogMl.Optimization.Pruning;

/// <summary>The options of the Wilcoxon pruner. The defaults, and the names in brackets, are Optuna's.</summary>
public sealed record WilcoxonOptions
{
    /// <summary>
    /// The trial is given up when the test's p-value is below this (p_threshold). In [0, 1]; the smaller, the more certain it must be
    /// that the trial is worse.
    /// </summary>
    public double PThreshold { get; init; } = 0.1;

    /// <summary>No trial is given up before it has so many steps in common with the best one (n_startup_steps). Not negative.</summary>
    public int StartupSteps { get; init; } = 2;

    internal void Validate()
    {
        Require.InRange(PThreshold, 0, 1, nameof(PThreshold));
        Require.AtLeast(StartupSteps, 0, nameof(StartupSteps));
    }
}

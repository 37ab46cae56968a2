namespace LogMl.Optimization.Sampling;

/// <summary>The options of TPE as hyperopt has it. The defaults, and the names in brackets, are hyperopt's.</summary>
public sealed record HyperoptTpeOptions
{
    /// <summary>
    /// How many trials must be running or complete before the model is used; up to then points are random (n_startup_jobs). At least 0.
    /// </summary>
    public int StartupTrials { get; init; } = 20;

    /// <summary>
    /// The best ceil(Gamma * sqrt(N)) of N trials, at most <see cref="LinearForgetting"/>, count as good (gamma). Positive.
    /// </summary>
    public double Gamma { get; init; } = 0.25;

    /// <summary>
    /// How many candidates are drawn for each parameter, of which the best by the model is taken (n_EI_candidates). At least 1.
    /// </summary>
    public int Candidates { get; init; } = 24;

    /// <summary>The weight of the prior, in observations (prior_weight). Positive.</summary>
    public double PriorWeight { get; init; } = 1;

    /// <summary>How many of the newest observations have full weight; older ones fade linearly (LF). At least 1.</summary>
    public int LinearForgetting { get; init; } = 25;

    internal void Validate()
    {
        Require.AtLeast(StartupTrials, 0, nameof(StartupTrials));
        Require.Positive(Gamma, nameof(Gamma));
        Require.AtLeast(Candidates, 1, nameof(Candidates));
        Require.Positive(PriorWeight, nameof(PriorWeight));
        Require.AtLeast(LinearForgetting, 1, nameof(LinearForgetting));
    }
}

namespace LogMl.Optimization.Sampling;

/// <summary>The options of hyperopt's TPE. The defaults, and the names in brackets, are hyperopt's.</summary>
public sealed record HyperoptTpeOptions
{
    /// <summary>
    /// The number of running or complete trials from which on the model is used; before that, points are random (n_startup_jobs). At least
    /// 0.
    /// </summary>
    public int StartupTrials { get; init; } = 20;

    /// <summary>
    /// The best ceil(Gamma * sqrt(N)) of N trials, at most <see cref="LinearForgetting"/>, count as good (gamma). Positive.
    /// </summary>
    public double Gamma { get; init; } = 0.25;

    /// <summary>
    /// The number of candidates for each parameter (n_EI_candidates). The one with the best expected improvement is taken. At least 1.
    /// </summary>
    public int Candidates { get; init; } = 24;

    /// <summary>The weight of the prior, in observations (prior_weight). Positive.</summary>
    public double PriorWeight { get; init; } = 1;

    /// <summary>
    /// The number of the newest observations that have full weight; the weights of older ones decrease linearly (LF). At least 1.
    /// </summary>
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

namespace LogMl.Optimization.Sampling;

/// <summary>The options of the Gaussian process sampler.</summary>
public sealed record GpOptions
{
    /// <summary>How many trials are taken from a scrambled Sobol sequence before the process is asked. At least 1.</summary>
    public int StartupTrials { get; init; } = 16;

    /// <summary>
    /// How many points are looked at for each proposal, half of them drawn from the prior, half of them near the best trials. At least 1.
    /// </summary>
    public int Candidates { get; init; } = 400;

    /// <summary>From how many of these a local search starts. Not negative.</summary>
    public int LocalSearches { get; init; } = 4;

    /// <summary>
    /// By which share the trials grow before hyper-parameters are fitted again. Not negative: 0 fits for each proposal, which costs most of the
    /// time.
    /// </summary>
    public double RefitGrowth { get; init; } = 0.05;

    /// <summary>
    /// When the expected improvement is below this share of the distance between the median loss and the best, there is nothing left to
    /// gain where the process expects it, and it looks elsewhere: with shorter length scales for a larger gain, and where least is known. Not
    /// negative.
    /// </summary>
    public double SmallestImprovement { get; init; } = 1e-4;

    /// <summary>To how many trials hyper-parameters are fitted at most: the time for it grows with their third power. At least 2.</summary>
    public int FitObservations { get; init; } = 256;

    /// <summary>
    /// From how many complete trials the process learns at most: the better half are the best ones, the others spread over the rest. The
    /// memory for it grows with their square. At least 2.
    /// </summary>
    public int MaxObservations { get; init; } = 1000;

    internal void Validate()
    {
        Require.AtLeast(StartupTrials, 1, nameof(StartupTrials));
        Require.AtLeast(Candidates, 1, nameof(Candidates));
        Require.AtLeast(LocalSearches, 0, nameof(LocalSearches));
        Require.NotNegative(RefitGrowth, nameof(RefitGrowth));
        Require.NotNegative(SmallestImprovement, nameof(SmallestImprovement));
        Require.AtLeast(FitObservations, 2, nameof(FitObservations));
        Require.AtLeast(MaxObservations, 2, nameof(MaxObservations));
    }
}

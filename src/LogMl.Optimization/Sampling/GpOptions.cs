namespace LogMl.Optimization.Sampling;

/// <summary>The options of the Gaussian process sampler.</summary>
public sealed record GpOptions
{
    /// <summary>The number of initial trials, from a scrambled Sobol sequence, before the process proposes points. At least 1.</summary>
    public int StartupTrials { get; init; } = 16;

    /// <summary>
    /// The number of candidate points for each proposal: half are drawn from the prior, half lie near the best trials. At least 1.
    /// </summary>
    public int Candidates { get; init; } = 400;

    /// <summary>The number of candidates from which a local search of the acquisition function starts. At least 0.</summary>
    public int LocalSearches { get; init; } = 4;

    /// <summary>
    /// The relative growth of the number of trials after which the hyper-parameters are fitted again. At least 0. With 0 they are fitted
    /// for each proposal, which then takes most of the time.
    /// </summary>
    public double RefitGrowth { get; init; } = 0.05;

    /// <summary>
    /// The smallest expected improvement that is worth a trial, as a share of the distance between the median loss and the best loss. At
    /// least 0. Below it, the search explores: it uses shorter length scales to find a larger improvement, and points where the model is
    /// least certain.
    /// </summary>
    public double SmallestImprovement { get; init; } = 1e-4;

    /// <summary>
    /// The largest number of trials to which the hyper-parameters are fitted. The time of a fit grows with its third power. At least 2.
    /// </summary>
    public int FitObservations { get; init; } = 256;

    /// <summary>
    /// The largest number of complete trials on which the process is conditioned. Half of them are the best ones, the others are spread
    /// over the rest. The memory grows with its square. At least 2.
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

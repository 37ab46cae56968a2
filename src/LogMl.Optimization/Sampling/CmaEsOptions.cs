namespace LogMl.Optimization.Sampling;

/// <summary>The options of CMA-ES. The defaults are those of Hansen's tutorial.</summary>
public sealed record CmaEsOptions
{
    /// <summary>
    /// The trials of a generation of the first run (lambda); null for 4 + floor(3 ln n) with n free numbers. At least 4.
    /// </summary>
    public int? Population { get; init; }

    /// <summary>
    /// The first step size, in units in which a uniform prior has width 1 and any other prior the same standard deviation, 0.289.
    /// Positive. By default three steps lead from the middle of a uniform prior to its bounds, as Hansen recommends where the optimum may
    /// be anywhere.
    /// </summary>
    public double Sigma { get; init; } = 1.0 / 6;

    /// <summary>
    /// By how much the population grows when the search has converged and starts anew elsewhere (IPOP; A. Auger, N. Hansen, "A restart
    /// CMA evolution strategy with increasing population size", 2005). At least 1.
    /// </summary>
    public int PopulationGrowth { get; init; } = 2;

    internal void Validate()
    {
        Require.AtLeast(Population ?? 4, 4, nameof(Population));
        Require.Positive(Sigma, nameof(Sigma));
        Require.AtLeast(PopulationGrowth, 1, nameof(PopulationGrowth));
    }
}

namespace LogMl.Optimization.Sampling;

/// <summary>The options of CMA-ES. The defaults are those of Hansen's tutorial.</summary>
public sealed record CmaEsOptions
{
    /// <summary>
    /// The population size of the first run (lambda), at least 4; null for 4 + floor(3 ln n) with n free numeric parameters.
    /// </summary>
    public int? Population { get; init; }

    /// <summary>
    /// The initial step size; positive. Its unit is the width of a uniform prior; other priors are scaled to the same standard deviation,
    /// 0.289. By default, three steps lead from the centre of a uniform prior to its bounds, as Hansen recommends when the optimum may be
    /// anywhere.
    /// </summary>
    public double Sigma { get; init; } = 1.0 / 6;

    /// <summary>
    /// The factor by which the population grows at each restart, which follows when a run has converged (IPOP; A. Auger, N. Hansen, "A
    /// restart CMA evolution strategy with increasing population size", 2005). At least 1.
    /// </summary>
    public int PopulationGrowth { get; init; } = 2;

    internal void Validate()
    {
        Require.AtLeast(Population ?? 4, 4, nameof(Population));
        Require.Positive(Sigma, nameof(Sigma));
        Require.AtLeast(PopulationGrowth, 1, nameof(PopulationGrowth));
    }
}

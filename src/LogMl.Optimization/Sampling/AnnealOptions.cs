namespace LogMl.Optimization.Sampling;

/// <summary>The options of annealing. The defaults, and the names in brackets, are hyperopt's.</summary>
public sealed record AnnealOptions
{
    /// <summary>
    /// The mean rank of the trial around which annealing samples (avg_best_idx). Ranks count from 1 and are drawn from a geometric
    /// distribution. At least 1, which always takes the best trial.
    /// </summary>
    public double MeanRank { get; init; } = 2;

    /// <summary>
    /// How fast the neighbourhood shrinks (shrink_coef): its width is the width of the prior divided by 1 + Shrinking * T, where T is the
    /// number of observed values of the parameter. At least 0.
    /// </summary>
    public double Shrinking { get; init; } = 0.1;

    internal void Validate()
    {
        Require.Finite(MeanRank, nameof(MeanRank));
        Require.Finite(Shrinking, nameof(Shrinking));
        ArgumentOutOfRangeException.ThrowIfLessThan(MeanRank, 1, nameof(MeanRank));
        ArgumentOutOfRangeException.ThrowIfNegative(Shrinking, nameof(Shrinking));
    }
}

namespace LogMl.Optimization.Sampling;

/// <summary>The options of annealing. The defaults, and the names in brackets, are hyperopt's.</summary>
public sealed record AnnealOptions
{
    /// <summary>
    /// The mean rank, from 1, of the good trial around which is searched; ranks are drawn from a geometric distribution (avg_best_idx). At
    /// least 1, which always takes the best.
    /// </summary>
    public double MeanRank { get; init; } = 2;

    /// <summary>
    /// How fast the neighbourhood becomes narrower: its width is that of the prior divided by 1 + Shrinking * T with T values seen
    /// (shrink_coef). Not negative.
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

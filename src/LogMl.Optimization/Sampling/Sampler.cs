namespace LogMl.Optimization.Sampling;

/// <summary>
/// Proposes the points of a study. A sampler has no state: a proposal is a function of its options, its seed, and the trials of the study.
/// One sampler may serve several studies.
/// </summary>
public abstract class Sampler
{
    private protected Sampler(string algorithmId, long seed)
    {
        AlgorithmId = algorithmId;
        Seed = seed;
    }

    /// <summary>
    /// Names the algorithm and its version. Studies with the same id, options, seed, space and history get the same proposals; a
    /// change of any of the computations behind them changes the id.
    /// </summary>
    public string AlgorithmId { get; }

    /// <summary>The seed of all random numbers.</summary>
    public long Seed { get; }

    /// <summary>Begins to serve a study.</summary>
    /// <param name="history">The trials of the study, which grow while it runs.</param>
    /// <exception cref="ArgumentException">The sampler cannot search this space, or not with so many objectives.</exception>
    internal abstract Proposer CreateProposer(History history);

    private protected void RequireOneObjective(History history)
    {
        if (history.ObjectiveCount > 1)
        {
            throw new ArgumentException($"{AlgorithmId} optimizes one objective; the study has {history.ObjectiveCount}.");
        }
    }
}

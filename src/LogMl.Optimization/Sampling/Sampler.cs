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
    /// The name of the algorithm with its version. Studies with the same id, options, seed, space and history get the same proposals; any
    /// change of a computation that affects proposals changes the id.
    /// </summary>
    public string AlgorithmId { get; }

    /// <summary>The seed of all random numbers of the sampler.</summary>
    public long Seed { get; }

    /// <summary>Makes the proposer of a study.</summary>
    /// <param name="history">The trials of the study. More are added while it runs.</param>
    /// <exception cref="ArgumentException">The sampler does not support this space or this number of objectives.</exception>
    internal abstract Proposer CreateProposer(History history);

    private protected void RequireOneObjective(History history)
    {
        if (history.ObjectiveCount > 1)
        {
            throw new ArgumentException($"{AlgorithmId} optimizes one objective; the study has {history.ObjectiveCount}.");
        }
    }
}

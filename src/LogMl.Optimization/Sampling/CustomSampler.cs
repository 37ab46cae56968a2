using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Sampling;

/// <summary>
/// The base class of custom samplers. A sampler has no state: a proposal is a function of its options, its seed and the trials of the
/// study. So a study that is resumed continues as if it had never stopped.
/// </summary>
/// <remarks>
/// The study calls the sampler under its lock: one call at a time, and the trials do not change during a call. An exception reaches the
/// caller that asks for a trial, and no trial starts.
/// </remarks>
public abstract class CustomSampler : Sampler
{
    /// <summary>Creates the sampler.</summary>
    /// <param name="algorithmId">The name of the algorithm with its version, such as <c>my-search/1</c>; not empty.</param>
    /// <param name="seed">Any number; the same seed and the same history give the same points.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    protected CustomSampler(string algorithmId, long seed)
        : base(algorithmId, seed)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(algorithmId);
    }

    /// <summary>Checks a study before its first trial. Override it in a sampler that does not support every space.</summary>
    /// <param name="history">The study, without trials.</param>
    /// <exception cref="ArgumentException">
    /// The sampler does not support this space or this number of objectives. The exception reaches the caller that creates the study.
    /// </exception>
    protected virtual void CheckStudy(StudyHistory history)
    {
    }

    /// <summary>Whether there is another point to propose. False ends the search, as at the end of a grid.</summary>
    /// <param name="history">The trials so far.</param>
    /// <returns>True by default.</returns>
    protected virtual bool HasNext(StudyHistory history) => true;

    /// <summary>
    /// Proposes the point of a trial by setting values of its open parameters. Parameters that stay open are drawn from their
    /// distributions.
    /// </summary>
    /// <param name="proposal">The point, and the history of the study.</param>
    protected abstract void Propose(Proposal proposal);

    internal sealed override Proposer CreateProposer(History history)
    {
        CheckStudy(history.View);
        return new CustomProposer(this, history.View);
    }

    private sealed class CustomProposer(CustomSampler sampler, StudyHistory history) : Proposer
    {
        public override bool HasNext() => sampler.HasNext(history);

        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            var proposal = new Proposal(history, number, random, point);
            sampler.Propose(proposal);
            proposal.Close();
            RandomSampler.DrawMissing(history.Parameters, random, point);
        }
    }
}

using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Sampling;

/// <summary>
/// The base of a sampler of one's own. It has no state: a proposal is a function of its options, its seed, and the trials of the study, so
/// that a study which is resumed goes on as if it had never stopped.
/// </summary>
/// <remarks>The study calls it while it lets in nobody else: one call at a time, and the trials do not change meanwhile. An exception reaches whoever
/// asks for a trial; then none has begun.</remarks>
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

    /// <summary>Looks at a study before its first trial; for samplers that cannot search every space.</summary>
    /// <param name="history">The study, without trials.</param>
    /// <exception cref="ArgumentException">Thrown by the sampler when it cannot search this space, or not with so many objectives. It reaches
    /// whoever creates the study.</exception>
    protected virtual void CheckStudy(StudyHistory history)
    {
    }

    /// <summary>Whether there is another point to propose; false ends the search, as at the end of a grid.</summary>
    /// <param name="history">The trials so far.</param>
    /// <returns>By default true.</returns>
    protected virtual bool HasNext(StudyHistory history) => true;

    /// <summary>Proposes the point of a trial: sets values of its open parameters. What stays open is drawn from its distribution.</summary>
    /// <param name="proposal">The point, and what is known.</param>
    protected abstract void Propose(Proposal proposal);

    internal sealed override Proposer CreateProposer(History history)
    {
        CheckStudy(history.View);
        return new CustomProposer(this, history.View);
    }

    private sealed class CustomProposer(CustomSampler sampler, StudyHistory history) : Proposer
    {
        public override bool HasNext() => sampler.HasNext(history);

        public override void Propose(int number, RandomStream random, ParameterValues point)
        {
            var proposal = new Proposal(history, number, random, point);
            sampler.Propose(proposal);
            proposal.Close();
            RandomSampler.DrawMissing(history.Parameters, random, point);
        }
    }
}

using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Sampling;

/// <summary>
/// A sampler for one study. It may cache what it computes from the history, and nothing else: after the study has been stored and rebuilt,
/// its proposals are the same.
/// </summary>
internal abstract class Proposer
{
    /// <summary>Whether there is another point to propose. It is called before each proposal, except for enqueued points.</summary>
    public virtual bool HasNext() => true;

    /// <summary>Proposes the point of a trial.</summary>
    /// <param name="number">The number of the trial, which is the number of trials in the history.</param>
    /// <param name="attempt">
    /// How many points a search constraint has refused for this trial, from 0. A proposer whose points do not come from
    /// <paramref name="random"/> alone proposes another one for each attempt.
    /// </param>
    /// <param name="random">The random numbers of this trial. Each attempt draws further ones.</param>
    /// <param name="point">
    /// Receives the missing values. The values that it has are fixed or enqueued by the user, and stay. A value of a branch that is not
    /// chosen is ignored.
    /// </param>
    public abstract void Propose(int number, int attempt, RandomStream random, ParameterValues point);
}

using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Sampling;

/// <summary>
/// A sampler at work on one study. It may keep what it has computed from the history, but nothing that it could not compute again: a
/// proposal is the same after the study was stored and rebuilt.
/// </summary>
internal abstract class Proposer
{
    /// <summary>Whether there is another point to propose. Asked before each proposal that is not a point of the user.</summary>
    public virtual bool HasNext() => true;

    /// <summary>Proposes the point of a trial.</summary>
    /// <param name="number">The number of the trial, which is the number of trials in the history.</param>
    /// <param name="random">The random numbers of this trial.</param>
    /// <param name="point">Gets the values that it does not have yet. Those that it has, because the user fixed or enqueued them, stay; one of a
    /// branch that is not taken means nothing.</param>
    public abstract void Propose(int number, RandomStream random, ParameterValues point);
}

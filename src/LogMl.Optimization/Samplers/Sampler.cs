using LogMl.Optimization.Numerics;

namespace LogMl.Optimization;

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

    /// <summary>The point of the trial with the number <c>trials.Count</c>.</summary>
    internal ParameterValues Propose(Parameter[] parameters, IReadOnlyList<Trial> trials)
    {
        var random = new RandomStream(Seed, trials.Count);
        Proposal proposal = Prepare(trials);
        var point = new ParameterValues(parameters.Length);
        foreach (Parameter parameter in parameters)
        {
            if (point.ConditionHolds(parameter))
            {
                point[parameter.Index] = proposal(parameter, random);
            }
        }

        return point;
    }

    /// <summary>Looks at the history once for all parameters of a point.</summary>
    private protected abstract Proposal Prepare(IReadOnlyList<Trial> trials);

    /// <summary>The value of a parameter that exists at the point.</summary>
    private protected delegate double Proposal(Parameter parameter, RandomStream random);
}

using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.CmaEs;

/// <summary>
/// CMA-ES: every generation is drawn from a normal distribution that adapts to the ranks of the generations before (N. Hansen, "The CMA
/// evolution strategy: a tutorial", 2016), with restarts (IPOP), a margin for discrete numbers, and probabilities for options.
/// </summary>
/// <remarks>
/// <para>The distribution is a function of the trials: it is learnt from the values that were evaluated, whoever proposed them. While a
/// generation has running trials, further ones are drawn from the same distribution.</para>
/// <para>All branches together are one vector. A trial says nothing about the coordinates that it does not have: what was drawn there
/// is neither good nor bad. What is drawn outside of a bound is drawn again, then reflected.</para>
/// <para>Better is who is feasible and has the lower loss, then the lower violation, then the pruned, then the failed.</para>
/// </remarks>
internal sealed class CmaEsSampler : Sampler
{
    private readonly CmaEsOptions _options;

    public CmaEsSampler(long seed, CmaEsOptions options)
        : base(Samplers.CmaEsAlgorithmId, seed)
    {
        options.Validate();
        _options = options;
    }

    internal override Proposer CreateProposer(History history)
    {
        RequireOneObjective(history);
        return new CmaEsProposer(history, Seed, _options);
    }

    private sealed class CmaEsProposer(History history, long seed, CmaEsOptions options) : Proposer
    {
        private readonly Generations _generations = new(history);
        private EvolutionRuns? _runs;

        public override void Propose(int number, RandomStream random, ParameterValues point)
        {
            if (_runs is null || _generations.BeginAgainIfLate())
            {
                _runs = new EvolutionRuns(history, seed, options);
            }

            while (_generations.Close(_runs.Population) is { } members)
            {
                _runs.Learn(members, _generations.First);
            }

            double[] x = _runs.Draw(random);
            foreach (Parameter parameter in history.Parameters)
            {
                if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
                {
                    point[parameter.Index] = _runs.Value(parameter, x, random);
                }
            }
        }
    }
}

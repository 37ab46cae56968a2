using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.CmaEs;

/// <summary>
/// CMA-ES: every generation is drawn from a normal distribution that adapts to the ranks of the previous generations (N. Hansen, "The CMA
/// evolution strategy: a tutorial", 2016). It has restarts (IPOP), a margin for discrete numbers (CMA-ES with margin), and probabilities
/// for the options of choices (CatCMA).
/// </summary>
/// <remarks>
/// <para>The distribution is a function of the trials: it learns from all evaluated values, whoever proposed them. While a generation has
/// running trials, further ones are drawn from the same distribution.</para>
/// <para>The parameters of all branches form one vector. For a coordinate that a trial does not have, the drawn value stands in, which
/// biases the update in no direction. A point out of the bounds is drawn again a few times, and then reflected at the bounds.</para>
/// <para><see cref="TrialRanking"/> ranks the trials of a generation.</para>
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

        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            if (_runs is null || _generations.RestartIfLate())
            {
                _runs = new EvolutionRuns(history, seed, options);
            }

            while (_generations.Close(_runs.Population) is { } members)
            {
                _runs.Learn(members, _generations.First);
            }

            var x = _runs.Draw(random);
            foreach (var parameter in history.Parameters)
            {
                if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
                {
                    point[parameter.Index] = _runs.Value(parameter, x, random);
                }
            }
        }
    }
}

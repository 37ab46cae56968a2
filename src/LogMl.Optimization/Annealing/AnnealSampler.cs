using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Annealing;

/// <summary>
/// hyperopt's annealing (J. Bergstra, anneal.py). It picks a good trial, whose rank is r with probability (1 - p)^(r - 1) p, and draws
/// every parameter from its prior, narrowed and moved to the value of that trial.
/// </summary>
/// <remarks>
/// If the picked trial does not have a parameter, another good trial that has it is picked. Each parameter uses the first picked trial that
/// has it. Running and pruned trials count as the worst ones; failed trials are ignored.
/// </remarks>
internal sealed class AnnealSampler : Sampler
{
    private readonly AnnealOptions _options;

    public AnnealSampler(long seed, AnnealOptions options)
        : base(Samplers.AnnealAlgorithmId, seed)
    {
        options.Validate();
        _options = options;
    }

    internal override Proposer CreateProposer(History history)
    {
        RequireOneObjective(history);
        return new AnnealProposer(history, _options);
    }

    private sealed class AnnealProposer(History history, AnnealOptions options) : Proposer
    {
        // Is added to a rounded log-normal value, which may be 0, before its logarithm is taken. The number is hyperopt's.
        private const double AlmostZero = 1e-16;

        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            int[] ranked = [.. Enumerable.Range(0, number).Where(i => history.State(i) != TrialState.Failed)];
            Array.Sort(ranked, new TrialRanking(history));
            var picked = new List<int>();
            foreach (var parameter in history.Parameters)
            {
                if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
                {
                    point[parameter.Index] = ProposeValue(parameter, ranked, picked, random);
                }
            }
        }

        private double ProposeValue(Parameter parameter, int[] ranked, List<int> picked, RandomStream random)
        {
            var values = history.Column(parameter.Index);
            var seen = 0;
            foreach (var i in ranked)
            {
                seen += double.IsNaN(values[i]) ? 0 : 1;
            }

            return seen == 0
                ? parameter.Distribution.Draw(random)
                : DrawAround(parameter.Distribution, values[Pick(values, seen, ranked, picked, random)],
                    1 / (1 + options.Shrinking * seen), random);
        }

        /// <summary>The first picked trial that has the parameter. If none has it, a good trial that has it is picked.</summary>
        private int Pick(ReadOnlySpan<double> values, int seen, int[] ranked, List<int> picked, RandomStream random)
        {
            foreach (var i in picked)
            {
                if (!double.IsNaN(values[i]))
                {
                    return i;
                }
            }

            var better = 0;
            while (better < seen - 1 && random.NextDouble() * options.MeanRank >= 1)
            {
                better++;
            }

            foreach (var i in ranked)
            {
                if (!double.IsNaN(values[i]) && better-- == 0)
                {
                    picked.Add(i);
                    break;
                }
            }

            return picked[^1];
        }

        private static double DrawAround(Distribution prior, double value, double width, RandomStream random)
        {
            switch (prior)
            {
                case UniformDistribution uniform:
                    var half = (uniform.High - uniform.Low) * width / 2;
                    var law = uniform.ToLaw(value);
                    var middle = Math.Max(uniform.Low + half, Math.Min(law, uniform.High - half));
                    return uniform.FromLaw(Math.Clamp(middle + half * (2 * random.NextDouble() - 1), uniform.Low, uniform.High));
                case NormalDistribution normal:
                    var mean = normal.IsLog ? PortableMath.Log(normal.Quantum is null ? value : value + AlmostZero) : value;
                    var draw = mean + normal.Sigma * width * StandardNormal.Draw(random);
                    return normal.FromLaw(Math.Clamp(draw, -double.MaxValue, double.MaxValue));
                default:
                    // An integer of randint or the index of an option: a mixture of the value and the prior.
                    return random.NextDouble() < width ? prior.Draw(random) : value;
            }
        }
    }
}

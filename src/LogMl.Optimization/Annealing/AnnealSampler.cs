using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Annealing;

/// <summary>
/// Annealing as in hyperopt (J. Bergstra, anneal.py): a good trial is picked, rank r with probability (1 - p)^(r - 1) p, and every
/// parameter is drawn from its prior, made narrower and moved to the value of that trial.
/// </summary>
/// <remarks>A parameter that the picked trial does not have takes its value from another good one, picked among those that have it; later
/// parameters look at the picked trials in turn. Running and pruned trials count as the worst, failed ones not at all.</remarks>
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
        // What stands for the 0 of a rounded log-normal value where a logarithm is needed; hyperopt's number.
        private const double AlmostZero = 1e-16;

        public override void Propose(int number, RandomStream random, ParameterValues point)
        {
            int[] ranked = [.. Enumerable.Range(0, number).Where(i => history.State(i) != TrialState.Failed)];
            Array.Sort(ranked, new TrialRanking(history));
            var picked = new List<int>();
            foreach (Parameter parameter in history.Parameters)
            {
                if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
                {
                    point[parameter.Index] = ProposeValue(parameter, ranked, picked, random);
                }
            }
        }

        private double ProposeValue(Parameter parameter, int[] ranked, List<int> picked, RandomStream random)
        {
            ReadOnlySpan<double> values = history.Column(parameter.Index);
            int seen = 0;
            foreach (int i in ranked)
            {
                seen += double.IsNaN(values[i]) ? 0 : 1;
            }

            return seen == 0
                ? parameter.Distribution.Draw(random)
                : DrawAround(parameter.Distribution, values[Pick(values, seen, ranked, picked, random)],
                    1 / (1 + options.Shrinking * seen), random);
        }

        /// <summary>The first of the picked trials that has a value, or else a new one of the good trials that have.</summary>
        private int Pick(ReadOnlySpan<double> values, int seen, int[] ranked, List<int> picked, RandomStream random)
        {
            foreach (int i in picked)
            {
                if (!double.IsNaN(values[i]))
                {
                    return i;
                }
            }

            int better = 0;
            while (better < seen - 1 && random.NextDouble() * options.MeanRank >= 1)
            {
                better++;
            }

            foreach (int i in ranked)
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
                    double half = (uniform.High - uniform.Low) * width / 2;
                    double law = uniform.ToLaw(value);
                    double middle = Math.Max(uniform.Low + half, Math.Min(law, uniform.High - half));
                    return uniform.FromLaw(Math.Clamp(middle + half * (2 * random.NextDouble() - 1), uniform.Low, uniform.High));
                case NormalDistribution normal:
                    double mean = normal.IsLog ? PortableMath.Log(normal.Quantum is null ? value : value + AlmostZero) : value;
                    double draw = mean + normal.Sigma * width * StandardNormal.Draw(random);
                    return normal.FromLaw(Math.Clamp(draw, -double.MaxValue, double.MaxValue));
                default:
                    // Labels: the mixture of the value and the prior.
                    return random.NextDouble() < width ? prior.Draw(random) : value;
            }
        }
    }
}

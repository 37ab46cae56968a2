using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.HyperoptTpe;

/// <summary>
/// hyperopt's TPE, which treats each parameter separately. Candidates are drawn from l(x), the density of the good trials, and the one with
/// the largest l(x) / g(x) is taken, where g(x) is the density of the other trials. That ratio grows with the expected improvement
/// (Bergstra et al. 2011, section 4.1).
/// </summary>
/// <remarks>
/// The model uses complete trials with their losses, and running trials and those that violate a constraint as the worst ones. Failed
/// trials are left out, as hyperopt leaves out trials that raised. The split into good and other trials is the same for all parameters. A
/// parameter of a branch learns from the trials that chose the branch.
/// </remarks>
internal sealed class HyperoptTpeSampler : Sampler
{
    private readonly HyperoptTpeOptions _options;

    public HyperoptTpeSampler(long seed, HyperoptTpeOptions options)
        : base(Samplers.HyperoptTpeAlgorithmId, seed)
    {
        options.Validate();
        _options = options;
    }

    internal override Proposer CreateProposer(History history)
    {
        RequireOneObjective(history);
        return new HyperoptTpeProposer(history, _options);
    }

    private sealed class HyperoptTpeProposer(History history, HyperoptTpeOptions options) : Proposer
    {
        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            var numbers = new List<int>(number);
            var losses = new List<double>(number);
            for (var i = 0; i < number; i++)
            {
                if (history.State(i) is TrialState.Running or TrialState.Complete)
                {
                    numbers.Add(i);
                    var hasLoss = history.State(i) == TrialState.Complete && history.Violation(i) == 0;
                    losses.Add(hasLoss ? history.Loss(i) : double.PositiveInfinity);
                }
            }

            if (numbers.Count < options.StartupTrials)
            {
                RandomSampler.DrawMissing(history.Parameters, random, point);
                return;
            }

            var isGood = GoodTrials.Mark(losses, options.Gamma, options.LinearForgetting);
            foreach (var parameter in history.Parameters)
            {
                if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
                {
                    point[parameter.Index] = ProposeValue(parameter, numbers, isGood, random);
                }
            }
        }

        private double ProposeValue(Parameter parameter, List<int> numbers, bool[] isGood, RandomStream random)
        {
            var values = history.Column(parameter.Index);
            var good = new List<double>();
            var others = new List<double>(numbers.Count);
            for (var i = 0; i < numbers.Count; i++)
            {
                var value = values[numbers[i]];
                if (!double.IsNaN(value))
                {
                    (isGood[i] ? good : others).Add(value);
                }
            }

            var l = Estimator.Fit(parameter.Distribution, good, options);
            var g = Estimator.Fit(parameter.Distribution, others, options);
            return BestCandidate(l, g, random);
        }

        private double BestCandidate(Estimator l, Estimator g, RandomStream random)
        {
            var candidates = new double[options.Candidates];
            var best = 0;
            var bestScore = double.NegativeInfinity;
            for (var i = 0; i < candidates.Length; i++)
            {
                var candidate = l.Draw(random);
                var isRepeated = Array.IndexOf(candidates, candidate, 0, i) >= 0;
                candidates[i] = candidate;
                if (isRepeated)
                {
                    continue;
                }

                var score = l.LogDensity(candidate) - g.LogDensity(candidate);
                if (score > bestScore)
                {
                    best = i;
                    bestScore = score;
                }
            }

            return candidates[best];
        }
    }
}

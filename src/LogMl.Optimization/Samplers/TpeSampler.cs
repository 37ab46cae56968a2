using LogMl.Optimization.Numerics;
using LogMl.Optimization.Tpe;

namespace LogMl.Optimization;

/// <summary>
/// TPE: each parameter for itself takes, of some candidates drawn from l(x), the density of the good trials, the one with the largest
/// l(x) / g(x), g being the density of the other trials. That ratio grows with the expected improvement (Bergstra et al. 2011, section
/// 4.1).
/// </summary>
/// <remarks>
/// The history are complete trials with their losses and running ones as the worst; failed ones are left out, as hyperopt leaves out trials
/// that raised. Good and bad is decided once for whole trials. A parameter of a branch learns from those that chose the branch.
/// </remarks>
internal sealed class TpeSampler : Sampler
{
    private readonly TpeOptions _options;

    public TpeSampler(long seed, TpeOptions options)
        : base(Samplers.TpeAlgorithmId, seed)
    {
        options.Validate();
        _options = options;
    }

    private protected override Proposal Prepare(IReadOnlyList<Trial> trials)
    {
        var history = new List<Trial>(trials.Count);
        var losses = new List<double>(trials.Count);
        foreach (Trial trial in trials)
        {
            if (trial.State != TrialState.Failed)
            {
                history.Add(trial);
                losses.Add(trial.Loss ?? double.PositiveInfinity);
            }
        }

        if (history.Count < _options.StartupTrials)
        {
            return (parameter, random) => parameter.Distribution.Draw(random);
        }

        bool[] isGood = GoodTrials.Mark(losses, _options.Gamma, _options.LinearForgetting);
        return (parameter, random) => ProposeValue(parameter, history, isGood, random);
    }

    private double ProposeValue(Parameter parameter, List<Trial> history, bool[] isGood, RandomStream random)
    {
        var good = new List<double>();
        var others = new List<double>(history.Count);
        for (int i = 0; i < history.Count; i++)
        {
            ParameterValues point = history[i].Point;
            if (point.IsActive(parameter.Index))
            {
                (isGood[i] ? good : others).Add(point[parameter.Index]);
            }
        }

        Estimator l = Estimator.Fit(parameter.Distribution, good, _options);
        Estimator g = Estimator.Fit(parameter.Distribution, others, _options);
        return BestCandidate(l, g, random);
    }

    private double BestCandidate(Estimator l, Estimator g, RandomStream random)
    {
        var candidates = new double[_options.Candidates];
        int best = 0;
        double bestScore = double.NegativeInfinity;
        for (int i = 0; i < candidates.Length; i++)
        {
            double candidate = l.Draw(random);
            bool isRepeated = Array.IndexOf(candidates, candidate, 0, i) >= 0;
            candidates[i] = candidate;
            if (isRepeated)
            {
                continue;
            }

            double score = l.LogDensity(candidate) - g.LogDensity(candidate);
            if (score > bestScore)
            {
                best = i;
                bestScore = score;
            }
        }

        return candidates[best];
    }
}

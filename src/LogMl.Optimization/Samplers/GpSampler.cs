using LogMl.Optimization.GaussianProcesses;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization;

internal sealed class GpSampler : Sampler
{
    private readonly GpOptions _options;

    public GpSampler(long seed, GpOptions options)
        : base(Samplers.GpAlgorithmId, seed)
    {
        options.Validate();
        _options = options;
    }

    internal override Proposer CreateProposer(History history)
    {
        RequireOneObjective(history);
        return new GpProposer(history, Seed, _options);
    }

    private sealed class GpProposer(History history, long seed, GpOptions options) : Proposer
    {
        private readonly PointCoding _coding = new(history.Parameters);
        private readonly Proposer _startup = new QmcSampler(seed).CreateProposer(history);
        private Hyperparameters? _fitted;
        private int _fittedAt;

        public override void Propose(int number, RandomStream random, ParameterValues point)
        {
            int[] numbers = [.. Enumerable.Range(0, number).Where(i => history.State(i) == TrialState.Complete)];
            if (number < options.StartupTrials || numbers.Length < 2)
            {
                _startup.Propose(number, random, point);
                return;
            }

            double[] losses = [.. numbers.Select(i => history.Loss(i))];
            double[] targets = LossWarp.Warp(losses, options);
            var data = new TrainingSet(_coding, history, numbers, targets);
            if (_fitted is null || numbers.Length >= _fittedAt + Math.Max(1, (int)(options.RefitGrowth * _fittedAt)))
            {
                _fitted = HyperparameterFit.Fit(data, options);
                _fittedAt = numbers.Length;
            }

            int[] running = [.. Enumerable.Range(0, number).Where(i => history.State(i) == TrialState.Running)];
            var posterior = new Posterior(data, _fitted, running.Length);
            var row = new double[_coding.Features.Length];
            foreach (int i in running)
            {
                _coding.Encode(Values(i).AsSpan(), row);
                posterior.AddPending(row);
            }

            int[] order = [.. Enumerable.Range(0, numbers.Length).OrderBy(i => posterior.ObservedMeans[i])];
            double best = posterior.ObservedMeans[order[0]];
            var search = new AcquisitionSearch(_coding, posterior, best, point, options, random);
            Candidate found = search.Find([.. order.Take(options.Incumbents).Select(i => Values(numbers[i]))]);
            double unit = targets.Order().ElementAt(targets.Length / 2) - targets.Min();
            if (found.Score < PortableMath.Log(options.ExploreBelow * unit))
            {
                if (options.LeapMode == 0 || (options.LeapMode == 2 && number % 4 == 0))
                {
                    found = search.FindUnknown(100);
                }
                else
                {
                    double leap = options.Leap * (number % 3 == 0 ? 1 : number % 3 == 1 ? 0.3 : 3);
                    found = new AcquisitionSearch(_coding, posterior, best - leap * unit, point, options, random).Find([.. order.Take(options.Incumbents).Select(i => Values(numbers[i]))]);
                }
            }

            for (int i = 0; i < point.Count; i++)
            {
                point[i] = found.Values[i];
            }
        }

        private ParameterValues Values(int number)
        {
            var values = new ParameterValues(history.Parameters.Count);
            for (int p = 0; p < values.Count; p++)
            {
                values[p] = history.Column(p)[number];
            }

            return values;
        }
    }
}

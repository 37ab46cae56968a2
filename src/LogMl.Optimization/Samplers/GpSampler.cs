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

    private sealed class GpProposer : Proposer
    {
        // Around how many of the best trials to look for points.
        private const int Incumbents = 5;

        private static readonly GpOptions Survey = new() { Candidates = 200, LocalSearches = 0 };

        private readonly History _history;
        private readonly GpOptions _options;
        private readonly PointCoding _coding;
        private readonly LossModel _model;
        private readonly Proposer _startup;

        public GpProposer(History history, long seed, GpOptions options)
        {
            _history = history;
            _options = options;
            _coding = new PointCoding(history.Parameters);
            _model = new LossModel(_coding, history, options);
            _startup = new QmcSampler(seed).CreateProposer(history);
        }

        public override void Propose(int number, RandomStream random, ParameterValues point)
        {
            if (number < _options.StartupTrials || !_model.Update(number))
            {
                _startup.Propose(number, random, point);
                return;
            }

            ParameterValues[] incumbents = [.. _model.Ranking.Take(Incumbents).Select(Values)];
            Candidate found = Search(Promise(), _options, point, random).Find(incumbents);
            if (_model.BestMean < double.PositiveInfinity && !(found.Score >= PortableMath.Log(_options.SmallestImprovement * _model.Gap)))
            {
                found = Search(new PosteriorVariance(_model.Posterior), Survey, point, random).Find(incumbents);
            }

            found.Values.CopyTo(point);
        }

        private AcquisitionSearch Search(Acquisition acquisition, GpOptions options, ParameterValues point, RandomStream random) =>
            new(_coding, acquisition, point, options, random);

        // The expected improvement, with constraints times the probability that they are kept; while no trial kept them that alone.
        private Acquisition Promise()
        {
            var improvement = new LogExpectedImprovement(_model.Posterior, _model.BestMean);
            return _model.Violation is not { } violation ? improvement
                : _model.BestMean < double.PositiveInfinity ? new SumAcquisition(improvement, new LogFeasibility(violation))
                : new LogFeasibility(violation);
        }

        private ParameterValues Values(int number)
        {
            var values = new ParameterValues(_history.Parameters.Count);
            for (int p = 0; p < values.Count; p++)
            {
                values[p] = _history.Column(p)[number];
            }

            return values;
        }
    }
}

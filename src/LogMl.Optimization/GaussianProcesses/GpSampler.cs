using LogMl.Optimization.Numerics;
using LogMl.Optimization.Qmc;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Bayesian optimization: a Gaussian process is fitted to the losses, and the sampler proposes the point with the largest expected
/// improvement on the lowest mean (D. Jones, M. Schonlau, W. Welch, "Efficient global optimization of expensive black-box functions",
/// 1998).
/// </summary>
/// <remarks>
/// <para>The first trials are points of a scrambled Sobol sequence. Losses above the median are compressed (<see cref="LossWarp"/>). The
/// covariance has a joint and an additive part (<see cref="Kernel"/>).</para>
/// <para>Running trials count as if they had given the mean of the process. Failed and pruned trials count as bad, but the hyper-parameters
/// are not fitted to them. With constraints, the improvement is multiplied by the probability that the point is feasible.</para>
/// </remarks>
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
        // The number of the best trials around which candidates are drawn.
        private const int Incumbents = 5;

        // The number of ways to explore: the largest variance, and three divisors of the length scales.
        private const int ExplorationCycle = 4;

        // The improvement that exploration looks for, in units of the distance between the median loss and the best one.
        private const double ExplorationImprovement = 0.05;

        private static readonly GpOptions VarianceSearch = new() { Candidates = 200, LocalSearches = 0 };

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

        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            if (number < _options.StartupTrials || !_model.Update(number))
            {
                _startup.Propose(number, attempt, random, point);
                return;
            }

            ParameterValues[] incumbents = [.. _model.Ranking.Take(Incumbents).Select(Values)];
            var found = Search(ImprovementAcquisition(_model.Posterior, margin: 0), _options, point, random).Find(incumbents);
            if (_model.BestMean < double.PositiveInfinity
                && !(found.Score >= PortableMath.Log(_options.SmallestImprovement * _model.MedianGap)))
            {
                found = Explore(number % ExplorationCycle, point, random).Find(incumbents);
            }

            found.Values.CopyTo(point);
        }

        // A process that expects no improvement may be wrong, because its length scales fit the region with most of the trials. So the
        // sampler explores. Three trials of four look for a larger improvement with length scales that become shorter from trial to trial
        // (F. Berkenkamp, A. Schoellig, A. Krause, "No-regret Bayesian optimization with unknown hyperparameters", JMLR 20, 2019). The
        // fourth takes the point with the largest variance.
        private AcquisitionSearch Explore(int way, ParameterValues point, RandomStream random) => way == 0
            ? Search(new PosteriorVariance(_model.Posterior), VarianceSearch, point, random)
            : Search(
                ImprovementAcquisition(_model.WithShorterScales(1 << way), ExplorationImprovement * _model.MedianGap),
                _options, point, random);

        private AcquisitionSearch Search(Acquisition acquisition, GpOptions options, ParameterValues point, RandomStream random) =>
            new(_coding, acquisition, point, options, random) { Allowed = _history.Allowed };

        // The expected improvement, times the probability of feasibility if there are constraints. While no trial is feasible, it is that
        // probability alone.
        private Acquisition ImprovementAcquisition(Posterior posterior, double margin)
        {
            var improvement = new LogExpectedImprovement(posterior, _model.BestMean - margin);
            return _model.Violation is not { } violation ? improvement
                : _model.BestMean < double.PositiveInfinity ? new SumAcquisition(improvement, new LogFeasibility(violation))
                : new LogFeasibility(violation);
        }

        private ParameterValues Values(int number)
        {
            var values = new ParameterValues(_history.Parameters.Count);
            for (var p = 0; p < values.Count; p++)
            {
                values[p] = _history.Column(p)[number];
            }

            return values;
        }
    }
}

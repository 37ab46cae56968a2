using LogMl.Optimization.CmaEs;
using LogMl.Optimization.Distributions;
using LogMl.Optimization.GaussianProcesses;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Tpe;

namespace LogMl.Optimization.Auto;

/// <summary>Chooses a sampler for each trial, by the space, the number of trials and their states.</summary>
/// <remarks>
/// <para>With one objective, a Gaussian process proposes most trials, because it needs the fewest, and TPE proposes every fifth. If hardly
/// a trial is complete, TPE proposes all. Beyond <see cref="AutoOptions.ModelTrials"/>, where the process would be slow, TPE proposes all
/// trials; in spaces without choices it alternates with CMA-ES. Each sampler learns from all trials, whoever proposed them.</para>
/// <para>With several objectives, TPE proposes all trials.</para>
/// </remarks>
internal sealed class AutoSampler : Sampler
{
    private readonly AutoOptions _options;

    public AutoSampler(long seed, AutoOptions options)
        : base(Samplers.AutoAlgorithmId, seed)
    {
        options.Validate();
        _options = options;
    }

    internal override Proposer CreateProposer(History history)
    {
        var tpe = new TpeSampler(Seed, new TpeOptions()).CreateProposer(history);
        return history.ObjectiveCount > 1 ? tpe : new AutoProposer(history, Seed, _options, tpe);
    }

    private sealed class AutoProposer : Proposer
    {
        // If the share of complete trials is below this, a process of losses learns next to nothing.
        private const double SmallestCompleteShare = 0.1;

        private const int MinStartupTrials = 4;

        private readonly History _history;
        private readonly AutoOptions _options;
        private readonly int _startupTrials;
        private readonly Proposer _gaussianProcess;
        private readonly Proposer _tpe;
        private readonly Proposer? _cmaEs;
        private int _ended;
        private int _complete;

        public AutoProposer(History history, long seed, AutoOptions options, Proposer tpe)
        {
            _history = history;
            _options = options;
            var process = new GpOptions();
            _startupTrials = options.Budget is { } budget
                ? Math.Clamp(budget / 3, MinStartupTrials, process.StartupTrials)
                : process.StartupTrials;
            _gaussianProcess = new GpSampler(seed, process with { StartupTrials = _startupTrials }).CreateProposer(history);
            _tpe = tpe;

            // CMA-ES is good for numbers that depend on each other. It needs at least two of them, and branches would slow it down.
            var isNumeric = history.Parameters.Count > 1 && !history.Parameters.Any(p => p.Distribution is ChoiceDistribution);
            _cmaEs = isNumeric ? new CmaEsSampler(seed, new CmaEsOptions()).CreateProposer(history) : null;
        }

        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            for (; _ended < _history.Finished.Count; _ended++)
            {
                _complete += _history.State(_history.Finished[_ended]) == TrialState.Complete ? 1 : 0;
            }

            Choose(number).Propose(number, attempt, random, point);
        }

        private Proposer Choose(int number)
        {
            if (number >= _options.ModelTrials)
            {
                return _cmaEs is not null && number % 2 == 0 ? _cmaEs : _tpe;
            }

            var isStartup = number < _startupTrials;
            return !isStartup && (number % _options.TpeEvery == 0 || _complete < SmallestCompleteShare * _ended) ? _tpe : _gaussianProcess;
        }
    }
}

namespace LogMl.Optimization.Pruning;

/// <summary>Asynchronous successive halving with one set of rungs.</summary>
internal sealed class SuccessiveHalvingPruner : Pruner
{
    private readonly SuccessiveHalvingOptions _options;

    public SuccessiveHalvingPruner(SuccessiveHalvingOptions options)
        : base("successive_halving")
    {
        options.Validate();
        _options = options;
    }

    internal override PruningRule CreateRule(TrialReports reports) => new Rule(reports, _options);

    private sealed class Rule : PruningRule
    {
        // As in Optuna, the first rung is at a hundredth of the steps of the longest trial.
        private const int StepsPerFirstRung = 100;

        private readonly TrialReports _reports;
        private readonly SuccessiveHalvingOptions _options;
        private readonly LongestTrial _longest;
        private Rungs? _rungs;

        public Rule(TrialReports reports, SuccessiveHalvingOptions options)
        {
            _reports = reports;
            _options = options;
            _longest = new LongestTrial(reports);
            _rungs = options.MinResource is { } resource ? NewRungs(resource) : null;
        }

        public override void Reported(int number, int step) => _rungs?.Reported(number, step);

        public override void Ended(int number)
        {
            // The rungs depend on the longest trial, which rarely changes.
            if (_options.MinResource is null && _longest.Update(number))
            {
                _rungs = NewRungs(Math.Max(_longest.LastStep!.Value / StepsPerFirstRung, 1));
                for (var i = 0; i < _reports.History.Count; i++)
                {
                    foreach (var step in _reports.Steps(i))
                    {
                        _rungs.Reported(i, step);
                    }
                }
            }
        }

        public override bool ShouldPrune(int number) => _rungs?.ShouldPrune(number) ?? false;

        private Rungs NewRungs(int minResource)
        {
            var first = SaturatingScale(minResource, _options.ReductionFactor, _options.MinEarlyStoppingRate);
            return new Rungs(_reports, first, _options.ReductionFactor, _options.BootstrapCount);
        }
    }

    /// <summary>resource * factor^power, or, if that is above the largest step, a smaller number above the largest step.</summary>
    internal static long SaturatingScale(long resource, int factor, int power)
    {
        for (var i = 0; i < power && resource <= int.MaxValue; i++)
        {
            resource *= factor;
        }

        return resource;
    }
}

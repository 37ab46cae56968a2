namespace LogMl.Optimization.Pruning;

/// <summary>
/// Prunes a trial whose best value so far is worse than a percentile of the values of the complete trials at the same step.
/// </summary>
/// <remarks>The values of the complete trials are kept sorted for each step, so that a decision is cheap.</remarks>
internal sealed class PercentilePruner : Pruner
{
    private readonly double _percentile;
    private readonly PercentileOptions _options;

    public PercentilePruner(string name, double percentile, PercentileOptions options)
        : base(name)
    {
        Require.InRange(percentile, 0, 100, nameof(percentile));
        options.Validate();
        _percentile = percentile;
        _options = options;
    }

    internal override PruningRule CreateRule(TrialReports reports) => new Rule(reports, _percentile, _options);

    private sealed class Rule(TrialReports reports, double percentile, PercentileOptions options) : PruningRule
    {
        private readonly Dictionary<int, SortedValues> _values = [];
        private int _completeCount;

        public override void Ended(int number)
        {
            if (reports.History.State(number) != TrialState.Complete)
            {
                return;
            }

            _completeCount++;
            var steps = reports.Steps(number);
            for (var i = 0; i < steps.Length; i++)
            {
                var value = reports.Value(number, i);
                if (double.IsNaN(value))
                {
                    continue;
                }

                if (!_values.TryGetValue(steps[i], out var atStep))
                {
                    _values.Add(steps[i], atStep = new SortedValues());
                }

                atStep.Add(value);
            }
        }

        public override bool ShouldPrune(int number)
        {
            if (_completeCount == 0 || _completeCount < options.StartupTrials || !options.Interval.IsDue(reports, number))
            {
                return false;
            }

            var best = Best(number);
            return double.IsNaN(best) ||
                (_values.TryGetValue(reports.LastStep(number), out var others) && others.Count >= options.MinTrials &&
                best > others.Percentile(percentile));
        }

        // NaN if all reports are NaN.
        private double Best(int number)
        {
            var best = double.NaN;
            for (var i = 0; i < reports.Steps(number).Length; i++)
            {
                var value = reports.Value(number, i);
                best = double.IsNaN(best) || value < best ? value : best;
            }

            return best;
        }
    }
}

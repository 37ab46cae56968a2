namespace LogMl.Optimization.Pruning;

/// <summary>
/// Prunes a trial that is worse than the best complete trial by the signed-rank test on the steps that both have reported, unless its mean
/// so far is at least as good as the mean of the best trial.
/// </summary>
/// <remarks>It prunes no trial that has a value that is not finite, and none while the best trial has one.</remarks>
internal sealed class WilcoxonPruner : Pruner
{
    private readonly WilcoxonOptions _options;

    public WilcoxonPruner(WilcoxonOptions options)
        : base("wilcoxon")
    {
        options.Validate();
        _options = options;
    }

    internal override PruningRule CreateRule(TrialReports reports) => new Rule(reports.AsReported(), _options);

    private sealed class Rule(TrialReports reports, WilcoxonOptions options) : PruningRule
    {
        private readonly BestTrial _best = new(reports.History);

        public override void Ended(int number) => _best.Update(number);

        public override bool ShouldPrune(int number)
        {
            if (_best.Number is not { } best || Mean(number) is not { } mean || Mean(best) is not { } meanOfBest || mean <= meanOfBest)
            {
                return false;
            }

            var steps = reports.Steps(number);
            var differences = new List<double>(steps.Length);
            for (var i = 0; i < steps.Length; i++)
            {
                var other = reports.ValueAt(best, steps[i]);
                if (!double.IsNaN(other))
                {
                    differences.Add(reports.Value(number, i) - other);
                }
            }

            return differences.Count > 0 && differences.Count >= options.StartupSteps &&
                SignedRankTest.PValueOfGreater(differences) < options.PThreshold;
        }

        // Null if there is no value, or one that is not finite.
        private double? Mean(int number)
        {
            var count = reports.Steps(number).Length;
            double sum = 0;
            for (var i = 0; i < count; i++)
            {
                sum += reports.Value(number, i);
            }

            return count > 0 && double.IsFinite(sum) ? sum / count : null;
        }
    }
}

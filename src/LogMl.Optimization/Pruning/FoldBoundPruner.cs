namespace LogMl.Optimization.Pruning;

/// <summary>
/// Prunes a trial whose loss is the mean of its reports when that mean would not be below the loss of the best trial even if each report
/// that is missing were the lower bound of the loss. So it prunes no trial that would have become the best one.
/// </summary>
/// <remarks>
/// The best trial says how many reports a trial has. A trial that reports a value below the bound, or one that is not finite, is not
/// pruned: then nothing is known about its mean.
/// </remarks>
internal sealed class FoldBoundPruner : Pruner
{
    private readonly double _lowerBound;

    public FoldBoundPruner(double lowerBound)
        : base("fold_bound")
    {
        Require.Finite(lowerBound, nameof(lowerBound));
        _lowerBound = lowerBound;
    }

    internal override PruningRule CreateRule(TrialReports reports) => new Rule(reports.AsReported(), _lowerBound);

    private sealed class Rule(TrialReports reports, double lowerBound) : PruningRule
    {
        private readonly BestTrial _best = new(reports.History);

        public override void Ended(int number) => _best.Update(number);

        public override bool ShouldPrune(int number)
        {
            var count = reports.Steps(number).Length;
            if (_best.Number is not { } best || reports.Steps(best).Length is var all && all <= count)
            {
                return false;
            }

            // The bound has the sign of the objective: of a score that is maximized it is the highest possible one.
            var bound = lowerBound * reports.Sign;
            var sum = bound * (all - count);
            for (var i = 0; i < count; i++)
            {
                var value = reports.Value(number, i);
                if (!(value >= bound))
                {
                    return false;
                }

                sum += value;
            }

            return double.IsFinite(sum) && sum / all >= reports.History.Loss(best);
        }
    }
}

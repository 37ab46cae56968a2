namespace LogMl.Optimization.Pruning;

/// <summary>
/// Prunes a trial whose objective is the mean of its reports when that mean would not be better than that of the best trial even if each
/// report that is missing were the best possible one. So it prunes no trial that would have become the best one.
/// </summary>
/// <remarks>
/// The best trial says how many reports a trial has. A trial that reports a value beyond the bound, or one that is not finite, is not
/// pruned: then nothing is known about its mean.
/// </remarks>
internal sealed class FoldBoundPruner : Pruner
{
    private readonly double? _lowerBound;
    private readonly double? _upperBound;

    public FoldBoundPruner(double? lowerBound, double? upperBound)
        : base("fold_bound")
    {
        if (lowerBound is null && upperBound is null)
        {
            throw new ArgumentException("The fold bound pruner needs a bound: lowerBound, or upperBound for what is maximized.");
        }

        Require.Finite(lowerBound ?? 0, nameof(lowerBound));
        Require.Finite(upperBound ?? 0, nameof(upperBound));
        _lowerBound = lowerBound;
        _upperBound = upperBound;
    }

    internal override PruningRule CreateRule(TrialReports reports) => new Rule(
        reports.AsReported(),
        reports.Sign > 0
            ? _lowerBound ?? throw new ArgumentException("The fold bound pruner needs lowerBound for an objective that is minimized.")
            : -_upperBound ?? throw new ArgumentException("The fold bound pruner needs upperBound for an objective that is maximized."));

    /// <param name="reports">The reports.</param>
    /// <param name="bound">The best value of a report, in the sign in which lower is better.</param>
    private sealed class Rule(TrialReports reports, double bound) : PruningRule
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

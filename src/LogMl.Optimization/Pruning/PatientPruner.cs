namespace LogMl.Optimization.Pruning;

/// <summary>
/// Prunes a trial whose best value in its last <c>patience</c> + 1 reports is worse than its best value before them, if the wrapped pruner
/// prunes it too.
/// </summary>
internal sealed class PatientPruner : Pruner
{
    private readonly Pruner? _wrapped;
    private readonly int _patience;
    private readonly double _minDelta;

    public PatientPruner(Pruner? wrapped, int patience, double minDelta)
        : base("patient")
    {
        Require.AtLeast(patience, 0, nameof(patience));
        Require.InRange(minDelta, 0, double.MaxValue, nameof(minDelta));
        _wrapped = wrapped;
        _patience = patience;
        _minDelta = minDelta;
    }

    internal override PruningRule CreateRule(TrialReports reports) =>
        new Rule(reports, _wrapped?.CreateRule(reports), _patience, _minDelta);

    private sealed class Rule(TrialReports reports, PruningRule? wrapped, int patience, double minDelta) : PruningRule
    {
        public override void Reported(int number, int step) => wrapped?.Reported(number, step);

        public override void Ended(int number) => wrapped?.Ended(number);

        public override bool ShouldPrune(int number) => HasRunOutOfPatience(number) && (wrapped is null || wrapped.ShouldPrune(number));

        private bool HasRunOutOfPatience(int number)
        {
            var count = reports.Steps(number).Length;
            var split = count - 1 - patience;
            return split > 0 && Best(number, 0, split) + minDelta < Best(number, split, count);
        }

        // NaN counts as worse than every number.
        private double Best(int number, int from, int to)
        {
            var best = double.PositiveInfinity;
            for (var i = from; i < to; i++)
            {
                var value = reports.Value(number, i);
                best = value < best ? value : best;
            }

            return best;
        }
    }
}

namespace LogMl.Optimization.Pruning;

/// <summary>Prunes a trial whose last value is NaN or out of the bounds, which are in the sign of the objective.</summary>
internal sealed class ThresholdPruner : Pruner
{
    private readonly double _lower;
    private readonly double _upper;
    private readonly CheckInterval _interval;

    public ThresholdPruner(double? lower, double? upper, ThresholdOptions options)
        : base("threshold")
    {
        if (lower is null && upper is null)
        {
            throw new ArgumentException("A threshold pruner needs a bound: lower, upper, or both.", nameof(lower));
        }

        _lower = lower ?? double.NegativeInfinity;
        _upper = upper ?? double.PositiveInfinity;
        if (!(_lower <= _upper))
        {
            throw new ArgumentException(
                Require.Text($"lower must be at most upper, and neither NaN; got lower = {_lower}, upper = {_upper}."), nameof(lower));
        }

        _interval = options.Interval;
        _interval.Validate();
    }

    internal override PruningRule CreateRule(TrialReports reports) => new Rule(reports, _lower, _upper, _interval);

    private sealed class Rule(TrialReports reports, double lower, double upper, CheckInterval interval) : PruningRule
    {
        public override bool ShouldPrune(int number)
        {
            var value = reports.ValueAt(number, reports.LastStep(number)) * reports.Sign;
            return interval.IsDue(reports, number) && !(value >= lower && value <= upper);
        }
    }
}

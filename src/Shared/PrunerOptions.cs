namespace LogMl.Shared;

/// <summary>
/// The pruners that <c>pruner:</c> in the YAML accepts, and the rules of their options: those of LogMl.Optimization in snake_case, with the
/// same ranges.
/// </summary>
internal static class PrunerOptions
{
    public const string None = "none";
    public const string Median = "median";
    public const string Percentile = "percentile";
    public const string SuccessiveHalving = "successive_halving";
    public const string Hyperband = "hyperband";
    public const string Threshold = "threshold";
    public const string Patient = "patient";
    public const string Wilcoxon = "wilcoxon";
    public const string FoldBound = "fold_bound";

    public const string Patience = "patience";
    public const string MinDelta = "min_delta";
    public const string LowerBound = "lower_bound";
    public const string UpperBound = "upper_bound";
    public const string Lower = "lower";
    public const string Upper = "upper";

    /// <summary>The option of <see cref="Patient"/> that is a pruner itself.</summary>
    public const string Wrapped = "wrapped";

    public static readonly string[] Names =
        [None, Median, Percentile, SuccessiveHalving, Hyperband, Threshold, Patient, Wilcoxon, FoldBound];

    private static readonly OptionRule[] Interval = [OptionRule.Integer("warmup_steps", 0), OptionRule.Integer("interval_steps", 1)];

    private static readonly OptionRule[] MedianRules =
        [OptionRule.Integer("startup_trials", 0), .. Interval, OptionRule.Integer("min_trials", 1)];

    private static readonly OptionRule[] HalvingRules =
    [
        OptionRule.Integer("min_resource", 1), OptionRule.Integer("reduction_factor", 2), OptionRule.Integer("min_early_stopping_rate", 0),
        OptionRule.Integer("bootstrap_count", 0),
    ];

    private static readonly OptionRule[] HyperbandRules =
    [
        OptionRule.Integer("min_resource", 1), OptionRule.Integer("max_resource", 1), OptionRule.Integer("reduction_factor", 2),
        OptionRule.Integer("bootstrap_count", 0),
    ];

    /// <summary>The options of a pruner, without <see cref="Wrapped"/>.</summary>
    /// <param name="pruner">One of <see cref="Names"/>.</param>
    public static OptionRule[] Of(string pruner) => pruner switch
    {
        Median => MedianRules,
        Percentile => [OptionRule.Number(Percentile, 0, 100), .. MedianRules],
        SuccessiveHalving => HalvingRules,
        Hyperband => HyperbandRules,
        Threshold => [OptionRule.Number(Lower), OptionRule.Number(Upper), .. Interval],
        Patient => [OptionRule.Integer(Patience, 0), OptionRule.Number(MinDelta, 0)],
        Wilcoxon => [OptionRule.Number("p_threshold", 0, 1), OptionRule.Integer("startup_steps", 0)],
        FoldBound => [OptionRule.Number(LowerBound), OptionRule.Number(UpperBound)],
        _ => [],
    };

    /// <summary>The problem of options that are valid one by one but contradict each other; null when there is none.</summary>
    /// <param name="pruner">One of <see cref="Names"/>.</param>
    /// <param name="value">Returns the value of an option; null when it is not set.</param>
    public static string? Conflict(string pruner, Func<string, double?> value) => pruner switch
    {
        Percentile when value(Percentile) is null => "'percentile' needs the option 'percentile', the part of the trials to keep",
        Patient when value(Patience) is null => "'patient' needs the option 'patience', a number of reports",
        FoldBound when value(LowerBound) is null && value(UpperBound) is null =>
            "'fold_bound' needs the option 'lower_bound', a value that no fold's loss is below, or 'upper_bound' for what is maximized",
        Threshold when value(Lower) is null && value(Upper) is null => "'threshold' needs the option 'lower' or 'upper'",
        Threshold when value(Lower) > value(Upper) => "'lower' must not be above 'upper'",
        Hyperband when value("max_resource") < (value("min_resource") ?? 1) => "'max_resource' must be at least 'min_resource'",
        Hyperband when value("bootstrap_count") > 0 && value("max_resource") is null => "'bootstrap_count' needs 'max_resource'",
        SuccessiveHalving when value("bootstrap_count") > 0 && value("min_resource") is null => "'bootstrap_count' needs 'min_resource'",
        _ => null,
    };
}

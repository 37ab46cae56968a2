using LogMl.Optimization.Pruning;

namespace LogMl.Optimization;

/// <summary>The pruners. Their defaults are those of Optuna 5.</summary>
/// <remarks>
/// All of them read the reports by step. The order in which a trial reports its steps does not matter, and the last value that was reported
/// for a step counts. Call <see cref="Trial.ShouldPrune"/> after each report.
/// </remarks>
public static class Pruners
{
    /// <summary>Prunes no trial.</summary>
    public static Pruner None { get; } = new NonePruner();

    /// <summary>
    /// Prunes a trial whose best value so far is worse than the median of the values that complete trials reported at the same step (D.
    /// Golovin et al., "Google Vizier: a service for black-box optimization", KDD 2017, section 3.2.2).
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Pruner Median(PercentileOptions? options = null) => new PercentilePruner("median", 50, options ?? new());

    /// <summary>
    /// Prunes a trial whose best value so far is not among the best <paramref name="percentile"/> percent of the values that complete
    /// trials reported at the same step.
    /// </summary>
    /// <param name="percentile">The percentage to keep, in [0, 100]: with 25, only trials in the best quarter go on.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The percentile or an option is out of its range.</exception>
    public static Pruner Percentile(double percentile, PercentileOptions? options = null) =>
        new PercentilePruner("percentile", percentile, options ?? new());

    /// <summary>
    /// Asynchronous successive halving (ASHA; L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020): a trial
    /// that reaches a rung goes on only if it is among the best 1/factor of the trials that have reached it. The steps of the rungs grow by
    /// the same factor.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or two do not go together.</exception>
    public static Pruner SuccessiveHalving(SuccessiveHalvingOptions? options = null) => new SuccessiveHalvingPruner(options ?? new());

    /// <summary>
    /// Hyperband (L. Li et al., "Hyperband: a novel bandit-based approach to hyperparameter optimization", JMLR 18, 2018): several
    /// brackets, each with its own successive halving, whose first rung comes later from bracket to bracket. The number of a trial decides
    /// its bracket.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or two do not go together.</exception>
    public static Pruner Hyperband(HyperbandOptions? options = null) => new HyperbandPruner(options ?? new());

    /// <summary>Prunes a trial whose last value is NaN or out of the bounds.</summary>
    /// <param name="lower">The smallest allowed value, in the sign of the objective; null for no bound.</param>
    /// <param name="upper">
    /// The largest allowed value, in the sign of the objective; null for no bound. At least one bound must be given.
    /// </param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentException">No bound is given, one is NaN, lower &gt; upper, or an option is out of its range.</exception>
    public static Pruner Threshold(double? lower = null, double? upper = null, ThresholdOptions? options = null) =>
        new ThresholdPruner(lower, upper, options ?? new());

    /// <summary>
    /// Prunes a trial only when it has not improved for a number of reports and the wrapped pruner, if there is one, would prune it.
    /// </summary>
    /// <param name="patience">The number of reports without improvement that are allowed; at least 0.</param>
    /// <param name="wrapped">The pruner that decides once the patience has run out; null to prune at once.</param>
    /// <param name="minDelta">
    /// How much worse the values since then must be than the best value before, in the unit of the objective; at least 0.
    /// </param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Pruner Patient(int patience, Pruner? wrapped = null, double minDelta = 0) =>
        new PatientPruner(wrapped, patience, minDelta);

    /// <summary>
    /// Prunes a trial that is significantly worse than the best one, by Wilcoxon's signed-rank test on the values of the steps that both
    /// have reported (F. Wilcoxon, "Individual comparisons by ranking methods", 1945). It is for objectives that are the mean over
    /// instances or folds, each of which is reported as one step.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Pruner Wilcoxon(WilcoxonOptions? options = null) => new WilcoxonPruner(options ?? new());

    /// <summary>
    /// Prunes a trial when even the best possible missing reports would not make it better than the best trial. It is for objectives that
    /// are the mean over folds, each of which is reported as one step, and whose values have a bound. It never prunes what would have
    /// become the best trial.
    /// </summary>
    /// <param name="lowerBound">
    /// The value that no report is below, such as 0 for an error rate; needed when the objective is minimized.
    /// </param>
    /// <param name="upperBound">The value that no report is above, such as 1 for an accuracy; needed when it is maximized.</param>
    /// <returns>The pruner. A study whose direction needs the other bound refuses it.</returns>
    /// <exception cref="ArgumentException">There is no bound, or one is not finite.</exception>
    public static Pruner FoldBound(double? lowerBound = null, double? upperBound = null) => new FoldBoundPruner(lowerBound, upperBound);

    /// <summary>
    /// Lets a pruner compare the means of the reports up to each step. It is for objectives that are the mean over folds, when the reports
    /// are the values of the folds. Wilcoxon's test and <see cref="FoldBound"/> compare the folds themselves also inside of it.
    /// </summary>
    /// <param name="inner">The pruner that decides.</param>
    /// <returns>The pruner.</returns>
    public static Pruner RunningMean(Pruner inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new RunningMeanPruner(inner);
    }
}

using LogMl.Optimization.Pruning;

namespace LogMl.Optimization;

/// <summary>The pruners. Their defaults are those of Optuna 5.</summary>
/// <remarks>All of them look at the reports by step: it does not matter in which order a trial reports its steps, and the value that counts
/// is the last one that was reported for a step. They expect to be asked after each report.</remarks>
public static class Pruners
{
    /// <summary>Gives up no trial.</summary>
    public static Pruner None { get; } = new NonePruner();

    /// <summary>
    /// Gives up a trial whose best value so far is worse than the median of what the complete trials reported at the same step (D. Golovin
    /// et al., "Google Vizier: a service for black-box optimization", KDD 2017, section 3.2.2).
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Pruner Median(PercentileOptions? options = null) => new PercentilePruner("median", 50, options ?? new());

    /// <summary>
    /// Gives up a trial whose best value so far is not among the best <paramref name="percentile"/> percent of what the complete
    /// trials reported at the same step.
    /// </summary>
    /// <param name="percentile">The part to keep, in [0, 100]: with 25 only trials in the best quarter go on.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The percentile or an option is out of its range.</exception>
    public static Pruner Percentile(double percentile, PercentileOptions? options = null) =>
        new PercentilePruner("percentile", percentile, options ?? new());

    /// <summary>
    /// Asynchronous successive halving (ASHA; L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020): at
    /// each rung, which is a number of steps that grows by a factor, only the best 1/factor of those that have come so far go on.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or two do not go together.</exception>
    public static Pruner SuccessiveHalving(SuccessiveHalvingOptions? options = null) => new SuccessiveHalvingPruner(options ?? new());

    /// <summary>
    /// Hyperband (L. Li et al., "Hyperband: a novel bandit-based approach to hyperparameter optimization", JMLR 18, 2018): several
    /// brackets, each with a successive halving of its own that begins later than the one before. A trial belongs to a bracket by its
    /// number.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or two do not go together.</exception>
    public static Pruner Hyperband(HyperbandOptions? options = null) => new HyperbandPruner(options ?? new());

    /// <summary>Gives up a trial whose last value is NaN or beyond a bound.</summary>
    /// <param name="lower">The smallest value allowed, as it is reported; null for no bound.</param>
    /// <param name="upper">The largest value allowed; null for no bound. One of the bounds must be given.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentException">No bound is given, one is NaN, lower &gt; upper, or an option is out of its range.</exception>
    public static Pruner Threshold(double? lower = null, double? upper = null, ThresholdOptions? options = null) =>
        new ThresholdPruner(lower, upper, options ?? new());

    /// <summary>
    /// Gives up a trial only when it has not become better for a while; and, if another pruner is wrapped, when that one would.
    /// </summary>
    /// <param name="patience">How many reports a trial may do without improvement; not negative.</param>
    /// <param name="wrapped">The pruner that decides when the patience is at its end; null to give up at once.</param>
    /// <param name="minDelta">By how much the values since must be worse than the best before; not negative.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Pruner Patient(int patience, Pruner? wrapped = null, double minDelta = 0) =>
        new PatientPruner(wrapped, patience, minDelta);

    /// <summary>
    /// Gives up a trial that is significantly worse than the best one, step by step, by Wilcoxon's signed-rank test (F. Wilcoxon,
    /// "Individual comparisons by ranking methods", 1945). For objectives that are the mean over instances or folds, each reported as
    /// a step of its own.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Pruner Wilcoxon(WilcoxonOptions? options = null) => new WilcoxonPruner(options ?? new());
}

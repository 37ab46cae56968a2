using LogMl.Optimization.Stopping;

namespace LogMl.Optimization;

/// <summary>The stopping criteria that look at the trials, for <see cref="StudyOptions.Stopping"/>.</summary>
public static class StoppingCriteria
{
    /// <summary>Ends the search when the best value of the objective is as good as a threshold.</summary>
    /// <param name="threshold">The value that is good enough, in the sign of the objective; not NaN.</param>
    /// <returns>The criterion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public static StoppingCriterion LossThreshold(double threshold) => new LossThresholdCriterion(threshold);

    /// <summary>
    /// Ends the search when a number of consecutive trials, in the order of their numbers, have not improved the best loss.
    /// </summary>
    /// <param name="trials">
    /// The number of trials without improvement; at least 1. Trials of any state count, from the first complete trial on.
    /// </param>
    /// <param name="minRelativeImprovement">
    /// The smallest relative improvement, in [0, 1): a loss counts as better if it is below best - |best| * minRelativeImprovement.
    /// </param>
    /// <returns>The criterion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static StoppingCriterion NoImprovement(int trials, double minRelativeImprovement = 0) =>
        new NoImprovementCriterion(trials, minRelativeImprovement);

    /// <summary>
    /// Ends the search when no point is expected to be better than the best one by more than the error of the loss (A. Makarova et al.,
    /// "Automatic termination for hyperparameter optimization", AutoML 2022). The expectation comes from a Gaussian process that is fitted
    /// to at most 200 trials at each check.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The criterion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static StoppingCriterion Regret(RegretOptions? options = null) =>
        new RegretCriterion(options ?? new RegretOptions(), GaussianProcessLoss.Fit);

    /// <summary>
    /// Like <see cref="Regret"/>, for a loss that is the mean over folds, each of which is reported as one step: without an error level,
    /// the error of the loss is that of the best trial's mean, as its folds show it.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The criterion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static StoppingCriterion RegretOverFolds(RegretOptions? options = null) =>
        new RegretCriterion(options ?? new RegretOptions(), GaussianProcessLoss.Fit, areReportsFolds: true);
}

using LogMl.Optimization.Stopping;

namespace LogMl.Optimization;

/// <summary>The stopping criteria that look at the trials; for <see cref="StudyOptions.Stopping"/>.</summary>
public static class StoppingCriteria
{
    /// <summary>Ends the search when the best value of the objective is as good as a threshold.</summary>
    /// <param name="threshold">The value that is good enough, in the sign of the objective; not NaN.</param>
    /// <returns>The criterion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public static StoppingCriterion LossThreshold(double threshold) => new LossThresholdCriterion(threshold);

    /// <summary>Ends the search when so many trials in a row, by their numbers, have not improved the best loss.</summary>
    /// <param name="trials">
    /// How many; at least 1. Whatever became of a trial counts; counting begins with the first complete one.
    /// </param>
    /// <param name="minRelativeImprovement">
    /// What counts as an improvement: a loss below best - |best| * minRelativeImprovement. In [0, 1).
    /// </param>
    /// <returns>The criterion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static StoppingCriterion NoImprovement(int trials, double minRelativeImprovement = 0) =>
        new NoImprovementCriterion(trials, minRelativeImprovement);

    /// <summary>
    /// Ends the search when no point is expected to be better than the best one by more than the error of the loss (A. Makarova et al.,
    /// "Automatic termination for hyperparameter optimization", AutoML 2022). What is expected comes from a Gaussian process, which is
    /// fitted anew each time, to at most 200 trials.
    /// </summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The criterion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static StoppingCriterion Regret(RegretOptions? options = null) =>
        new RegretCriterion(options ?? new RegretOptions(), GaussianProcessLoss.Fit);
}

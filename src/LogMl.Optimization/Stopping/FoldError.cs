namespace LogMl.Optimization.Stopping;

/// <summary>The error of the loss of the best trial, when that is the mean over folds and the folds are its reports.</summary>
/// <remarks>
/// The variance over the folds, divided by their number, would be too small: the folds are trained on rows that they share. So it is
/// multiplied by 1 / k + 1 / (k - 1), where 1 / (k - 1) is the ratio of rows to validate on and rows to train on (A. Makarova et al.,
/// AutoML 2022, after C. Nadeau and Y. Bengio, 2003).
/// </remarks>
internal static class FoldError
{
    /// <summary>The error as a standard deviation; null when the reports do not show one.</summary>
    /// <param name="study">The study.</param>
    /// <param name="history">Its trials.</param>
    /// <param name="complete">The numbers of the complete and feasible trials; at least one.</param>
    public static double? Of(Study study, History history, int[] complete)
    {
        var values = study.Trials[complete.MinBy(i => history.Loss(i))].ReportSeries.Values;
        double k = values.Length;
        if (k < 2)
        {
            return null;
        }

        double mean = 0;
        foreach (var value in values)
        {
            mean += value / k;
        }

        double variance = 0;
        foreach (var value in values)
        {
            variance += (value - mean) * (value - mean) / k;
        }

        var error = Math.Sqrt(variance * (1 / k + 1 / (k - 1)));
        return error > 0 && double.IsFinite(error) ? error : null;
    }
}

using MathNet.Numerics.Distributions;

namespace LogMl.Optimization;

/// <summary>The difference between the means of two runs over the folds of a cross-validation, with its standard error.</summary>
/// <remarks>
/// The variance over the folds, divided by their number, would be too small: the folds are trained on rows that they share. So it is
/// multiplied by 1 / k + ratio, where the ratio is that of rows to validate on and rows to train on (C. Nadeau and Y. Bengio, 2003).
/// </remarks>
public sealed class FoldDifference
{
    private const double Confidence = 0.95;

    private FoldDifference(double mean, double standardError, int folds)
    {
        Mean = mean;
        StandardError = standardError;
        Folds = folds;
    }

    /// <summary>The mean of the first run minus that of the second one.</summary>
    public double Mean { get; }

    /// <summary>The corrected standard error of <see cref="Mean"/>; 0 or more.</summary>
    public double StandardError { get; }

    /// <summary>The number of folds of each run, or of the one that has fewer; at least 2.</summary>
    public int Folds { get; }

    /// <summary>
    /// How large a difference may be by chance alone: half the width of the 95 % interval of Student's t with a degree of freedom less than
    /// there are folds.
    /// </summary>
    public double Margin => StudentT.InvCDF(0, 1, Folds - 1, (1 + Confidence) / 2) * StandardError;

    /// <summary>
    /// How much greater than 0 a difference may be by chance alone, when only that matters: the bound of the one-sided interval of 95 %.
    /// </summary>
    public double OneSidedMargin => StudentT.InvCDF(0, 1, Folds - 1, Confidence) * StandardError;

    /// <summary>Whether chance alone may explain the difference.</summary>
    public bool IsWithinNoise => Math.Abs(Mean) <= Margin;

    /// <summary>The difference of two runs over the same folds, fold by fold.</summary>
    /// <param name="first">The values of the first run.</param>
    /// <param name="second">Those of the second one, in the same order.</param>
    /// <param name="ratio">The rows to validate on for each row to train on: 1 / (k - 1) for k folds that divide the rows.</param>
    /// <returns>The difference; null for fewer than two folds, other folds in the two runs, or a value that is not finite.</returns>
    public static FoldDifference? Paired(IReadOnlyList<double> first, IReadOnlyList<double> second, double ratio)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Count == second.Count && Spread([.. first.Zip(second, (a, b) => a - b)]) is var (mean, variance)
            ? new FoldDifference(mean, StandardErrorOf(variance, first.Count, ratio), first.Count)
            : null;
    }

    /// <summary>The difference of two runs over other folds. Their errors add up, so that it shows less than a paired one.</summary>
    /// <param name="first">The values of the first run.</param>
    /// <param name="second">Those of the second one.</param>
    /// <param name="ratio">The rows to validate on for each row to train on.</param>
    /// <returns>The difference; null for fewer than two folds in one of the runs, or a value that is not finite.</returns>
    public static FoldDifference? Unpaired(IReadOnlyList<double> first, IReadOnlyList<double> second, double ratio)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Spread(first) is var (mean, variance) && Spread(second) is var (other, otherVariance)
            ? new FoldDifference(
                mean - other,
                Math.Sqrt(variance * (1.0 / first.Count + ratio) + otherVariance * (1.0 / second.Count + ratio)),
                Math.Min(first.Count, second.Count))
            : null;
    }

    /// <summary>The difference of two means, each with its own error, when the values of the folds are not known.</summary>
    /// <param name="mean">The first mean minus the second one.</param>
    /// <param name="firstError">The corrected standard error of the first mean (<see cref="StandardErrorOf"/>), at least 0.</param>
    /// <param name="secondError">That of the second one, at least 0.</param>
    /// <param name="folds">The number of folds of the run that has fewer, at least 2.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An error is negative, or there are fewer than two folds.</exception>
    public static FoldDifference OfMeans(double mean, double firstError, double secondError, int folds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstError);
        ArgumentOutOfRangeException.ThrowIfNegative(secondError);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        return new FoldDifference(mean, Math.Sqrt((firstError * firstError) + (secondError * secondError)), folds);
    }

    /// <summary>The corrected standard error of the mean over the folds of one run.</summary>
    /// <param name="variance">The variance of the values of the folds, as of a sample (divided by their number - 1).</param>
    /// <param name="folds">The number of folds, at least 1.</param>
    /// <param name="ratio">The rows to validate on for each row to train on.</param>
    /// <returns>The standard error.</returns>
    public static double StandardErrorOf(double variance, int folds, double ratio) => Math.Sqrt(variance * ((1.0 / folds) + ratio));

    /// <summary>The mean and the variance of a sample.</summary>
    private static (double Mean, double Variance)? Spread(IReadOnlyList<double> values)
    {
        if (values.Count < 2 || !values.All(double.IsFinite))
        {
            return null;
        }

        var mean = values.Sum() / values.Count;
        return (mean, values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}

using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Optimization;

namespace LogMl.Host.Gating;

/// <summary>How much two cross-validated results may differ by chance.</summary>
/// <param name="StandardError">The standard error of their difference.</param>
/// <param name="Margin">How much worse one may be than the other by chance alone, with a confidence of 95 % (one-sided).</param>
/// <param name="Folds">The number of folds.</param>
/// <param name="IsPaired">Whether both were compared fold by fold.</param>
internal sealed record Noise(double StandardError, double Margin, int Folds, bool IsPaired)
{
    /// <summary>The noise of a difference.</summary>
    /// <param name="now">One result.</param>
    /// <param name="then">The other one.</param>
    /// <param name="areSameFolds">
    /// Whether the folds have the same rows, as far as the inputs say. Then the difference of each fold is free of what makes a fold hard.
    /// If code has cut other rows all the same, the pairs are arbitrary: the variance of their differences is then the sum of both
    /// variances, so that the error is right again.
    /// </param>
    /// <param name="crossValidation">The settings of the cross-validation of <paramref name="then"/>; null when there was none.</param>
    /// <returns>The noise; null when the standard error of one is not known.</returns>
    public static Noise? Between(ObjectiveFigures now, ObjectiveFigures then, bool areSameFolds, JsonElement? crossValidation)
    {
        if (areSameFolds && crossValidation is { } settings && FoldRatio.Of(settings, now.FoldCount) is { } ratio
            && FoldDifference.Paired(now.Folds, then.Folds, ratio) is { } paired)
        {
            return Of(paired, isPaired: true);
        }

        return now.StandardError is { } one && then.StandardError is { } other
            ? Of(
                FoldDifference.OfMeans(now.Value - then.Value, one, other, Math.Min(now.FoldCount, then.FoldCount)),
                isPaired: false)
            : null;
    }

    private static Noise Of(FoldDifference difference, bool isPaired) =>
        new(difference.StandardError, difference.OneSidedMargin, difference.Folds, isPaired);
}

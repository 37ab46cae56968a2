namespace LogMl.Optimization.Tests;

/// <summary>How much of a difference between two cross-validated runs chance may explain.</summary>
public sealed class FoldDifferenceTests
{
    private static readonly double[] Before = [0.30, 0.42, 0.35, 0.51, 0.38];

    [Fact]
    public void A_difference_by_fold_has_the_corrected_standard_error()
    {
        var difference = FoldDifference.Paired(Before, [0.28, 0.38, 0.34, 0.46, 0.37], 0.25)!;

        // The differences are 0.02, 0.04, 0.01, 0.05 and 0.01, with the variance 0.00033; Student's t for four degrees is 2.776.
        Assert.Equal(0.026, difference.Mean, 12);
        Assert.Equal(Math.Sqrt(0.00033 * (0.2 + 0.25)), difference.StandardError, 12);
        Assert.Equal(2.7764451, difference.Margin / difference.StandardError, 6);
        Assert.Equal(2.1318468, difference.OneSidedMargin / difference.StandardError, 6);
        Assert.True(difference.IsWithinNoise);
        Assert.Equal(5, difference.Folds);
        Assert.False(FoldDifference.Paired(Before, [.. Before.Select(value => value - 0.02)], 0.25)!.IsWithinNoise);
        Assert.True(FoldDifference.Paired(Before, Before, 0.25)!.IsWithinNoise);
    }

    [Fact]
    public void Runs_over_other_folds_have_the_errors_of_both()
    {
        var difference = FoldDifference.Unpaired(Before, [.. Before.Select(value => value - 0.02)], 0.25)!;
        Assert.Equal(0.02, difference.Mean, 12);
        Assert.Equal(Math.Sqrt(2 * 0.00627 * 0.45), difference.StandardError, 12);
        var error = FoldDifference.StandardErrorOf(0.00627, 5, 0.25);
        Assert.Equal(difference.StandardError, FoldDifference.OfMeans(0.02, error, error, 5).StandardError, 12);
        Assert.True(difference.IsWithinNoise);
    }

    [Fact]
    public void Where_nothing_can_be_said_there_is_no_difference()
    {
        Assert.Null(FoldDifference.Paired(Before, [1, 2], 0.25));
        Assert.Null(FoldDifference.Paired([1], [2], 1));
        Assert.Null(FoldDifference.Paired([1, double.NaN], [1, 2], 1));
        Assert.Null(FoldDifference.Unpaired([1], [2, 3], 1));
    }
}

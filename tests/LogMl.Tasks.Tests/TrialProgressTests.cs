using System.Globalization;
using CsCheck;

namespace LogMl.Tasks.Tests;

public class TrialProgressTests
{
    [Fact]
    public void A_line_has_the_count_the_best_trial_the_rate_and_the_time_left() =>
        Assert.Equal(
            "[ 37/100]  best 0.0713 (trial 31)  3.2 trials/s  eta 00:20",
            Read("37", "100", "0.0713", "31", "3.2", "20", "complete").Line);

    [Fact]
    public void A_row_says_the_same_in_forty_characters()
    {
        var progress = Read("37", "100", "0.0713", "31", "3.2", "20", "complete");

        Assert.Equal("37/100", progress.Count);
        Assert.Equal("best 0.0713 (trial 31) 3.2/s eta 00:20", progress.Row);
    }

    [Fact]
    public void A_failed_trial_is_marked()
    {
        var progress = Read("1", "9", "", "", "0.5", "", "failed");

        Assert.True(progress.Failed);
        Assert.Equal("[1/9]  no result yet  0.5 trials/s  failed", progress.Line);
    }

    [Fact]
    public void A_pruned_trial_is_marked_and_no_failure()
    {
        var progress = Read("2", "9", "1", "0", "0.5", "", "pruned");

        Assert.False(progress.Failed);
        Assert.Equal("[2/9]  best 1 (trial 0)  0.5 trials/s  pruned", progress.Line);
    }

    [Fact]
    public void Unknown_figures_are_left_out() =>
        Assert.Equal("[1/9]  best 1 (trial 0)", Read("1", "9", "1", "0", "", "", "complete").Line);

    [Theory]
    [InlineData("0", "00:00")]
    [InlineData("3599", "59:59")]
    [InlineData("3600", "1:00:00")]
    [InlineData("183600", "2d 03h")]
    [InlineData("1e300", "11574d 01h")]
    [InlineData("-5", "00:00")]
    public void The_time_left_is_shown_in_the_unit_that_it_needs(string seconds, string shown) =>
        Assert.EndsWith("eta " + shown, Read("1", "9", "1", "0", "1", seconds, "complete").Line, StringComparison.Ordinal);

    [Theory]
    [InlineData("250", "250 trials/s")]
    [InlineData("0.05", "3.0 trials/min")]
    [InlineData("0.001", "3.6 trials/h")]
    public void Slow_trials_are_counted_by_the_minute_or_the_hour(string rate, string shown) =>
        Assert.EndsWith(shown, Read("1", "9", "1", "0", rate, "", "complete").Line, StringComparison.Ordinal);

    [Fact]
    public void Too_few_fields_are_no_progress() => Assert.Null(TrialProgress.Read(["1", "9"]));

    [Fact]
    public void No_figures_make_a_row_wider_than_a_narrow_terminal() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Double, Gen.Int[0, int.MaxValue], Gen.Double[0, 1e9], Gen.Double[-1, 1e12]).Sample(
            (finished, loss, trial, rate, eta) =>
            {
                var row = Read(Text(finished), Text(finished), Text(loss), Text(trial), Text(rate), Text(eta), "complete").Row;
                Assert.InRange(row.Length, 1, TrialProgress.RowWidth);
                Assert.True(row.StartsWith("best ", StringComparison.Ordinal) || row == "no result yet", row);
            });

    [Fact]
    public void The_culture_plays_no_part()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("[1/9]  best 1234 (trial 0)  1.5 trials/s", Read("1", "9", "1234.2", "0", "1.5", "", "complete").Line);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static TrialProgress Read(params string[] fields) => TrialProgress.Read(fields)!;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

using System.Globalization;
using CsCheck;
using LogMl.Shared.Progress;
using LogMl.Shared.Wire;

namespace LogMl.Tasks.Tests;

public class TrialProgressTests
{
    [Fact]
    public void A_line_has_the_count_the_best_trial_what_failed_what_runs_the_rate_and_the_time_left() =>
        Assert.Equal(
            "[ 37/100]  best 0.0713 (trial 31)  2 failed, 5 pruned  3 running, the oldest for 1:15 in model_train  3.2 trials/s  eta 0:20",
            Read("37", "100", "0.0713", "31", "3.2", "20", failed: "2", pruned: "5", running: "3", oldest: "75", step: "model_train").Line);

    [Fact]
    public void A_row_says_the_same_in_what_80_columns_leave_for_it()
    {
        var progress = Read("37", "100", "0.0713", "31", "3.2", "20", failed: "2", running: "3", oldest: "75");

        Assert.Equal("37/100", progress.Count);
        Assert.Equal("best 0.0713 #31 2 failed 3 run 1:15 eta 0:20 3.2/s", progress.Row);
        Assert.Equal(
            "best 0.0713 #31 1 run eta 0:20 3.2/s", Read("37", "100", "0.0713", "31", "3.2", "20", running: "1", oldest: "0.3").Row);
    }

    [Fact]
    public void Objectives_have_their_names_as_long_as_they_fit_and_several_the_size_of_their_front()
    {
        var one = Read(Fields("37", "100", "0.93", "31", "", "20", running: "1", objective: "f1_score"));
        Assert.Equal("best f1_score 0.93 #31 1 run eta 0:20", one.Row);
        Assert.Equal("[ 37/100]  best f1_score 0.93 (trial 31)  1 running  eta 0:20", one.Line);

        var several = Several("model_bytes 1024");
        Assert.Equal("best f1_score 0.93 front of 7 1 run eta 0:20", several.Row);
        Assert.Equal("[ 37/100]  best f1_score 0.93 model_bytes 1024 (trial 31, front of 7)  1 running  eta 0:20", several.Line);
        Assert.Equal("best f1_score 0.93 mb 5 front of 7 1 run eta 0:20", Several("mb 5").Row);
        var named = Fields("37", "100", "0.93", "31", "", "20", running: "1", objective: new string('f', 60));
        Assert.Equal("best 0.93 1 run", Read(named).Row);

        var none = Read(Fields("37", "100", "", "", "", "", running: "1", front: "0", infeasible: "36"));
        Assert.Equal("no feasible trial yet 36 infeasible 1 run", none.Row);
        var few = Read(Fields("37", "100", "0.07", "31", "", "20", running: "1", infeasible: "5"));
        Assert.Equal("best 0.07 #31 5 infeasible 1 run eta 0:20", few.Row);
        var some = Read(Fields("37", "100", "0.07", "31", "", "20", failed: "1", pruned: "2", running: "1", infeasible: "5"));
        Assert.Equal("best 0.07 1 failed 2 pruned 1 run eta 0:20", some.Row);
        Assert.Equal("[ 37/100]  best 0.07 (trial 31)  5 infeasible, 1 failed, 2 pruned  1 running  eta 0:20", some.Line);

        static TrialProgress Several(string others) =>
            Read(Fields("37", "100", "0.93", "31", "", "20", running: "1", objective: "f1_score", others: others, front: "7"));
    }

    [Fact]
    public void Of_a_row_that_is_too_long_the_least_important_is_left_out()
    {
        Assert.Equal("best 0.0713 2 failed 5 pruned 3 run 1:15 eta 0:20", Row("5"));
        Assert.Equal("best 0.0713 2 failed 3 run 1:15 eta 0:20", Row("12345"));

        static string Row(string pruned) => Read(
            "37", "100", "0.0713", "31", "3.2", "20", failed: "2", pruned: pruned, running: "3", oldest: "75", step: "model_train").Row;
    }

    [Fact]
    public void Before_the_first_end_it_says_that_trials_run_and_for_how_long()
    {
        var progress = Read("0", "9", "", "", "", "", state: "", running: "2", oldest: "3700", step: "dataset_load");

        Assert.Equal("no result yet 2 run 1:01:40 in dataset_load", progress.Row);
        Assert.Equal("[0/9]  no result yet  2 running, the oldest for 1:01:40 in dataset_load", progress.Line);
    }

    [Fact]
    public void Trials_of_other_processes_are_told_when_nothing_is_left_but_to_wait_for_them()
    {
        var progress = Read("15", "20", "1", "0", "", "", elsewhere: "5");

        Assert.Equal("best 1 #0 5 elsewhere", progress.Row);
        Assert.Equal("[15/20]  best 1 (trial 0)  5 running elsewhere", progress.Line);
    }

    [Fact]
    public void A_failed_trial_is_marked_and_told_with_its_reason()
    {
        var progress = Read("1", "9", "", "", "0.5", "", state: "failed", failed: "1", failure: "trial 0 failed: model_train: no data");

        Assert.True(progress.HasFailed);
        Assert.Equal(
            "[1/9]  no result yet  1 failed  0.5 trials/s  trial 0 failed: model_train: no data", progress.LineWith(progress.Failure));
        Assert.False(Read("2", "9", "1", "0", "0.5", "", state: "pruned", pruned: "1").HasFailed);
    }

    [Fact]
    public void Unknown_figures_are_left_out() =>
        Assert.Equal("[1/9]  best 1 (trial 0)", Read("1", "9", "1", "0", "", "").Line);

    [Theory]
    [InlineData("0", "0:00")]
    [InlineData("3599", "59:59")]
    [InlineData("3600", "1:00:00")]
    [InlineData("183600", "2d 03h")]
    [InlineData("1e300", "11574d 01h")]
    [InlineData("-5", "0:00")]
    public void The_time_left_is_shown_in_the_unit_that_it_needs(string seconds, string shown) =>
        Assert.EndsWith("eta " + shown, Read("1", "9", "1", "0", "1", seconds).Line, StringComparison.Ordinal);

    [Theory]
    [InlineData("250", "250 trials/s")]
    [InlineData("0.05", "3.0 trials/min")]
    [InlineData("0.001", "3.6 trials/h")]
    public void Slow_trials_are_counted_by_the_minute_or_the_hour(string rate, string shown) =>
        Assert.EndsWith(shown, Read("1", "9", "1", "0", rate, "").Line, StringComparison.Ordinal);

    [Fact]
    public void No_figures_make_a_row_wider_than_80_columns_leave() =>
        Gen.Select(
            Gen.Int[0, int.MaxValue],
            Gen.Double,
            Gen.Int[0, int.MaxValue],
            Gen.Double[0, 1e9],
            Gen.Double[-1, 1e12],
            Gen.Int[0, 1000],
            Gen.String[0, 40]).Sample(
            (finished, loss, trial, rate, eta, many, step) =>
            {
                var progress = Read(
                    Text(finished),
                    Text(finished),
                    Text(loss),
                    Text(trial),
                    Text(rate),
                    Text(eta),
                    failed: Text(many),
                    pruned: Text(many),
                    running: Text(many),
                    oldest: Text(eta),
                    step: step);
                Assert.InRange(progress.Row.Length, 1, TrialProgress.CountAndRowWidth - 1 - progress.Count.Length);
                Assert.True(progress.Row.StartsWith(
                    "best ",
                    StringComparison.Ordinal) || progress.Row.StartsWith("no result yet", StringComparison.Ordinal), progress.Row);
            });

    [Fact]
    public void The_culture_plays_no_part()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("[1/9]  best 1234 (trial 0)  1.5 trials/s", Read("1", "9", "1234.2", "0", "1.5", "").Line);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>The fields of the event, in their order.</summary>
    internal static string[] Fields(
        string finished, string total, string bestLoss = "", string bestTrial = "", string rate = "", string eta = "", string state = "complete",
        string failed = "0",
        string pruned = "0",
        string running = "0",
        string oldest = "",
        string step = "",
        string elsewhere = "0",
        string failure = "",
        string objective = "",
        string others = "",
        string front = "",
        string infeasible = "0") =>
        [
            finished, total, bestLoss, bestTrial, rate, eta, state, failed, pruned, running, oldest, step, elsewhere, failure, objective,
            others, front, infeasible,
        ];

    private static TrialProgress Read(
        string finished, string total, string bestLoss, string bestTrial, string rate, string eta, string state = "complete",
        string failed = "0",
        string pruned = "0",
        string running = "0",
        string oldest = "",
        string step = "",
        string elsewhere = "0",
        string failure = "") =>
        Read(Fields(finished, total, bestLoss, bestTrial, rate, eta, state, failed, pruned, running, oldest, step, elsewhere, failure));

    /// <summary>Reads the fields as the task does.</summary>
    internal static TrialProgress Read(string[] fields) =>
        EventLine.TryParse(EventLine.Format("progress", fields), out var line) && HostEvent.Of(line) is HostEvent.Progress told
            ? new TrialProgress(told)
            : throw new FormatException("No progress: " + string.Join(" | ", fields));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

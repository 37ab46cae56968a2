using System.Globalization;
using System.Text;
using LogMl.Shared.Progress;

namespace LogMl.Tasks.Tests;

/// <summary>The two ways in which progress is shown, with a clock that the test moves.</summary>
public sealed class ProgressRendererTests
{
    private readonly RecordingBuildEngine _engine = new();
    private TimeSpan _now;

    [Fact]
    public void A_log_gets_each_new_best_trial_and_the_last_one_and_else_a_line_a_second_at_most()
    {
        var log = new LogLines(_engine, () => _now);
        for (var trial = 1; trial <= 50; trial++)
        {
            _now += TimeSpan.FromMilliseconds(100);
            log.Show(Progress(trial, 50, best: trial < 25 ? 0 : 24));
        }

        Assert.Equal([1, 11, 21, 25, 35, 45, 50], Shown());
    }

    [Fact]
    public void The_lines_of_a_log_become_fewer_until_there_is_one_in_half_a_minute()
    {
        var log = new LogLines(_engine, () => _now);
        for (var trial = 1; trial <= 7200; trial++)
        {
            _now += TimeSpan.FromMilliseconds(500);
            log.Show(Progress(trial, 10_000, best: 0));
        }

        var trials = Shown();
        Assert.InRange(trials.Count(trial => trial <= 90), 20, 30);
        int[] late = [.. trials.Where(trial => trial > 600)];
        Assert.All(late.Zip(late.Skip(1)), pair => Assert.Equal(60, pair.Second - pair.First));
    }

    [Fact]
    public void A_log_in_which_no_trial_ends_gets_a_sign_of_life_every_half_minute()
    {
        var log = new LogLines(_engine, () => _now);
        for (var second = 1; second <= 100; second++)
        {
            _now = TimeSpan.FromSeconds(second);
            log.Show(Progress(0, 50, best: null, oldest: second));
        }

        Assert.Equal([30.0, 60.0, 90.0], _engine.Rows.Select(
            row => TimeSpan.ParseExact(row.Message!.Split("the oldest for ")[1], @"m\:ss", CultureInfo.InvariantCulture).TotalSeconds));
    }

    [Fact]
    public void A_failure_whose_line_a_log_leaves_out_is_told_with_the_next_one()
    {
        var log = new LogLines(_engine, () => _now);
        log.Show(Progress(1, 50, best: 0));
        log.Show(Progress(2, 50, best: 0, failure: "trial 1 failed: model_train: no data"));
        _now = TimeSpan.FromSeconds(2);
        log.Show(Progress(3, 50, best: 0));
        log.Show(Progress(50, 50, best: 0));

        Assert.Equal(
            [false, true, false],
            _engine.Rows.Select(row => row.Message!.EndsWith("  trial 1 failed: model_train: no data", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_terminal_row_is_written_over_twice_a_second_at_most_but_at_once_for_a_better_trial_and_only_when_it_changes()
    {
        var row = new TerminalRow(_engine, () => _now, Encoding.UTF8);
        foreach (var (time, trial, best) in new[]
        {
            (0, 1, 0),
            (100, 2, 0),
            (200, 3, 2),
            (600, 4, 2),
            (800, 5, 2),
            (900, 5, 2),
            (1900, 5, 2),
            (1950, 50, 2)
        })
        {
            _now = TimeSpan.FromMilliseconds(time);
            row.Show(Progress(trial, 50, best));
        }

        Assert.Equal(["1/50", "3/50", "5/50", "50/50"], _engine.Rows.Select(shown => shown.ExtendedMetadata!["localizedResult"]));
    }

    [Fact]
    public void A_warning_is_shown_at_once_where_the_logger_would_hold_it_back()
    {
        new TerminalRow(_engine, () => _now, Encoding.UTF8).Warn("LOGML2007", "The first trial failed: no data");
        new LogLines(_engine, () => _now).Warn("LOGML2007", "The first trial failed: no data");

        var row = Assert.Single(_engine.Rows);
        Assert.Equal(("TLTESTOUTPUT", "warning LOGML2007: The first trial failed: no data"), (row.ExtendedType, row.Message));
    }

    [Fact]
    public void Blocks_are_drawn_in_a_terminal_that_has_them_and_nowhere_else()
    {
        new LogLines(_engine, () => _now).Draw("a log ▇▁");
        new TerminalRow(_engine, () => _now, Encoding.Latin1).Draw("an old terminal ▇▁");
        Assert.Empty(_engine.Rows);

        new TerminalRow(_engine, () => _now, Encoding.UTF8).Draw("a terminal ▇▁");
        Assert.Equal("a terminal ▇▁", Assert.Single(_engine.Rows).Message);
    }

    private int[] Shown() => [.. _engine.Rows.Select(row => int.Parse(row.Message!.Split('[', '/')[1], CultureInfo.InvariantCulture))];

    private static TrialProgress Progress(int finished, int total, int? best, double oldest = 0, string failure = "") =>
        TrialProgressTests.Read(TrialProgressTests.Fields(
        finished.ToString(CultureInfo.InvariantCulture), total.ToString(CultureInfo.InvariantCulture), best is null
            ? ""
            : "0.5", best?.ToString(CultureInfo.InvariantCulture) ?? "",
        running: "1", oldest: oldest.ToString(CultureInfo.InvariantCulture), failure: failure));
}

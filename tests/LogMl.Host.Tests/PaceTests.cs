using LogMl.Host.Search;

namespace LogMl.Host.Tests;

public sealed class PaceTests
{
    [Fact]
    public void Nothing_is_promised_before_a_trial_has_ended() =>
        Assert.Equal(default, Pace.Of(Running(seconds: 100, mean: null, longest: 0, ages: [100, 100]), done: 0, left: 10));

    [Theory]
    [InlineData(10, 1)]
    [InlineData(14, 1)]
    [InlineData(19.9, 1)]
    public void Trials_in_flight_count_for_the_part_that_they_have_done(double seconds, int done)
    {
        // There is one worker, and five trials of ten seconds each.
        var pace = Pace.Of(Running(seconds, mean: 10, longest: 10, ages: [seconds - 10]), done, left: 4);
        Assert.Equal(0.1, pace.TrialsPerSecond!.Value, 1e-9);
        Assert.Equal(50 - seconds, pace.Left!.Value.TotalSeconds, 1e-3);
    }

    [Fact]
    public void Several_workers_and_other_hosts_are_in_the_figure_that_the_study_shows()
    {
        var pace = Pace.Of(Running(seconds: 20, mean: 10, longest: 10, ages: [0, 0]), done: 8, left: 4);
        Assert.Equal(10, pace.Left!.Value.TotalSeconds, 1e-3);
    }

    [Fact]
    public void A_trial_that_takes_far_longer_than_all_before_takes_the_promise_back()
    {
        Assert.NotNull(Pace.Of(Running(seconds: 100, mean: 10, longest: 12, ages: [23]), done: 9, left: 5).Left);
        var pace = Pace.Of(Running(seconds: 100, mean: 10, longest: 12, ages: [25]), done: 9, left: 5);
        Assert.Null(pace.Left);
        Assert.NotNull(pace.TrialsPerSecond);

        // With trials that take milliseconds, one second is not overdue.
        Assert.NotNull(Pace.Of(Running(seconds: 2, mean: 0.01, longest: 0.02, ages: [1]), done: 90, left: 10).Left);
    }

    [Fact]
    public void When_all_that_is_left_takes_longer_than_usual_nothing_is_promised() =>
        Assert.Null(Pace.Of(Running(seconds: 100, mean: 10, longest: 40, ages: [12, 11]), done: 9, left: 2).Left);

    [Fact]
    public void What_takes_longer_than_anybody_can_wait_is_not_promised() =>
        Assert.Null(Pace.Of(Running(seconds: 1e12, mean: null, longest: 0, ages: []), done: 1, left: int.MaxValue).Left);

    [Fact]
    public void The_time_in_which_the_first_trial_is_asked_for_is_a_part_of_the_pace()
    {
        var time = new SteppedTime();
        var trials = new RunningTrials(time);
        Assert.Equal(TimeSpan.Zero, trials.TakeSnapshot().SinceBegin);
        trials.Begin();
        time.Seconds += 4;
        using (trials.Start())
        {
            time.Seconds += 1;
        }

        Assert.Equal(20, Pace.Of(trials.TakeSnapshot(), done: 1, left: 4).Left!.Value.TotalSeconds, 1e-3);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    private static RunningTrials.Snapshot Running(double seconds, double? mean, double longest, double[] ages) => new()
    {
        SinceBegin = TimeSpan.FromSeconds(Math.Min(seconds, 9e11)),
        MeanDuration = mean is { } value ? TimeSpan.FromSeconds(value) : null,
        LongestDuration = TimeSpan.FromSeconds(longest),
        Ages = [.. ages.Select(TimeSpan.FromSeconds)],
    };
}

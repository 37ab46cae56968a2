using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization.Tests;

/// <summary>The loop: its ends, workers, cancellation, exceptions, callbacks.</summary>
public class OptimizeTests
{
    [Fact]
    public void Trials_from_before_count_and_a_full_study_runs_none()
    {
        var study = NewStudy();
        Assert.Equal(StopReason.MaxEvals, study.Optimize(_ => 1, 5).Reason);
        var end = study.Optimize(_ => throw new InvalidOperationException("not to be called"), 5);
        Assert.Equal(("The study has 5 trials, of 5.", 5), (end.Description, study.Trials.Count));
    }

    [Fact]
    public void Workers_run_trials_at_the_same_time_and_none_too_many()
    {
        var study = NewStudy();
        using var meeting = new Barrier(4);
        study.Optimize(
            trial =>
            {
                // Passes only when four trials are here together.
                Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(30)));
                return trial.Number;
            },
            new OptimizeOptions { MaxEvals = 40, Workers = 4 });
        Assert.Equal(40, study.Trials.Count);
        Assert.All(study.Trials, t => Assert.Equal(TrialState.Complete, t.State));
    }

    [Fact]
    public async Task Asynchronous_workers_wait_for_so_many_trials_at_once()
    {
        var study = NewStudy();
        var release = new TaskCompletionSource();
        var running = 0;
        var search = study.OptimizeAsync(
            async (trial, _) =>
            {
                if (Interlocked.Increment(ref running) == 3)
                {
                    release.SetResult();
                }

                await release.Task;
                return trial.Number;
            },
            new OptimizeOptions { MaxEvals = 9, Workers = 3 });
        Assert.Equal(StopReason.MaxEvals, (await search).Reason);
        Assert.Equal(9, study.Trials.Count(t => t.State == TrialState.Complete));
    }

    [Fact]
    public void Parallel_calls_share_one_maximum()
    {
        var study = NewStudy();
        Parallel.For(0, 4, _ => study.Optimize(t => t.Number, new OptimizeOptions { MaxEvals = 100, Workers = 2 }));
        Assert.Equal(100, study.Trials.Count);
    }

    [Fact]
    public async Task A_cancelled_trial_is_not_complete()
    {
        var study = NewStudy();
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => study.OptimizeAsync(
            async (trial, token) =>
            {
                if (trial.Number == 3)
                {
                    source.Cancel();
                    await Task.Delay(Timeout.Infinite, token);
                }

                return 1;
            },
            10, source.Token));
        Assert.Equal(4, study.Trials.Count);
        Assert.Equal(TrialState.Failed, study.Trials[3].State);
        Assert.Throws<OperationCanceledException>(
            () => study.Optimize((_, token) => 1.0, new OptimizeOptions { MaxEvals = 10 }, source.Token));
        Assert.Equal(StopReason.MaxEvals, study.Optimize(_ => 1, 4, source.Token).Reason);
    }

    [Fact]
    public void Caught_exceptions_fail_their_trials_and_the_first_is_kept()
    {
        var study = NewStudy();
        var options = new OptimizeOptions { MaxEvals = 6, Catch = exception => exception is FormatException };
        var end = study.Optimize(
            trial => trial.Number % 2 == 1 ? throw new FormatException($"trial {trial.Number}") : 1, options);
        Assert.Equal("trial 1", Assert.IsType<FormatException>(end.FirstException).Message);
        Assert.Equal([1, 3, 5], study.Trials.Where(t => t.State == TrialState.Failed).Select(t => t.Number));
        Assert.Throws<TimeZoneNotFoundException>(
            () => study.Optimize(_ => throw new TimeZoneNotFoundException(), options with { MaxEvals = 10 }));
        Assert.Equal(7, study.Trials.Count);
    }

    [Fact]
    public void An_exception_of_one_worker_ends_all_and_leaves_no_trial_running()
    {
        var study = NewStudy();
        Assert.Throws<FormatException>(() => study.Optimize(
            trial => trial.Number == 20 ? throw new FormatException() : 1, new OptimizeOptions { Workers = 3 }));
        Assert.DoesNotContain(study.Trials, t => t.State == TrialState.Running);
    }

    [Fact]
    public void A_callback_sees_each_trial_and_may_stop_the_study()
    {
        var study = NewStudy();
        var seen = new List<int>();
        var end = study.Optimize(
            trial => trial.Number == 2 ? throw new TrialPrunedException() : 1,
            new OptimizeOptions
            {
                TrialFinished = trial =>
                {
                    Assert.NotEqual(TrialState.Running, trial.State);
                    seen.Add(trial.Number);
                    if (seen.Count == 5)
                    {
                        study.Stop();
                    }
                },
            });
        Assert.Equal(StopReason.Stopped, end.Reason);
        Assert.Equal([0, 1, 2, 3, 4], seen);
        Assert.Equal(TrialState.Pruned, study.Trials[2].State);
        Assert.Equal(StopReason.MaxEvals, study.Optimize(_ => 1, 6).Reason);
        Assert.Throws<FormatException>(() => study.Optimize(
            _ => 1, new OptimizeOptions { MaxEvals = 9, TrialFinished = _ => throw new FormatException() }));
    }

    [Fact]
    public void The_time_is_looked_at_between_trials()
    {
        var study = NewStudy();
        var clock = new Clock();
        var end = study.Optimize(
            _ =>
            {
                clock.Now += TimeSpan.FromMinutes(4);
                return 1;
            },
            new OptimizeOptions { Timeout = TimeSpan.FromMinutes(10), TimeProvider = clock });
        Assert.Equal((StopReason.Timeout, 3), (end.Reason, study.Trials.Count));
    }

    [Fact]
    public void Several_objectives_are_optimized_by_results()
    {
        var study = new Study(
            new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.NsgaII(1), Directions = [Direction.Minimize, Direction.Maximize] });
        study.Optimize((trial, _) => new TrialResult(trial.GetDouble("x"), 1), new OptimizeOptions { MaxEvals = 10 });
        Assert.Single(study.BestTrials);
        Error.Says<ArgumentException>("The study has 2 objectives", () => study.Optimize(_ => 1, 20));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var study = NewStudy();
        Error.Says<ArgumentException>("Workers must be at least 1", () => study.Optimize(_ => 1, new OptimizeOptions { Workers = 0 }));
        Error.Says<ArgumentException>("MaxEvals must be at least 0", () => study.Optimize(_ => 1, -1));
        Error.Says<ArgumentException>(
            "Timeout must be positive", () => study.Optimize(_ => 1, new OptimizeOptions { Timeout = TimeSpan.Zero }));
    }

    private static Study NewStudy() => TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.Random(1));

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}

using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization.Tests;

/// <summary>When a search ends by itself.</summary>
public class StoppingTests
{
    [Fact]
    public void A_loss_as_good_as_the_threshold_ends_the_search_in_both_directions()
    {
        foreach ((var direction, var sign) in (ReadOnlySpan<(Direction, double)>)[(Direction.Minimize, 1), (Direction.Maximize, -1)])
        {
            var study = NewStudy(StoppingCriteria.LossThreshold(3 * sign), direction);
            var end = study.Optimize(trial => (10 - trial.Number) * sign, 100);
            Assert.Equal((StopReason.LossThreshold, 8), (end.Reason, study.Trials.Count));
            Assert.Contains("Trial 7", end.Description, StringComparison.Ordinal);
            study.Optimize(_ => 0, 100);
            Assert.Equal(8, study.Trials.Count);
        }
    }

    [Fact]
    public void An_infeasible_trial_is_not_good_enough()
    {
        var study = NewStudy(StoppingCriteria.LossThreshold(0));
        study.Tell(study.Ask(), new TrialResult(-1) { Constraints = [1] });
        Assert.Null(study.CheckStopping());
        study.Tell(study.Ask(), -1);
        Assert.Equal(StopReason.LossThreshold, study.CheckStopping()!.Reason);
    }

    [Fact]
    public void Trials_without_improvement_end_the_search_whatever_became_of_them()
    {
        var study = NewStudy(StoppingCriteria.NoImprovement(4));
        study.TellFailed(study.Ask());
        study.Tell(study.Ask(), 5);
        study.Tell(study.Ask(), 5);
        study.TellFailed(study.Ask());
        study.TellPruned(study.Ask());
        var running = study.Ask();
        Assert.Null(study.CheckStopping());
        study.Tell(running, 6);
        Assert.Equal((StopReason.NoImprovement, "4 trials have not improved on trial 1."),
            (study.CheckStopping()!.Reason, study.CheckStopping()!.Description));
    }

    [Fact]
    public void A_small_improvement_counts_only_if_it_is_large_enough()
    {
        foreach (var sign in (double[])[1, -1])
        {
            var any = NewStudy(StoppingCriteria.NoImprovement(3));
            var large = NewStudy(StoppingCriteria.NoImprovement(3, minRelativeImprovement: 0.1));
            Func<Trial, double> slow = trial => 100 * sign - trial.Number;
            Assert.Equal(50, Count(any, slow));
            Assert.Equal(4, Count(large, slow));
        }
    }

    [Fact]
    public void The_order_of_telling_does_not_matter()
    {
        var study = NewStudy(StoppingCriteria.NoImprovement(3));
        Trial[] trials = [.. Enumerable.Range(0, 5).Select(_ => study.Ask())];
        foreach (var trial in trials.Reverse())
        {
            Assert.Null(study.CheckStopping());
            study.Tell(trial, trial.Number == 2 ? 0 : 9);
        }

        study.Tell(study.Ask(), 1);
        Assert.Equal("3 trials have not improved on trial 2.", study.CheckStopping()!.Description);
    }

    [Fact]
    public void Criteria_that_make_no_sense_are_refused()
    {
        Error.Says<ArgumentException>("threshold must be in", () => StoppingCriteria.LossThreshold(double.NaN));
        Error.Says<ArgumentException>("trials must be at least 1", () => StoppingCriteria.NoImprovement(0));
        Error.Says<ArgumentException>("must be in [0, 1); got 1", () => StoppingCriteria.NoImprovement(3, 1));
        Error.Says<ArgumentException>("look at one objective", () => new Study(
            TestSpaces.Conditional(),
            new StudyOptions
            {
                Sampler = Samplers.Random(1),
                Directions = [Direction.Minimize, Direction.Minimize],
                Stopping = [StoppingCriteria.NoImprovement(3)],
            }));
    }

    private static int Count(Study study, Func<Trial, double> objective)
    {
        study.Optimize(objective, 50);
        return study.Trials.Count;
    }

    private static Study NewStudy(StoppingCriterion criterion, Direction direction = Direction.Minimize) => new(
        new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
        new StudyOptions { Sampler = Samplers.Random(1), Stopping = [criterion], Directions = [direction] });
}

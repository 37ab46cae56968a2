using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization.Tests;

/// <summary>The bound of the remaining regret, with models of which everything is known.</summary>
public class RegretTests
{
    [Fact]
    public void A_search_ends_when_the_bound_is_below_the_error()
    {
        // The loss is x, known with a deviation s everywhere. Of the trials the best has 0.1; the lowest candidate has nearly 0.
        Assert.Null(Check(deviation: 0.2, error: 0.2));
        Assert.Null(Check(deviation: 0.001, error: 0.09));
        var end = Check(deviation: 0.001, error: 0.12)!;
        Assert.Equal(StopReason.Regret, end.Reason);
        Assert.Contains("less than the error of 0.12", end.Description, StringComparison.Ordinal);
        Assert.NotNull(Check(deviation: 0, error: null, noise: 0.12));
        Assert.Null(Check(deviation: 0, error: null, noise: 0.09));
    }

    [Fact]
    public void The_width_of_the_bounds_is_that_of_the_paper()
    {
        // One evaluated point is the whole space: the bound is twice the width, beta = 2 ln(1 * 20^2 * pi^2 / 0.6) / 5.
        var width = Math.Sqrt(2 * Math.Log(400 * Math.PI * Math.PI / 0.6) / 5);
        Assert.Null(Check(deviation: 1, error: 2 * width - 1e-6, isFlat: true));
        Assert.NotNull(Check(deviation: 1, error: 2 * width + 1e-6, isFlat: true));
    }

    [Fact]
    public void It_waits_for_enough_complete_and_feasible_trials() =>
        Assert.Null(Check(deviation: 0, error: 10, trials: 19));

    /// <summary>20 seeds; the loss is known, so that the true regret is.</summary>
    [Fact]
    public void With_the_Gaussian_process_searches_end_early_and_with_little_regret()
    {
        var early = 0;
        var good = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var study = new Study(
                new SearchSpace { ["x"] = Distribution.Uniform(-5, 10), ["kind"] = Distribution.Choice("a", "b") },
                new StudyOptions
                {
                    Sampler = Samplers.Anneal(seed),
                    Stopping = [StoppingCriteria.Regret(new RegretOptions { ErrorLevel = 0.1, Candidates = 300 })],
                });
            var end = study.Optimize(
                t => Math.Pow(t.GetDouble("x") - 1, 2) / 10 + Math.Cos(t.GetDouble("x") - 1) * -0.5 + t.GetIndex("kind"), 60);
            early += end.Reason == StopReason.Regret ? 1 : 0;
            good += end.Reason != StopReason.Regret || study.BestTrial!.Loss <= -0.5 + 0.1 ? 1 : 0;
        }

        Assert.True(early >= 18 && good >= 18, $"{early} ended early, {good} of 20 with little regret");
    }

    [Fact]
    public void Losses_that_are_all_equal_leave_nothing_to_lose()
    {
        var criterion = StoppingCriteria.Regret(new RegretOptions { ErrorLevel = 0.1 });
        var stopping = new Study(TestSpaces.Conditional(), new StudyOptions { Sampler = Samplers.Random(1), Stopping = [criterion] });
        var nothing = new Study([], new StudyOptions { Sampler = Samplers.Random(1), Stopping = [criterion] });
        Assert.Equal(StopReason.Regret, nothing.Optimize(t => t.Number, 60).Reason);
        Assert.Equal((StopReason.Regret, 20), (stopping.Optimize(_ => 1, 60).Reason, stopping.Trials.Count));
    }

    [Fact]
    public void The_error_of_a_mean_over_folds_is_that_of_the_best_trial()
    {
        // The variance of 0.5 and 1.5 is 0.25, and the error sqrt(0.25 * (1/2 + 1/1)) = 0.61.
        Assert.Contains("less than the error of 0.61", CheckFolds(0.05, 0.5, 1.5)!.Description, StringComparison.Ordinal);
        Assert.Null(CheckFolds(0.05, 0.99, 1.01));

        // Without a difference between folds, or with one fold, the noise of the model is what is known.
        Assert.Contains("less than the error of 7", CheckFolds(0.05, 1, 1)!.Description, StringComparison.Ordinal);
        Assert.Contains("less than the error of 7", CheckFolds(0.05, 1)!.Description, StringComparison.Ordinal);
    }

    private static StudyEnd? CheckFolds(double deviation, params double[] folds)
    {
        var criterion = new RegretCriterion(new RegretOptions(), (_, _) => new Known(deviation, 7, isFlat: true), areReportsFolds: true);
        var study = new Study(
            new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.Random(1), Stopping = [criterion] });
        for (var i = 0; i < 20; i++)
        {
            var trial = study.Ask();
            for (var fold = 0; fold < folds.Length; fold++)
            {
                trial.Report(i == 3 ? folds[fold] : 9 + fold, fold);
            }

            study.Tell(trial, i == 3 ? folds.Average() : 9);
        }

        return study.CheckStopping();
    }

    private static StudyEnd? Check(double deviation, double? error, double noise = 0, bool isFlat = false, int trials = 20)
    {
        var criterion = new RegretCriterion(new RegretOptions { ErrorLevel = error }, (_, _) => new Known(deviation, noise, isFlat));
        var study = new Study(
            new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.Random(1), Stopping = [criterion] });
        study.Tell(study.Ask([new("x", 0.0)]), new TrialResult(0) { Constraints = [1] });
        study.TellFailed(study.Ask([new("x", 0.0)]));
        for (var i = 0; i < trials; i++)
        {
            study.Tell(study.Ask([new("x", 0.1 + 0.01 * i)]), 1);
        }

        return study.CheckStopping();
    }

    private sealed class Known(double deviation, double noise, bool isFlat) : ILossModel
    {
        public double Noise => noise;

        public (double Mean, double Deviation) At(ParameterValues point) => (isFlat ? 0 : point[0], deviation);
    }
}

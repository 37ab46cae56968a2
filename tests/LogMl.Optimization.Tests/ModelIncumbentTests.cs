using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>The best trial as the model sees it, beside the one with the lowest loss.</summary>
public class ModelIncumbentTests
{
    private const int Seeds = 20;

    [Fact]
    public void With_noise_it_is_the_better_one_and_the_noise_is_told()
    {
        double byModel = 0, byLoss = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var study = Noisy(seed, Direction.Minimize);
            var incumbent = study.FindBestTrialByModel()!;
            byModel += True(incumbent.Trial);
            byLoss += True(study.BestTrial!);
            Assert.InRange(incumbent.Noise, 0.5, 2);
            Assert.InRange(incumbent.Mean, True(incumbent.Trial) - 1.5, True(incumbent.Trial) + 1.5);
            Assert.InRange(incumbent.StandardDeviation, 1e-3, 1);
        }

        Assert.True(byModel < byLoss / 2, $"mean loss without noise: {byModel / Seeds} by the model, {byLoss / Seeds} by the lowest loss");
    }

    [Fact]
    public void Of_a_loss_that_is_maximized_it_is_the_same_trial_with_the_other_sign()
    {
        var low = Noisy(3, Direction.Minimize).FindBestTrialByModel()!;
        var high = Noisy(3, Direction.Maximize).FindBestTrialByModel()!;
        Assert.Equal(low.Trial.Number, high.Trial.Number);
        Assert.Equal(low.Mean, -high.Mean, 1e-9);
    }

    [Fact]
    public void Without_noise_it_is_the_best_trial_with_its_loss()
    {
        var study = TestSpaces.NewStudy(BenchmarkDomain.Branin.Space(), Samplers.Qmc(2));
        study.Optimize(t => BenchmarkDomain.Branin.Loss(t, 0), 60);
        var incumbent = study.FindBestTrialByModel()!;
        Assert.Same(study.BestTrial, incumbent.Trial);
        Assert.Equal(study.BestTrial!.Loss!.Value, incumbent.Mean, 0.05);
    }

    [Fact]
    public void There_is_none_with_a_single_trial_and_it_is_refused_with_several_objectives()
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Random(1));
        Assert.Null(study.FindBestTrialByModel());
        study.Optimize(_ => 1, 1);
        Assert.Null(study.FindBestTrialByModel());
        study.Optimize(_ => 1, 3);
        Assert.Equal(1, study.FindBestTrialByModel()!.Mean);
        var two = new Study(
            TestSpaces.Conditional(),
            new StudyOptions { Sampler = Samplers.Random(1), Directions = [Direction.Minimize, Direction.Minimize] });
        Assert.Contains(
            "2 objectives", Assert.Throws<InvalidOperationException>(() => two.FindBestTrialByModel()).Message, StringComparison.Ordinal);
    }

    private static double True(TrialView t) => Math.Pow(t.GetDouble("x") - 1, 2) + Math.Pow(t.GetDouble("y") + 2, 2);

    private static Study Noisy(long seed, Direction direction)
    {
        var space = new SearchSpace { ["x"] = Distribution.Uniform(-5, 5), ["y"] = Distribution.Uniform(-5, 5) };
        var study = new Study(space, new StudyOptions { Sampler = Samplers.Qmc(seed), Directions = [direction] });
        double sign = direction == Direction.Maximize ? -1 : 1;
        study.Optimize(t => sign * (True(t) + StandardNormal.Draw(new RandomStream(seed, 5000 + t.Number))), 100);
        return study;
    }
}

using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>What searches with the Gaussian process find, for 20 seeds each.</summary>
public class GpSamplerTests
{
    private const int Seeds = 20;

    [Fact]
    public void Smooth_functions_are_solved_in_few_evaluations()
    {
        Assert.Equal(Seeds, Passed(BenchmarkDomain.Quadratic1, 30, loss => loss < 1e-3));
        Assert.Equal(Seeds, Passed(BenchmarkDomain.Branin, 60, loss => loss < 0.41));
        Assert.Equal(Seeds, Passed(BenchmarkDomain.Q1Choice, 40, loss => loss < 0.01));
        Assert.Equal(Seeds, Passed(BenchmarkDomain.Q1Lognormal, 40, loss => loss < 0.01));
    }

    [Fact]
    public void A_false_optimum_does_not_keep_it()
    {
        Assert.InRange(Passed(BenchmarkDomain.Distractor, 100, loss => loss < -1.96), 18, Seeds);
        Assert.InRange(Passed(BenchmarkDomain.GaussWave, 50, loss => loss < -2), 19, Seeds);
    }

    [Fact]
    public void The_best_branch_is_found_and_its_numbers_are_tuned()
    {
        var passed = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.GaussianProcess(seed));
            study.Optimize(Loss, 60);
            passed += study.BestTrial!.Loss < 0.05 ? 1 : 0;
        }

        Assert.InRange(passed, 18, Seeds);

        static double Loss(Trial t) => t.Get<string>("classifier") switch
        {
            "svm" when t.Get<string>("kernel") == "rbf" =>
                Math.Pow(Math.Log(t.GetDouble("c")) - 1, 2)
                    + Math.Pow(Math.Log(t.GetDouble("width")) + 1, 2)
                    + (t.Get<bool>("scale") ? 0 : 0.5),
            "svm" => 2,
            "knn" => 1 + Math.Abs(t.GetInt32("k") - 7) / 10.0,
            _ => 3,
        };
    }

    [Fact]
    public void Constraints_that_bind_are_kept_and_approached()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            // The lowest point of the circle x^2 + y^2 <= 1 in direction (1, 1) has the loss -sqrt 2.
            var space = new SearchSpace { ["x"] = Distribution.Uniform(-3, 3), ["y"] = Distribution.Uniform(-3, 3) };
            var study = TestSpaces.NewStudy(space, Samplers.GaussianProcess(seed));
            while (study.Trials.Count < 60)
            {
                var t = study.Ask();
                double x = t.GetDouble("x"), y = t.GetDouble("y");
                study.Tell(t, new TrialResult(x + y) { Constraints = [x * x + y * y - 1] });
            }

            Assert.True(study.BestTrial!.Loss < -1.35, $"seed {seed}: {study.BestTrial}");
        }
    }

    [Fact]
    public void A_feasible_point_is_looked_for_when_there_is_none()
    {
        var found = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var space = new SearchSpace
            {
                ["x"] = Distribution.Uniform(0, 1),
                ["y"] = Distribution.Uniform(0, 1),
                ["z"] = Distribution.Uniform(0, 1)
            };
            var study = TestSpaces.NewStudy(space, Samplers.GaussianProcess(seed));
            while (study.Trials.Count < 40)
            {
                var t = study.Ask();
                var away = t.Values.Values.Sum(v => Math.Pow(v - 0.85, 2));
                study.Tell(t, new TrialResult(t.GetDouble("x")) { Constraints = [away - 0.01] });
            }

            found += study.BestTrial is null ? 0 : 1;
        }

        // A random point is feasible with probability 0.004.
        Assert.InRange(found, 18, Seeds);
    }

    [Fact]
    public void Where_trials_fail_fewer_and_fewer_are_tried_and_the_optimum_beside_is_found()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var space = new SearchSpace { ["x"] = Distribution.Uniform(-5, 5), ["y"] = Distribution.Uniform(-5, 5) };
            var study = TestSpaces.NewStudy(space, Samplers.GaussianProcess(seed));
            while (study.Trials.Count < 60)
            {
                var t = study.Ask();
                double x = t.GetDouble("x"), y = t.GetDouble("y");
                if (x > 1)
                {
                    study.TellFailed(t);
                }
                else
                {
                    study.Tell(t, Math.Pow(x - 0.5, 2) + Math.Pow(y - 2, 2));
                }
            }

            var failed = study.Trials.Skip(30).Count(t => t.State == TrialState.Failed);
            Assert.True(failed <= 12 && study.BestTrial!.Loss < 0.02, $"seed {seed}: {failed} failed, {study.BestTrial}");
        }
    }

    [Fact]
    public void Trials_that_run_at_a_time_are_at_different_points_and_find_the_optimum()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var study = TestSpaces.NewStudy(BenchmarkDomain.Branin.Space(), Samplers.GaussianProcess(seed));
            for (var round = 0; round < 10; round++)
            {
                Trial[] running = [.. Enumerable.Range(0, 8).Select(_ => study.Ask())];
                for (var i = 0; i < running.Length; i++)
                {
                    for (var j = 0; j < i; j++)
                    {
                        Assert.NotEqual(running[i].Values, running[j].Values);
                    }
                }

                Array.ForEach(running, t => study.Tell(t, BenchmarkDomain.Branin.Loss(t, 0)));
            }

            Assert.True(study.BestTrial!.Loss < 0.45, $"seed {seed}: {study.BestTrial}");
        }
    }

    [Fact]
    public void Integers_of_a_wide_range_are_tuned_like_numbers()
    {
        var passed = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var space = new SearchSpace { ["n"] = Distribution.RandInt(1L << 53), ["m"] = Distribution.UniformInt(-1_000_000, 1_000_000) };
            var study = TestSpaces.NewStudy(space, Samplers.GaussianProcess(seed));
            study.Optimize(t => Math.Pow(t.GetInt64("n") / (double)(1L << 53) - 0.37, 2) + Math.Pow(t.GetInt64("m") / 1e6 + 0.21, 2), 40);
            passed += study.BestTrial!.Loss < 1e-4 ? 1 : 0;
        }

        Assert.InRange(passed, 19, Seeds);
    }

    [Fact]
    public void A_point_from_far_away_does_no_harm()
    {
        var space = new SearchSpace { ["x"] = Distribution.Normal(0, 1), ["y"] = Distribution.LogNormal(0, 1) };
        var study = TestSpaces.NewStudy(space, Samplers.GaussianProcess(1));
        var far = study.Ask(new Dictionary<string, double> { ["x"] = -1e300, ["y"] = 1e300 });
        study.Tell(far, 1e300);
        study.Optimize(t => Math.Pow(t.GetDouble("x") - 0.5, 2) + Math.Pow(t.GetDouble("y") - 1, 2), 40);
        Assert.True(study.BestTrial!.Loss < 1e-2, $"{study.BestTrial}");
    }

    [Fact]
    public void A_value_that_is_fixed_in_a_branch_counts_where_the_branch_is_chosen()
    {
        var study = new Study(
            TestSpaces.Conditional(),
            new StudyOptions { Sampler = Samplers.GaussianProcess(1), Fixed = new Dictionary<string, double> { ["k"] = 7 } });
        study.Optimize(t => t.IsActive("k") ? 1 + t.GetInt32("k") : TestSpaces.SumOfSquares(t), 40);
        Assert.All(study.Trials, t => Assert.Equal(t.Get<string>("classifier") == "knn", t.IsActive("k")));
        Assert.All(study.Trials.Where(t => t.IsActive("k")), t => Assert.Equal(7, t.GetInt32("k")));
        Assert.Contains(study.Trials, t => t.IsActive("k"));
    }

    [Fact]
    public void More_trials_than_the_process_takes_do_no_harm()
    {
        var options = new GpOptions { MaxObservations = 40, FitObservations = 30, Candidates = 50 };
        var study = TestSpaces.NewStudy(BenchmarkDomain.Branin.Space(), Samplers.GaussianProcess(1, options));
        study.Optimize(t => BenchmarkDomain.Branin.Loss(t, 0), 200);
        Assert.True(study.BestTrial!.Loss < 0.4);
    }

    [Theory]
    [InlineData(nameof(GpOptions.StartupTrials))]
    [InlineData(nameof(GpOptions.Candidates))]
    [InlineData(nameof(GpOptions.LocalSearches))]
    [InlineData(nameof(GpOptions.RefitGrowth))]
    [InlineData(nameof(GpOptions.SmallestImprovement))]
    [InlineData(nameof(GpOptions.FitObservations))]
    [InlineData(nameof(GpOptions.MaxObservations))]
    public void An_option_that_is_out_of_range_is_named(string name)
    {
        GpOptions options = name switch
        {
            nameof(GpOptions.StartupTrials) => new() { StartupTrials = 0 },
            nameof(GpOptions.Candidates) => new() { Candidates = 0 },
            nameof(GpOptions.LocalSearches) => new() { LocalSearches = -1 },
            nameof(GpOptions.RefitGrowth) => new() { RefitGrowth = double.NaN },
            nameof(GpOptions.SmallestImprovement) => new() { SmallestImprovement = -1 },
            nameof(GpOptions.FitObservations) => new() { FitObservations = 1 },
            _ => new() { MaxObservations = 1 },
        };
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => Samplers.GaussianProcess(1, options)).ParamName);
    }

    private static int Passed(BenchmarkDomain domain, int evals, Func<double, bool> isGood) =>
        Enumerable.Range(0, Seeds).Count(seed => isGood(domain.BestLoss(s => Samplers.GaussianProcess(s), seed, evals)));
}

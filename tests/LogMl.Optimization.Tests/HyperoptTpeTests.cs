using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>
/// What TPE as hyperopt has it does as a whole, in part after hyperopt's tests (test_tpe.py, test_randint.py, test_pchoice.py).
/// </summary>
public class HyperoptTpeTests
{
    [Fact]
    public void The_first_points_are_those_of_random_search()
    {
        var tpe = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.HyperoptTpe(4));
        var random = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.Random(4));
        tpe.Optimize(TestSpaces.SumOfSquares, 21);
        random.Optimize(TestSpaces.SumOfSquares, 21);
        Assert.Equal(random.Trials.Take(20).Select(t => t.Values), tpe.Trials.Take(20).Select(t => t.Values));
        Assert.NotEqual(random.Trials[20].Values, tpe.Trials[20].Values);
    }

    [Fact]
    public void A_constant_loss_and_trials_that_all_fail_do_no_harm()
    {
        var constant = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.HyperoptTpe(1));
        constant.Optimize(_ => 1, 100);
        Assert.Equal(0, constant.BestTrial!.Number);

        var failing = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.HyperoptTpe(1));
        failing.Optimize(_ => double.NaN, 100);
        Assert.Null(failing.BestTrial);
        Assert.All(failing.Trials, t => Assert.Equal(TrialState.Failed, t.State));
    }

    [Fact]
    public void Failed_trials_are_not_part_of_the_model()
    {
        // The same points and losses, with failures in between: the number of the trial, and so its random stream, is the same.
        var some =
            TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.HyperoptTpe(1, new HyperoptTpeOptions { StartupTrials = 5 }));
        var others =
            TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.HyperoptTpe(1, new HyperoptTpeOptions { StartupTrials = 5 }));
        var source = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.Random(9));
        for (var i = 0; i < 60; i++)
        {
            var point = source.Ask();
            var a = some.Ask(point.Values);
            var b = others.Ask(i % 2 == 0 ? point.Values : source.Ask().Values);
            if (i % 2 == 0)
            {
                some.Tell(a, TestSpaces.SumOfSquares(a));
                others.Tell(b, TestSpaces.SumOfSquares(b));
            }
            else
            {
                some.TellFailed(a);
                others.Tell(b, double.NaN);
            }
        }

        Assert.Equal(some.Ask().Values, others.Ask().Values);
    }

    [Fact]
    public void Many_running_trials_are_all_proposed_from_the_model()
    {
        var study = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.HyperoptTpe(2));
        Trial[] batch = [.. Enumerable.Range(0, 100).Select(_ => study.Ask())];
        Assert.Equal(100, batch.Select(t => string.Join(';', t.Values.Values)).Distinct().Count());
        Array.ForEach(batch, t => study.Tell(t, TestSpaces.SumOfSquares(t)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    public void The_value_proposed_most_over_20_seeds_is_the_target_of_a_noisy_quniform(double target)
    {
        var options = new HyperoptTpeOptions { PriorWeight = 2.5, Gamma = 0.2, Candidates = 128, StartupTrials = 2 };
        var proposed = new List<double>();
        for (long seed = 0; seed < 20; seed++)
        {
            var study =
                TestSpaces.NewStudy(new SearchSpace { ["x"] = Distribution.QUniform(1.01, 10, 1) }, Samplers.HyperoptTpe(seed, options));
            study.Optimize(t => Math.Pow(t.GetDouble("x") - target, 2) + StandardNormal.Draw(new RandomStream(1000 + seed, t.Number)), 100);
            proposed.AddRange(study.Trials.Select(t => t.GetDouble("x")));
        }

        Assert.Equal(target, proposed.CountBy(x => x).MaxBy(c => c.Value).Key);
    }

    [Theory]
    [InlineData(2, 7)]
    [InlineData(2, 30)]
    [InlineData(2, 100)]
    [InlineData(5, 30)]
    [InlineData(5, 100)]
    [InlineData(20, 100)]
    public void A_root_is_found_among_integers_and_no_value_is_below_the_lower_bound(long low, long high)
    {
        foreach (var sampler in new[] { Samplers.Random(4), Samplers.HyperoptTpe(4, new HyperoptTpeOptions { StartupTrials = 10 }) })
        {
            var study = TestSpaces.NewStudy(new SearchSpace { ["x"] = Distribution.RandInt(low, high) }, sampler);
            study.Optimize(t => Math.Abs((t.GetDouble("x") - 3) * (t.GetDouble("x") - 10) * (t.GetDouble("x") - 50)), 150);
            Assert.All(study.Trials, t => Assert.InRange(t.GetInt64("x"), low, high - 1));
            Assert.Equal(0, study.BestTrial!.Loss);
        }
    }

    [Fact]
    public void The_good_option_of_a_pchoice_is_taken_more_often_than_its_prior()
    {
        static double Share(Sampler sampler, int evals)
        {
            var space = new SearchSpace { ["x"] = Distribution.PChoice((0.1, 1.0), (0.2, 1.0), (0.3, 1.0), (0.4, 0.0)) };
            var study = TestSpaces.NewStudy(space, sampler);
            study.Optimize(t => t.Get<double>("x"), evals);
            return study.Trials.Count(t => t.GetIndex("x") == 3) / (double)evals;
        }

        Assert.InRange(Share(Samplers.Random(4), 150), 0.35, 0.6);
        Assert.InRange(Share(Samplers.HyperoptTpe(4, new HyperoptTpeOptions { StartupTrials = 10 }), 100), 0.6, 1);
    }

    [Fact]
    public void A_branch_learns_from_the_trials_that_chose_it()
    {
        var space = new SearchSpace
        {
            ["side"] = Distribution.Choice(
                new Branch("good", new SearchSpace { ["g"] = Distribution.Uniform(-100, 100) }),
                new Branch("bad", new SearchSpace { ["b"] = Distribution.Uniform(-100, 100) })),
        };
        var study = TestSpaces.NewStudy(space, Samplers.HyperoptTpe(1));
        study.Optimize(t => t.IsActive("g") ? Math.Abs(t.GetDouble("g") - 42) : 1000 + Math.Abs(t.GetDouble("b")), 150);
        Trial[] late = [.. study.Trials.Skip(50)];

        // The prior keeps a share for the bad branch. Without learning, 50 and 10 trials would be in the good one and near its optimum.
        Assert.InRange(late.Count(t => t.IsActive("g")), 70, 95);
        Assert.True(late.Count(t => t.IsActive("g") && Math.Abs(t.GetDouble("g") - 42) < 20) > 25);
        Assert.Equal(42, study.BestTrial!.GetDouble("g"), 1.0);
    }

    [Fact]
    public void Bounds_far_from_the_data_of_a_component_do_not_hang_the_sampler()
    {
        // One float apart, huge, and tiny: rejection sampling would never end on some of them.
        var space = new SearchSpace
        {
            ["narrow"] = Distribution.Uniform(1, Math.BitIncrement(1)),
            ["huge"] = Distribution.Uniform(-8e307, 8e307),
            ["tiny"] = Distribution.Uniform(0, double.Epsilon),
            ["log"] = Distribution.LogUniform(-709, 709),
            ["spread"] = Distribution.LogNormal(0, 1000),
        };
        var study = TestSpaces.NewStudy(space, Samplers.HyperoptTpe(1, new HyperoptTpeOptions { PriorWeight = 1e-9 }));
        study.Optimize(t => t.GetDouble("narrow"), 100);
        Assert.All(study.Trials, t => Assert.All(study.Parameters, p => Assert.True(p.Distribution.Contains(t.GetDouble(p.Name)))));
    }
}

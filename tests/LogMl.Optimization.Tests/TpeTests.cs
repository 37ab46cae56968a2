using LogMl.Optimization.MultiObjective;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>What TPE does as a whole.</summary>
public class TpeTests
{
    [Theory]
    [InlineData("StartupTrials")]
    [InlineData("Gamma")]
    [InlineData("MinGood")]
    [InlineData("MaxGood")]
    [InlineData("Candidates")]
    [InlineData("Recombination")]
    [InlineData("Exploration")]
    [InlineData("PriorWeight")]
    [InlineData("GoodBandwidth")]
    [InlineData("BadBandwidth")]
    [InlineData("ChoiceSmoothing")]
    [InlineData("MaxBad")]
    public void An_option_out_of_its_range_is_refused(string name)
    {
        var defaults = new TpeOptions();
        TpeOptions[] wrong = name switch
        {
            "StartupTrials" => [defaults with { StartupTrials = -1 }],
            "Gamma" => [defaults with { Gamma = 0 }, defaults with { Gamma = double.NaN }],
            "MinGood" => [defaults with { MinGood = 0 }],
            "MaxGood" => [defaults with { MaxGood = 0 }, defaults with { MaxGood = 1001 }],
            "Candidates" => [defaults with { Candidates = 0 }],
            "Recombination" => [defaults with { Recombination = -0.1 }, defaults with { Recombination = 1.1 }],
            "Exploration" => [defaults with { Exploration = double.NaN }],
            "PriorWeight" => [defaults with { PriorWeight = 0 }],
            "GoodBandwidth" => [defaults with { GoodBandwidth = double.PositiveInfinity }],
            "BadBandwidth" => [defaults with { BadBandwidth = -1 }],
            "ChoiceSmoothing" => [defaults with { ChoiceSmoothing = 2 }],
            _ => [defaults with { MaxBad = 0 }, defaults with { MaxBad = 10001 }],
        };
        Assert.All(wrong, options => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => Samplers.Tpe(1, options)).ParamName));
    }

    [Fact]
    public void An_interaction_of_two_parameters_is_learnt()
    {
        // Only equal options are good: by itself each option of each parameter is as good as any other.
        static SearchSpace Space() => new()
        {
            ["a"] = Distribution.Choice(0, 1, 2, 3),
            ["b"] = Distribution.Choice(0, 1, 2, 3),
            ["x"] = Distribution.Uniform(0, 1),
        };
        var equal = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var study = TestSpaces.NewStudy(Space(), Samplers.Tpe(seed));
            study.Optimize(t => (t.GetIndex("a") == t.GetIndex("b") ? 0 : 1) + t.GetDouble("x") / 10, 60);
            equal += study.Trials.Skip(30).Count(t => t.GetIndex("a") == t.GetIndex("b"));
        }

        // A quarter by chance.
        Assert.InRange(equal / 600.0, 0.45, 1);
    }

    [Fact]
    public void A_wide_integer_is_an_ordered_number()
    {
        double[] distances = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            var study = TestSpaces.NewStudy(new SearchSpace { ["n"] = Distribution.RandInt(1L << 53) }, Samplers.Tpe(seed));
            study.Optimize(t => Math.Abs(t.GetDouble("n") / (1L << 53) - 0.7), 80);
            return study.BestTrial!.Loss!.Value;
        }).Order()];
        Assert.True(distances[18] < 2e-3, string.Join(' ', distances));
    }

    [Fact]
    public void Integers_of_few_values_do_not_freeze_when_the_good_trials_agree()
    {
        // With bandwidths alone one seed in four ends with a wrong integer, which costs 16 or 64.
        int[] counts = [2, 2, 2, 2, 3, 3];
        int[] right = [1, 0, 0, 1, 2, 1];
        double[] losses = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            var space = new SearchSpace { ["x"] = Distribution.Uniform(-4, 4), ["y"] = Distribution.Uniform(-4, 4) };
            for (var i = 0; i < counts.Length; i++)
            {
                space[$"n{i}"] = Distribution.UniformInt(0, counts[i] - 1);
            }

            var study = TestSpaces.NewStudy(space, Samplers.Tpe(seed));
            study.Optimize(
                t => Square(t.GetDouble("x") - 1) + Square(t.GetDouble("y") + 2) + counts.Select((count, i) => Square(8.0 * (t.GetInt32($"n{i}") - right[i]) / (count - 1))).Sum(),
                100);
            return study.BestTrial!.Loss!.Value;
        }).Order()];
        Assert.True(losses[18] < 1, string.Join(' ', losses));

        static double Square(double x) => x * x;
    }

    [Fact]
    public void Points_that_fail_are_avoided_and_do_not_poison_what_was_learnt()
    {
        var late = 0;
        double[] best = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1), ["y"] = Distribution.Uniform(0, 1) };
            var study = TestSpaces.NewStudy(space, Samplers.Tpe(seed));
            study.Optimize(
                t => t.GetDouble("x") < 0.5 ? double.NaN : Math.Abs(t.GetDouble("x") - 0.55) + Math.Abs(t.GetDouble("y") - 0.3), 100);
            late += study.Trials.Skip(40).Count(t => t.State == TrialState.Failed);
            return study.BestTrial!.Loss!.Value;
        }).Order()];

        // The optimum is next to where trials fail. Half of all points fail by chance.
        Assert.InRange(late / 1200.0, 0, 0.3);
        Assert.True(best[18] < 0.06, string.Join(' ', best));
    }

    [Fact]
    public void When_all_trials_fail_points_elsewhere_are_tried()
    {
        // Everything fails in the larger part of the space; nothing else is known.
        var outside = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var study = TestSpaces.NewStudy(new SearchSpace { ["x"] = Distribution.Uniform(0, 1) }, Samplers.Tpe(seed));
            for (var i = 0; i < 40; i++)
            {
                var trial = study.Ask(new Dictionary<string, double> { ["x"] = 0.7 * i / 40 });
                study.TellFailed(trial);
            }

            outside += study.Ask().GetDouble("x") > 0.7 ? 1 : 0;
        }

        Assert.InRange(outside, 18, 20);
    }

    [Fact]
    public void Parallel_trials_keep_away_from_each_other()
    {
        // y does not matter: ten trials at a time are spread over it.
        double spread = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var study = TestSpaces.NewStudy(
                new SearchSpace { ["x"] = Distribution.Uniform(0, 1), ["y"] = Distribution.Uniform(0, 1) }, Samplers.Tpe(seed));
            study.Optimize(t => t.GetDouble("x"), 30);
            Trial[] running = [.. Enumerable.Range(0, 10).Select(_ => study.Ask())];
            spread += running.Max(t => t.GetDouble("y")) - running.Min(t => t.GetDouble("y"));
        }

        Assert.InRange(spread / 20, 0.5, 1);
    }

    [Fact]
    public void Infeasible_trials_steer_the_search()
    {
        var feasible = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1), ["y"] = Distribution.Uniform(0, 1) };
            var study = TestSpaces.NewStudy(space, Samplers.Tpe(seed));
            for (var i = 0; i < 60; i++)
            {
                var trial = study.Ask();
                var x = trial.GetDouble("x");

                // A hundredth of the space is feasible, and the loss leads away from it.
                study.Tell(trial, new TrialResult(x) { Constraints = [0.9 - x, trial.GetDouble("y") - 0.1] });
            }

            feasible += study.Trials.Skip(30).Count(t => t.IsFeasible);
        }

        Assert.InRange(feasible / 600.0, 0.2, 1);
    }

    [Fact]
    public void Pruned_trials_are_learnt_from_by_how_far_they_came_and_their_last_value()
    {
        double[] last = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            var study = TestSpaces.NewStudy(new SearchSpace { ["x"] = Distribution.Uniform(0, 1) }, Samplers.Tpe(seed));
            for (var i = 0; i < 60; i++)
            {
                var trial = study.Ask();
                trial.Report(Math.Abs(trial.GetDouble("x") - 0.8), 3);
                study.TellPruned(trial);
            }

            return study.Trials.Skip(40).Average(t => Math.Abs(t.GetDouble("x") - 0.8));
        }).Order()];
        Assert.True(last[18] < 0.15, string.Join(' ', last));
    }

    [Fact]
    public void A_point_without_continuous_parameters_is_not_tried_twice_before_its_neighbours()
    {
        // 64 points: after 40 trials without repetition, 40 different ones.
        var different = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var space = new SearchSpace { ["a"] = Distribution.RandInt(8), ["b"] = Distribution.Choice(0, 1, 2, 3, 4, 5, 6, 7) };
            var study = TestSpaces.NewStudy(space, Samplers.Tpe(seed));
            study.Optimize(t => t.GetDouble("a") + t.GetIndex("b"), 40);
            different += study.Trials.Select(t => (t.GetDouble("a"), t.GetIndex("b"))).Distinct().Count();
        }

        Assert.True(different > 20 * 36, $"{different}");
    }

    [Fact]
    public void Several_objectives_have_more_hypervolume_than_random_search()
    {
        static double Volume(Sampler sampler)
        {
            var space = new SearchSpace();
            for (var i = 0; i < 5; i++)
            {
                space[$"x{i}"] = Distribution.Uniform(0, 1);
            }

            var study = new Study(space, new StudyOptions { Sampler = sampler, Directions = [Direction.Minimize, Direction.Minimize] });
            for (var n = 0; n < 120; n++)
            {
                var trial = study.Ask();
                var f = trial.GetDouble("x0");
                var g = 1 + 9 * Enumerable.Range(1, 4).Average(i => trial.GetDouble($"x{i}"));
                study.Tell(trial, new TrialResult(f, g * (1 - Math.Sqrt(f / g))));   // ZDT1
            }

            return Hypervolume.Compute(study.BestTrials.Select(t => t.Objectives), [1.1, 8.0]);
        }

        Assert.All(Enumerable.Range(0, 20), seed => Assert.True(Volume(Samplers.Tpe(seed)) > Volume(Samplers.Random(seed))));
    }

    [Fact]
    public void What_a_suggestion_allocates_does_not_grow_with_the_history()
    {
        long[] allocated = [.. new[] { 300, 3000 }.Select(count =>
        {
            var study = new Study(TestSpaces.AllDistributions(), new StudyOptions { Sampler = Samplers.Tpe(1) });
            var random = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.Random(1));
            for (var i = 0; i < count; i++)
            {
                var trial = study.Ask(random.Ask().Values);
                study.Tell(trial, TestSpaces.SumOfSquares(trial));
            }

            study.Optimize(TestSpaces.SumOfSquares, count + 100);
            var each = new List<long>();
            for (var i = 0; i < 60; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var trial = study.Ask();
                each.Add(GC.GetAllocatedBytesForCurrentThread() - before);
                study.Tell(trial, TestSpaces.SumOfSquares(trial));
            }

            return each.Order().ElementAt(30);
        })];
        Assert.InRange(allocated[1], 0, allocated[0] + 64);
        Assert.InRange(allocated[1], 0, 2048);
    }
}

using LogMl.Optimization.Numerics;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>What each pruner decides, worked out by hand; the rules are those of Optuna.</summary>
public class PrunerTests
{
    private const double NaN = double.NaN;

    [Fact]
    public void The_median_pruner_compares_the_best_value_so_far_with_the_median_at_the_step()
    {
        var study = NewStudy(Pruners.Median(new PercentileOptions { StartupTrials = 3 }));
        Complete(study, 1, 5);
        Complete(study, 2, 6);
        Assert.False(Next(study, 9).ShouldPrune());
        Complete(study, 3, 7);
        Assert.False(Next(study, 2).ShouldPrune());
        Assert.True(Next(study, 2.1).ShouldPrune());
        Assert.False(Next(study, 2, 100).ShouldPrune());
        Assert.True(Next(study, NaN).ShouldPrune());
        Assert.False(Next(study, NaN, 5.5).ShouldPrune());
        Assert.False(study.Ask().ShouldPrune());
        Assert.False(Next(study, 1, 9, 100).ShouldPrune());
    }

    [Fact]
    public void The_percentile_pruner_interpolates_and_keeps_the_best_part_in_both_directions()
    {
        foreach (var direction in (Direction[])[Direction.Minimize, Direction.Maximize])
        {
            double sign = direction == Direction.Maximize ? -1 : 1;
            var study = NewStudy(Pruners.Percentile(25, new PercentileOptions { StartupTrials = 0 }), direction);
            Assert.False(Next(study, 1e9 * sign).ShouldPrune());
            foreach (var value in (double[])[4, 1, 3, 2, NaN])
            {
                Complete(study, value * sign);
            }

            Assert.False(Next(study, 1.74 * sign).ShouldPrune());
            Assert.True(Next(study, 1.76 * sign).ShouldPrune());
        }
    }

    [Fact]
    public void Pruned_failed_and_running_trials_are_no_measure_for_the_median()
    {
        var study = NewStudy(Pruners.Median(new PercentileOptions { StartupTrials = 1, MinTrials = 2 }));
        study.TellPruned(Next(study, 1));
        study.TellFailed(Next(study, 1));
        Next(study, 1);
        Complete(study, 5);
        Assert.False(Next(study, 6).ShouldPrune());
        Complete(study, 5);
        Assert.True(Next(study, 6).ShouldPrune());
    }

    [Fact]
    public void Warm_up_and_intervals_say_when_a_trial_is_looked_at()
    {
        var options = new PercentileOptions { StartupTrials = 1, WarmupSteps = 2, IntervalSteps = 3 };
        var study = NewStudy(Pruners.Median(options));
        Complete(study, [.. Enumerable.Repeat(0.0, 12)]);
        var trial = study.Ask();
        var asked = new List<int>();
        for (var step = 0; step < 12; step++)
        {
            trial.Report(1, step);
            if (trial.ShouldPrune())
            {
                asked.Add(step);
            }
        }

        Assert.Equal([2, 5, 8, 11], asked);
        var rare = study.Ask();
        rare.Report(1, 3);
        Assert.True(rare.ShouldPrune());
        rare.Report(1, 7);
        Assert.True(rare.ShouldPrune());
    }

    [Fact]
    public void Steps_may_be_reported_twice_and_in_any_order()
    {
        var study = NewStudy(Pruners.Median(new PercentileOptions { StartupTrials = 1 }));
        Complete(study, 1, 1, 1);
        var trial = study.Ask();
        trial.Report(5, 2);
        Assert.True(trial.ShouldPrune());
        trial.Report(0.5, 0);
        Assert.False(trial.ShouldPrune());
        trial.Report(5, 0);
        Assert.True(trial.ShouldPrune());
        trial.Report(0.5, 2);
        Assert.False(trial.ShouldPrune());
    }

    [Fact]
    public void Successive_halving_promotes_the_best_quarter_at_each_rung()
    {
        var study = NewStudy(Pruners.SuccessiveHalving(new SuccessiveHalvingOptions { MinResource = 1 }));
        // Too few for a quarter: the best one so far goes on. Then the rank has to be within count / 4.
        Assert.Equal(
            [false, true, false, true, true, true, false, true],
            ((double[])[5, 6, 4, 7, 5, 6, 3, 5]).Select(value => AtStep(study, 1, value)));
        Assert.False(AtStep(study, 1, 3.5));
        Assert.Equal([false, false, true], ((double[])[2, 2, 3.2]).Select(value => AtStep(study, 1, value)));
    }

    [Fact]
    public void Successive_halving_decides_when_a_trial_comes_to_a_rung_and_only_then()
    {
        var study = NewStudy(Pruners.SuccessiveHalving(new SuccessiveHalvingOptions { MinResource = 2, MinEarlyStoppingRate = 1 }));
        Report(study.Ask(), (8, 1), (32, 1));
        var trial = study.Ask();
        foreach ((var step, var expected) in ((int, bool)[])
            [(0, false), (7, false), (9, true), (10, false), (31, false), (33, true), (40, false), (128, false)])
        {
            trial.Report(step == 128 ? 9 : 5, step);
            Assert.Equal(expected, trial.ShouldPrune());
        }

        var jumping = study.Ask();
        jumping.Report(0.5, 1000);
        Assert.False(jumping.ShouldPrune());
        var nan = study.Ask();
        nan.Report(NaN, 8);
        Assert.True(nan.ShouldPrune());
    }

    [Fact]
    public void Successive_halving_takes_its_first_rung_from_the_longest_complete_trial()
    {
        var study = NewStudy(Pruners.SuccessiveHalving());
        Report(study.Ask(), (3, 1), (400, 1));
        Assert.False(AtStep(study, 4, 2));
        var complete = study.Ask();
        Report(complete, (300, 3));
        study.Tell(complete, 3);
        Assert.True(AtStep(study, 3, 2));
        Assert.False(AtStep(study, 2, 9));
    }

    [Fact]
    public void Bootstrapped_trials_are_given_up_at_their_first_rung()
    {
        var study = NewStudy(Pruners.SuccessiveHalving(new SuccessiveHalvingOptions { MinResource = 1, BootstrapCount = 2 }));
        Assert.Equal([true, true, false], ((double[])[3, 2, 1]).Select(value => AtStep(study, 1, value)));
    }

    [Fact]
    public void Hyperband_gives_each_bracket_its_share_and_a_later_first_rung()
    {
        var study = NewStudy(Pruners.Hyperband(new HyperbandOptions { MaxResource = 27 }));
        // Every trial is worse than those before it: it is given up at the first rung of its bracket that it is not the first to reach.
        var lastSteps = new List<int>();
        for (var i = 0; i < 400; i++)
        {
            var trial = study.Ask();
            var step = 1;
            trial.Report(i, step);
            while (!trial.ShouldPrune() && step < 27)
            {
                trial.Report(i, ++step);
            }

            lastSteps.Add(step);
            study.TellPruned(trial);
        }

        // ceil(4 * 3^s / (s + 1)) for s = 3 ... 0.
        int[] shares = [27, 12, 6, 4];
        int[] firstRungs = [1, 3, 9, 27];
        for (var b = 0; b < 4; b++)
        {
            var share = lastSteps.Count(step => step == firstRungs[b]) / 400.0;
            Assert.InRange(share, shares[b] / 49.0 - 0.075, shares[b] / 49.0 + 0.075);
        }

        Assert.Equal(400, lastSteps.Count(step => firstRungs.Contains(step)));
    }

    [Fact]
    public void Hyperband_waits_for_a_complete_trial_when_it_does_not_know_how_long_trials_are()
    {
        var study = NewStudy(Pruners.Hyperband());
        for (var i = 0; i < 60; i++)
        {
            Assert.False(AtStep(study, 1, i));
        }

        var complete = study.Ask();
        Report(complete, (8, 0));
        study.Tell(complete, 0);
        Assert.Contains(true, Enumerable.Range(0, 20).Select(_ => AtStep(study, 1, 1000)));
    }

    [Fact]
    public void The_threshold_pruner_looks_at_the_last_value_as_it_was_reported()
    {
        var study = NewStudy(Pruners.Threshold(lower: 0, upper: 1), Direction.Maximize);
        Assert.Equal(
            [false, false, true, true, true], ((double[])[0, 1, 1.1, -0.1, NaN]).Select(value => AtStep(study, 0, value)));
        Assert.False(Next(study, 7, 0.5).ShouldPrune());
        Assert.True(Next(NewStudy(Pruners.Threshold(upper: 1)), double.PositiveInfinity).ShouldPrune());
        Assert.False(Next(NewStudy(Pruners.Threshold(upper: 1, options: new ThresholdOptions { WarmupSteps = 2 })), 5, 5).ShouldPrune());
    }

    [Fact]
    public void The_patient_pruner_waits_for_an_improvement()
    {
        var study = NewStudy(Pruners.Patient(2));
        Assert.False(Next(study, 1, 2, 2).ShouldPrune());
        Assert.True(Next(study, 1, 2, 2, 2).ShouldPrune());
        Assert.False(Next(study, 1, 2, 1, 2).ShouldPrune());
        Assert.True(Next(study, 1, NaN, NaN, NaN).ShouldPrune());
        Assert.False(Next(NewStudy(Pruners.Patient(2, minDelta: 1.5)), 1, 2, 2, 2).ShouldPrune());
        Assert.True(Next(NewStudy(Pruners.Patient(1), Direction.Maximize), 3, 2, 2).ShouldPrune());
    }

    [Fact]
    public void The_patient_pruner_asks_the_one_it_wraps_when_its_patience_is_at_its_end()
    {
        var study = NewStudy(Pruners.Patient(1, Pruners.Median(new PercentileOptions { StartupTrials = 1 })));
        Complete(study, 5, 5, 5);
        Assert.False(Next(study, 9).ShouldPrune());
        Assert.True(Next(study, 6, 7, 7).ShouldPrune());
        Assert.False(Next(study, 4, 7, 7).ShouldPrune());
    }

    [Fact]
    public void The_wilcoxon_pruner_gives_up_what_is_significantly_worse_than_the_best_trial()
    {
        var study = NewStudy(Pruners.Wilcoxon());
        Assert.False(Next(study, 9, 9, 9, 9, 9).ShouldPrune());
        Complete(study, 3, 3, 3, 3, 3, 3);
        Complete(study, 9, 9, 9, 9, 9, 9);
        Assert.False(Next(study, 3.1, 3.2, 3.3).ShouldPrune());           // p = 1/8
        Assert.True(Next(study, 3.1, 3.2, 3.3, 3.4).ShouldPrune());       // p = 1/16
        Assert.False(Next(study, 2.95, 3.2, 3.3, 3.4).ShouldPrune());      // one that is better
        Assert.False(Next(study, 3.1, NaN, 3.3, 3.4, 3.5).ShouldPrune());
        Assert.False(Next(study, 2.9, 2.8, 2.7, 2.6).ShouldPrune());
    }

    [Fact]
    public void The_fold_bound_pruner_gives_up_what_cannot_become_better_than_the_best_mean()
    {
        foreach (var direction in (Direction[])[Direction.Minimize, Direction.Maximize])
        {
            double sign = direction == Direction.Maximize ? -1 : 1;
            var study = NewStudy(
                direction == Direction.Maximize ? Pruners.FoldBound(upperBound: -1) : Pruners.FoldBound(lowerBound: 1), direction);
            Trial With(params double[] values) => Next(study, [.. values.Select(value => value * sign)]);
            Assert.False(With(900).ShouldPrune());
            study.Tell(With(2, 4, 2, 2, 5), 3 * sign);
            study.Tell(With(2, 4, 2, 2, 90), 20 * sign);

            // The best mean is 3, so that five folds have 15 to spend, of which each missing one takes 1.
            Assert.False(With(10.9).ShouldPrune());
            Assert.True(With(11).ShouldPrune());
            Assert.False(With(1, 10.9).ShouldPrune());
            Assert.True(With(1, 11).ShouldPrune());
            Assert.True(With(1, 1, 1, 11).ShouldPrune());

            // After the last fold there is nothing to save. A value that must not be there says nothing about the mean.
            Assert.False(With(9, 9, 9, 9, 9).ShouldPrune());
            Assert.False(With(90, 0.9).ShouldPrune());
            Assert.False(With(90, NaN).ShouldPrune());
            Assert.False(With(double.PositiveInfinity).ShouldPrune());
        }
    }

    [Fact]
    public void No_trial_that_would_have_become_the_best_is_given_up_by_the_fold_bound()
    {
        var study = NewStudy(Pruners.FoldBound(0));
        var random = new RandomStream(3, 0);
        var best = double.PositiveInfinity;
        var saved = 0;
        for (var i = 0; i < 300; i++)
        {
            var level = random.NextDouble();
            double[] folds = [.. Enumerable.Range(0, 5).Select(_ => level * random.NextDouble())];
            var trial = study.Ask();
            var pruned = false;
            for (var fold = 0; fold < 4 && !pruned; fold++)
            {
                trial.Report(folds[fold], fold);
                pruned = trial.ShouldPrune();
            }

            if (pruned)
            {
                saved++;
                Assert.True(folds.Average() >= best);
                study.TellPruned(trial);
                continue;
            }

            trial.Report(folds[4], 4);
            study.Tell(trial, folds.Average());
            best = Math.Min(best, folds.Average());
        }

        Assert.InRange(saved, 100, 299);
    }

    [Fact]
    public void Running_means_are_compared_in_the_place_of_single_folds_but_by_the_pruners_of_folds()
    {
        var median = NewStudy(Pruners.RunningMean(Pruners.Median(new PercentileOptions { StartupTrials = 1 })));
        Complete(median, 1, 5, 9);
        Assert.False(Next(median, 5, 1).ShouldPrune());
        Assert.True(Next(median, 5, 1.1).ShouldPrune());

        // Their means would be 3, 3.05, 3.1, ..., and 3.1 is not above each of the best trial's 3.
        var wilcoxon = NewStudy(Pruners.RunningMean(Pruners.Patient(0, Pruners.Wilcoxon())));
        Complete(wilcoxon, 3, 3, 3, 3, 3, 3);
        Assert.False(Next(wilcoxon, 2.9, 3.2, 3.3, 3.4).ShouldPrune());
        Assert.True(Next(wilcoxon, 3.1, 3.2, 3.3, 3.4).ShouldPrune());
        var bound = NewStudy(Pruners.RunningMean(Pruners.FoldBound(0)));
        Complete(bound, 3, 3, 3);
        Assert.True(Next(bound, 3, 6).ShouldPrune());
        Assert.False(Next(bound, 2.9, 6).ShouldPrune());
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, 1 / 32.0)]
    [InlineData(new double[] { -1, 2, 3, 4, 5 }, 2 / 32.0)]
    [InlineData(new double[] { -1, -2, -3 }, 1)]
    [InlineData(new double[] { 1, 1, 1, 1 }, 0.022750131948179209)]       // z = 2: ties
    [InlineData(new double[] { 0, 0 }, 0.5)]
    public void The_signed_rank_test_is_exact_without_ties_and_normal_with_them(double[] differences, double expected) =>
        Close.To(expected, SignedRankTest.PValueOfGreater(differences), 1e-9);

    [Fact]
    public void Decisions_do_not_depend_on_the_order_in_which_others_ended()
    {
        foreach (var pruner in All())
        {
            var forward = NewStudy(pruner);
            var backward = NewStudy(pruner);
            var a = Play(forward, reversed: false);
            var b = Play(backward, reversed: true);
            Assert.Equal(a.Select(t => t.State == TrialState.Running && t.ShouldPrune()),
                b.Select(t => t.State == TrialState.Running && t.ShouldPrune()));
        }
    }

    [Fact]
    public void Ten_thousand_trials_of_a_hundred_steps_are_no_burden()
    {
        foreach (var pruner in (Pruner[])[Pruners.Median(), Pruners.SuccessiveHalving(), Pruners.Hyperband()])
        {
            var study = NewStudy(pruner);
            var random = new RandomStream(1, 2);
            var pruned = 0;
            for (var i = 0; i < 10_000; i++)
            {
                var trial = study.Ask();
                var level = random.NextDouble();
                var isPruned = false;
                for (var step = 0; step < 100 && !isPruned; step++)
                {
                    trial.Report(level + random.NextDouble() / (step + 1), step);
                    isPruned = trial.ShouldPrune();
                }

                pruned += isPruned ? 1 : 0;
                if (isPruned)
                {
                    study.TellPruned(trial);
                }
                else
                {
                    study.Tell(trial, level);
                }
            }

            Assert.InRange(pruned, 5000, 9999);
        }
    }

    [Fact]
    public void Optimize_prunes_and_counts_the_trial_as_pruned()
    {
        var study = NewStudy(Pruners.Median(new PercentileOptions { StartupTrials = 1 }));
        study.Optimize(
            trial =>
            {
                trial.Report(trial.Number, 0);
                trial.ThrowIfPruned();
                return trial.Number;
            },
            5);
        Assert.Equal(
            [TrialState.Complete, TrialState.Pruned, TrialState.Pruned, TrialState.Pruned, TrialState.Pruned],
            study.Trials.Select(t => t.State));
    }

    [Fact]
    public void A_study_of_several_objectives_and_a_trial_that_has_ended_refuse()
    {
        var study = new Study(
            new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.Random(1), Directions = [Direction.Minimize, Direction.Minimize] });
        Error.Says<InvalidOperationException>("several objectives prunes no trials", () => study.Ask().ShouldPrune());
        var single = NewStudy(Pruners.None);
        var trial = Next(single, 1);
        Assert.False(trial.ShouldPrune());
        single.Tell(trial, 1);
        Error.Says<InvalidOperationException>("already been told", () => trial.ShouldPrune());
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Error.Says<ArgumentException>("StartupTrials must be at least 0", () => Pruners.Median(new() { StartupTrials = -1 }));
        Error.Says<ArgumentException>("IntervalSteps must be at least 1", () => Pruners.Median(new() { IntervalSteps = 0 }));
        Error.Says<ArgumentException>("percentile must be in [0, 100]; got 101", () => Pruners.Percentile(101));
        Error.Says<ArgumentException>("ReductionFactor must be at least 2", () => Pruners.SuccessiveHalving(new() { ReductionFactor = 1 }));
        Error.Says<ArgumentException>("needs a MinResource", () => Pruners.SuccessiveHalving(new() { BootstrapCount = 1 }));
        Error.Says<ArgumentException>(
            "MaxResource must be at least 9", () => Pruners.Hyperband(new() { MinResource = 9, MaxResource = 3 }));
        Error.Says<ArgumentException>("needs a bound", () => Pruners.Threshold());
        Error.Says<ArgumentException>("lowerBound", () => Pruners.FoldBound(NaN));
        Error.Says<ArgumentException>("upperBound", () => Pruners.FoldBound(0, double.PositiveInfinity));
        Error.Says<ArgumentException>("needs a bound", () => Pruners.FoldBound());
        Error.Says<ArgumentException>("needs upperBound", () => NewStudy(Pruners.FoldBound(0), Direction.Maximize));
        Error.Says<ArgumentException>("needs lowerBound", () => NewStudy(Pruners.FoldBound(upperBound: 0)));
        Error.Says<ArgumentNullException>("inner", () => Pruners.RunningMean(null!));
        Error.Says<ArgumentException>("lower = 2, upper = 1", () => Pruners.Threshold(2, 1));
        Error.Says<ArgumentException>("patience must be at least 0", () => Pruners.Patient(-1));
        Error.Says<ArgumentException>("PThreshold must be in [0, 1]; got 2", () => Pruners.Wilcoxon(new() { PThreshold = 2 }));
    }

    private static Pruner[] All() =>
    [
        Pruners.Median(), Pruners.SuccessiveHalving(), Pruners.SuccessiveHalving(new() { MinResource = 1 }), Pruners.Hyperband(),
        Pruners.Hyperband(new() { MaxResource = 9 }), Pruners.Threshold(upper: 0.7), Pruners.Patient(2, Pruners.Median()),
        Pruners.Wilcoxon(), Pruners.FoldBound(0), Pruners.RunningMean(Pruners.Median()),
        Pruners.RunningMean(Pruners.Patient(1, Pruners.Wilcoxon())),
    ];

    private static Trial[] Play(Study study, bool reversed)
    {
        Trial[] trials = [.. Enumerable.Range(0, 40).Select(_ => study.Ask())];
        foreach (var trial in reversed ? trials.Reverse() : trials)
        {
            var random = new RandomStream(5, trial.Number);
            for (var step = 0; step < 10 + trial.Number % 3; step++)
            {
                trial.Report(random.NextDouble(), step);
            }

            if (trial.Number % 3 == 0)
            {
                study.Tell(trial, random.NextDouble());
            }
        }

        return trials;
    }

    private static Study NewStudy(Pruner pruner, Direction direction = Direction.Minimize) => new(
        new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
        new StudyOptions { Sampler = Samplers.Random(1), Pruner = pruner, Directions = [direction] });

    private static Trial Next(Study study, params double[] values)
    {
        var trial = study.Ask();
        Report(trial, [.. values.Select((value, step) => (step, value))]);
        return trial;
    }

    private static void Complete(Study study, params double[] values)
    {
        var trial = Next(study, values);
        study.Tell(trial, double.IsNaN(values[^1]) ? 0 : values[^1]);
    }

    private static void Report(Trial trial, params (int Step, double Value)[] reports)
    {
        foreach ((var step, var value) in reports)
        {
            trial.Report(value, step);
        }
    }

    private static bool AtStep(Study study, int step, double value)
    {
        var trial = study.Ask();
        trial.Report(value, step);
        return trial.ShouldPrune();
    }
}

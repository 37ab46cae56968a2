using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>What annealing does, in part after hyperopt's tests (test_anneal.py, test_pchoice.py).</summary>
public class AnnealTests
{
    private const int Seeds = 20;

    [Fact]
    public void The_first_trial_is_random_and_later_ones_come_nearer_to_the_best()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var study = TestSpaces.NewStudy(Quadratic(), Samplers.Anneal(seed));
            study.Optimize(t => (t.GetDouble("x") - 3) * (t.GetDouble("x") - 3), 300);
            double Spread(int from) => study.Trials.Skip(from).Take(100).Average(t => Math.Abs(t.GetDouble("x") - 3));
            Assert.True(Spread(200) < Spread(0) / 2, $"seed {seed}: {Spread(0)}, then {Spread(200)}");
        }
    }

    [Fact]
    public void A_range_that_has_become_narrow_stays_inside_its_bounds()
    {
        var study = TestSpaces.NewStudy(Quadratic(), Samplers.Anneal(1, new AnnealOptions { MeanRank = 1 }));
        study.Tell(study.Ask([KeyValuePair.Create("x", 4.9)]), 0);
        for (var i = 1; i < 100; i++)
        {
            var width = 10 / (1 + 0.1 * i);
            var trial = study.Ask();
            Assert.InRange(trial.GetDouble("x"), Math.Max(Math.Min(4.9, 5 - width / 2) - width / 2, -5), 5);
            study.Tell(trial, 1);
        }
    }

    [Fact]
    public void The_best_option_is_taken_more_and_more_often()
    {
        var enough = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var study = TestSpaces.NewStudy(
                new SearchSpace { ["p"] = Distribution.PChoice((0.1, 1), (0.2, 1), (0.3, 1), (0.4, 0)) }, Samplers.Anneal(seed));
            study.Optimize(t => t.Get<int>("p"), 100);
            enough += study.Trials.Count(t => t.GetIndex("p") == 3) > 60 ? 1 : 0;
        }

        Assert.True(enough >= 19, $"{enough} of {Seeds}");
    }

    [Fact]
    public void Running_and_failed_trials_are_no_good_trials()
    {
        var study = TestSpaces.NewStudy(Quadratic(), Samplers.Anneal(1, new AnnealOptions { MeanRank = 1, Shrinking = 1e6 }));
        study.TellFailed(study.Ask([KeyValuePair.Create("x", -4.0)]));
        study.Ask([KeyValuePair.Create("x", -2.0)]);
        study.TellPruned(study.Ask([KeyValuePair.Create("x", -1.0)]));
        study.Tell(study.Ask([KeyValuePair.Create("x", 0.0)]), new TrialResult(0) { Constraints = [1] });
        study.Tell(study.Ask([KeyValuePair.Create("x", 2.0)]), 1e300);
        Assert.Equal(2, study.Ask().GetDouble("x"), 0.001);
    }

    [Fact]
    public void Several_objectives_and_wrong_options_are_refused()
    {
        Error.Says<ArgumentException>("one objective", () => new Study(
            Quadratic(),
            new StudyOptions { Sampler = Samplers.Anneal(1), Directions = [Direction.Minimize, Direction.Minimize] }));
        Error.Says<ArgumentOutOfRangeException>("MeanRank", () => Samplers.Anneal(1, new AnnealOptions { MeanRank = 0.5 }));
        Error.Says<ArgumentOutOfRangeException>("Shrinking", () => Samplers.Anneal(1, new AnnealOptions { Shrinking = -1 }));
    }

    private static SearchSpace Quadratic() => new() { ["x"] = Distribution.Uniform(-5, 5) };
}

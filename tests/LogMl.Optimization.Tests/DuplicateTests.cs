using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization.Tests;

/// <summary>What becomes of points that have been tried before.</summary>
public class DuplicateTests
{
    public static TheoryData<string> Samplers => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Samplers))]
    public void With_Skip_every_point_of_a_finite_space_is_tried_once_and_then_the_search_ends(string sampler)
    {
        var study = NewStudy(FiniteSpace(), AllSamplers.Create(sampler, 4), DuplicateHandling.Skip);
        var end = study.Optimize(t => t.Number % 5, 1000);
        Assert.Equal(Points, study.Trials.Count);
        Assert.Equal(Points, study.Trials.Select(t => string.Join(';', t.Values)).Distinct().Count());
        Assert.Equal(StopReason.Exhausted, end.Reason);
        Assert.Null(study.TryAsk());
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void With_Skip_running_and_failed_points_are_not_tried_again_and_a_rebuilt_study_goes_on(string sampler)
    {
        var study = NewStudy(FiniteSpace(), AllSamplers.Create(sampler, 4), DuplicateHandling.Skip);
        var rebuilt = NewStudy(FiniteSpace(), AllSamplers.Create(sampler, 4), DuplicateHandling.Skip);
        for (var i = 0; i < 30; i++)
        {
            var trial = study.Ask();
            var copy = rebuilt.Ask(trial.Values);
            if (i % 2 == 0)
            {
                study.TellFailed(trial);
                rebuilt.TellFailed(copy);
            }
        }

        while (study.TryAsk() is { } trial)
        {
            Assert.Equal(trial.Values, rebuilt.Ask().Values);
        }

        Assert.Equal(Points, study.Trials.Count);
        Assert.Null(rebuilt.TryAsk());
    }

    [Fact]
    public void With_Skip_fixed_values_make_the_space_smaller_and_impossible_options_do_not_count()
    {
        var space = FiniteSpace();
        var study = new Study(space, new StudyOptions
        {
            Sampler = LogMl.Optimization.Samplers.Random(1),
            Duplicates = DuplicateHandling.Skip,
            Fixed = space.Values(("kind", "b")),
        });
        Assert.Equal(StopReason.Exhausted, study.Optimize(_ => 1, 1000).Reason);
        Assert.Equal(5 * 3, study.Trials.Count);

        var impossible = NewStudy(
            new SearchSpace { ["x"] = Distribution.PChoice((0.5, 1), (0.0, 2), (0.5, 3)) },
            LogMl.Optimization.Samplers.Random(1),
            DuplicateHandling.Skip);
        impossible.Ask([new("x", 1)]);
        impossible.Optimize(_ => 1, 1000);
        Assert.Equal(3, impossible.Trials.Count);
    }

    [Fact]
    public void With_Skip_the_finite_branch_of_an_infinite_space_is_left_when_it_is_exhausted()
    {
        var space = new SearchSpace
        {
            ["kind"] =
                Distribution.PChoice((0.99, "small"), (0.01, new Branch("large", new SearchSpace { ["x"] = Distribution.Uniform(0, 1) }))),
        };
        var study = NewStudy(space, LogMl.Optimization.Samplers.Random(1), DuplicateHandling.Skip);
        study.Optimize(_ => 1, 30);
        Assert.Single(study.Trials, t => t.GetIndex("kind") == 0);
        Assert.Equal(29, study.Trials.Where(t => t.IsActive("x")).Select(t => t.GetDouble("x")).Distinct().Count());
    }

    [Fact]
    public void With_Skip_the_next_point_is_the_nearest_that_is_left()
    {
        var study = NewStudy(
            new SearchSpace
            {
                ["x"] = Distribution.Uniform(0, 1),
                ["n"] = Distribution.RandInt(100),
                ["q"] = Distribution.QNormal(0, 1, 0.5)
            },
            LogMl.Optimization.Samplers.Random(1), DuplicateHandling.Skip);
        study.Optimize(_ => 1, 200);
        var one = NewStudy(new SearchSpace { ["n"] = Distribution.RandInt(1 << 30) }, new Repeating(), DuplicateHandling.Skip);
        for (var i = 0; i < 5; i++)
        {
            one.Ask();
        }

        Assert.Equal([7.0, 6.0, 8.0, 5.0, 9.0], one.Trials.Select(t => t.GetDouble("n")));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void With_Reuse_no_point_is_evaluated_twice(string sampler)
    {
        var study = NewStudy(FiniteSpace(), AllSamplers.Create(sampler, 4), DuplicateHandling.Reuse);
        var evaluated = new List<string>();
        var end = study.Optimize(
            t =>
            {
                evaluated.Add(string.Join(';', t.Values));
                return evaluated.Count;
            },
            150);
        Assert.Equal(evaluated.Distinct(), evaluated);
        Assert.Equal(evaluated.Count == Points ? StopReason.Exhausted : StopReason.MaxEvals, end.Reason);
        foreach (var trial in study.Trials.Where(t => t.ReusedTrial is not null))
        {
            Assert.Equal(study.Trials[trial.ReusedTrial!.Value].Values, trial.Values);
            Assert.Equal(study.Trials[trial.ReusedTrial!.Value].Loss, trial.Loss);
        }
    }

    [Fact]
    public void With_Reuse_the_search_ends_when_every_point_has_its_result()
    {
        var study = NewStudy(FiniteSpace(), LogMl.Optimization.Samplers.Random(1), DuplicateHandling.Reuse);
        var failures = 0;
        var end = study.Optimize(_ => failures++ < 10 ? double.NaN : 1, new OptimizeOptions());
        Assert.Equal(StopReason.Exhausted, end.Reason);
        Assert.Equal(Points, study.Trials.Count(t => t.State == TrialState.Complete && t.ReusedTrial is null));
    }

    [Fact]
    public void With_Reuse_whoever_asks_gets_a_trial_that_is_complete_already()
    {
        var study = NewStudy(FiniteSpace(), LogMl.Optimization.Samplers.Random(1), DuplicateHandling.Reuse);
        var failed = study.Ask();
        var first = study.Ask();
        study.TellFailed(failed);
        Assert.Equal(TrialState.Running, first.State);
        study.Tell(first, new TrialResult(5) { Constraints = [1] });
        study.Enqueue(first.Values);
        var second = study.Ask();
        Assert.Equal((TrialState.Complete, 1, 5.0, false), (second.State, second.ReusedTrial, second.Loss, second.IsFeasible));
        Assert.Null(first.ReusedTrial);
        Assert.Equal(TrialState.Running, study.Ask(second.Values).State);
    }

    [Fact]
    public void By_default_points_are_evaluated_again()
    {
        var study = NewStudy(new SearchSpace { ["x"] = Distribution.Choice(1, 2) }, LogMl.Optimization.Samplers.Random(1), default);
        var count = 0;
        study.Optimize(_ => count++, 20);
        Assert.Equal(20, count);
    }

    // a: 1 way; b: 5 ways; c: 2 * 4 ways; and 3 values of the other parameter.
    private const int Points = (1 + 5 + 8) * 3;

    private static SearchSpace FiniteSpace() => new()
    {
        ["kind"] = Distribution.Choice(
            "a",
            new Branch("b", new SearchSpace { ["n"] = Distribution.UniformInt(1, 5) }),
            new Branch("c", new SearchSpace { ["flag"] = Distribution.Choice(false, true), ["r"] = Distribution.RandInt(2, 6) })),
        ["step"] = Distribution.QUniform(0, 1, 0.5),
    };

    private static Study NewStudy(SearchSpace space, Sampler sampler, DuplicateHandling duplicates) =>
        new(space, new StudyOptions { Sampler = sampler, Duplicates = duplicates });

    /// <summary>A sampler that has only one idea.</summary>
    private sealed class Repeating() : Sampler("repeating/1", 0)
    {
        internal override Proposer CreateProposer(History history) => new Sevens();

        private sealed class Sevens : Proposer
        {
            public override void Propose(int number, int attempt, Numerics.RandomStream random, ParameterValues point) => point[0] = 7;
        }
    }
}

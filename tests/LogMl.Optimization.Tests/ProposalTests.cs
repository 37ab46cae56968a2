using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>
/// Points without trials, for a store in which others may take the trial first: <see cref="Study.TryPropose"/> and
/// <see cref="Study.FindReusable"/>.
/// </summary>
public class ProposalTests
{
    public static TheoryData<string> Names => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_proposal_can_be_repeated_and_is_the_point_that_is_asked_for_next(string sampler)
    {
        foreach (var space in (Func<SearchSpace>[])[TestSpaces.AllDistributions, TestSpaces.Conditional])
        {
            var proposing = TestSpaces.NewStudy(space(), AllSamplers.Create(sampler, 3));
            var asking = TestSpaces.NewStudy(space(), AllSamplers.Create(sampler, 3));
            for (var i = 0; i < 40; i++)
            {
                var first = proposing.TryPropose();
                Assert.Equal(first, proposing.TryPropose());
                Assert.Equal(i, proposing.Trials.Count);
                var next = asking.Ask();
                Assert.Equal(next.Values, first);
                End(asking, next);
                End(proposing, proposing.Ask(first!));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_proposal_keeps_the_part_that_is_given_and_is_what_an_enqueued_part_gets(string sampler)
    {
        var space = TestSpaces.Conditional();
        var study = TestSpaces.NewStudy(space, AllSamplers.Create(sampler, 5));
        study.Optimize(TestSpaces.SumOfSquares, 25);
        Dictionary<string, double> part = new(space.Values(("classifier", "svm"), ("kernel", "rbf")));
        var proposed = study.TryPropose(part)!;
        Assert.Equal(proposed, study.TryPropose(part));
        Assert.Equal(["classifier", "c", "kernel", "width", "scale"], proposed.Keys);
        Assert.All(part, pair => Assert.Equal(pair.Value, proposed[pair.Key]));
        study.Enqueue(part);
        Assert.Equal(study.Ask().Values, proposed);
    }

    [Fact]
    public void Points_that_wait_play_no_part()
    {
        var study = TestSpaces.NewStudy(new SearchSpace { ["x"] = Distribution.Uniform(0, 1) }, Samplers.Random(1));
        var before = study.TryPropose();
        study.Enqueue([new("x", 0.5)]);
        Assert.Equal(before, study.TryPropose());
        Assert.Equal(0.5, study.Ask().GetDouble("x"));
    }

    [Fact]
    public void A_part_that_cannot_be_is_refused()
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Random(1));
        Error.Says<ArgumentException>(
            "'k' exists only with option 1 of 'classifier', which is not given", () => study.TryPropose([new("k", 3)]));
        Error.Says<ArgumentException>("no parameter 'z'", () => study.TryPropose([new("z", 1)]));
    }

    [Fact]
    public void There_is_none_when_the_sampler_or_the_space_is_at_its_end()
    {
        SearchSpace space = new() { ["a"] = Distribution.Choice("x", "y", "z"), ["b"] = Distribution.RandInt(2) };
        var grid = TestSpaces.NewStudy(space, Samplers.Grid());
        grid.Optimize(t => t.Number, 100);
        Assert.Equal(6, grid.Trials.Count);
        Assert.Null(grid.TryPropose());
        Study skipping = new(space, new StudyOptions { Sampler = Samplers.Random(1), Duplicates = DuplicateHandling.Skip });
        for (var i = 0; i < 6; i++)
        {
            skipping.Tell(skipping.Ask(skipping.TryPropose()!), i);
        }

        Assert.Equal(6, skipping.Trials.Select(t => (t.GetIndex("a"), t.GetInt32("b"))).Distinct().Count());
        Assert.Null(skipping.TryPropose());
    }

    [Fact]
    public void The_result_that_can_be_reused_is_that_of_the_first_complete_trial_at_the_point()
    {
        SearchSpace space = new() { ["a"] = Distribution.Choice("x", "y"), ["b"] = Distribution.RandInt(2) };
        Study study = new(space, new StudyOptions { Sampler = Samplers.Random(1), Duplicates = DuplicateHandling.Reuse });
        Dictionary<string, double> point = new() { ["a"] = 1, ["b"] = 0 };
        study.TellFailed(study.Ask(point));
        var running = study.Ask(point);
        Assert.Null(study.FindReusable(point));
        var second = study.Ask(point);
        study.Tell(second, 2);
        Assert.Same(second, study.FindReusable(point));
        study.Tell(running, 1);
        Assert.Same(running, study.FindReusable(point));
        Assert.Null(study.FindReusable([new("a", 0), new("b", 0)]));
        Error.Says<ArgumentException>("'b'", () => study.FindReusable([new("a", 0)]));
        var others = TestSpaces.NewStudy(space, Samplers.Random(1));
        others.Tell(others.Ask(point), 1);
        Assert.Null(others.FindReusable(point));
    }

    private static void End(Study study, Trial trial)
    {
        switch (trial.Number % 7)
        {
            case 3:
                study.TellFailed(trial);
                break;
            case 5:
                trial.Report(1, step: 2);
                study.TellPruned(trial);
                break;
            default:
                study.Tell(trial, TestSpaces.SumOfSquares(trial));
                break;
        }
    }
}

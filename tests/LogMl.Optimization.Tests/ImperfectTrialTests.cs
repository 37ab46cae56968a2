using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tests;

/// <summary>
/// Failed, pruned, infeasible and running trials, NaN, infinities, ties: every sampler stays in the space, gives the same for the same
/// seed, and does not look at the order of telling.
/// </summary>
public class ImperfectTrialTests
{
    public static TheoryData<string> Samplers => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Whatever_is_told_the_proposals_stay_in_the_space_and_follow_from_the_seed(string sampler)
    {
        foreach (var space in (Func<SearchSpace>[])[TestSpaces.AllDistributions, TestSpaces.Conditional])
        {
            foreach (var loss in Losses)
            {
                var study = TestSpaces.NewStudy(space(), AllSamplers.Create(sampler, 5));
                var again = TestSpaces.NewStudy(space(), AllSamplers.Create(sampler, 5));
                for (var i = 0; i < 30; i++)
                {
                    var trial = study.Ask();
                    Assert.Equal(trial.Values, again.Ask().Values);
                    Assert.All(
                        study.Parameters.Where(p => trial.IsActive(p.Name)),
                        p => Assert.True(p.Distribution.Contains(trial.GetDouble(p.Name))));
                    study.Tell(trial, loss(i));
                    again.Tell(again.Trials[i], loss(i));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void The_order_of_telling_does_not_matter_however_trials_end(string sampler)
    {
        var forward = TestSpaces.NewStudy(TestSpaces.Conditional(), AllSamplers.Create(sampler, 3));
        var backward = TestSpaces.NewStudy(TestSpaces.Conditional(), AllSamplers.Create(sampler, 3));
        for (var round = 0; round < 10; round++)
        {
            Trial[] a = [.. Enumerable.Range(0, 6).Select(_ => forward.Ask())];
            Trial[] b = [.. Enumerable.Range(0, 6).Select(_ => backward.Ask())];
            Assert.Equal(a.Select(t => t.Values), b.Select(t => t.Values));
            Array.ForEach(a, trial => End(forward, trial));
            Array.ForEach([.. b.Reverse()], trial => End(backward, trial));
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Trials_that_never_end_do_not_hold_up_the_search(string sampler)
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), AllSamplers.Create(sampler, 3));
        for (var i = 0; i < 100; i++)
        {
            var trial = study.Ask();
            if (i % 10 != 0)
            {
                study.Tell(trial, i % 4);
            }
        }

        Assert.Equal(10, study.Trials.Count(t => t.State == TrialState.Running));
    }

    private static readonly Func<int, double>[] Losses =
    [
        _ => 1,
        _ => double.NaN,
        i => i % 2 == 0 ? double.PositiveInfinity : double.NegativeInfinity,
        i => i % 3,
        i => i % 5 == 0 ? double.NaN : i % 2 == 0 ? double.MaxValue : -double.MaxValue,
        i => i % 2 == 0 ? double.Epsilon : -1e-300,
    ];

    // By its number: complete, tied, failed, NaN, pruned with and without a report, infeasible, running.
    private static void End(Study study, Trial trial)
    {
        switch (new RandomStream(11, trial.Number).NextBelow(8))
        {
            case 0:
                study.TellFailed(trial);
                break;
            case 1:
                study.Tell(trial, double.NaN);
                break;
            case 2:
                trial.Report(trial.Number, 3);
                study.TellPruned(trial);
                break;
            case 3:
                study.TellPruned(trial);
                break;
            case 4:
                study.Tell(trial, new TrialResult(trial.Number) { Constraints = [1, double.NaN] });
                break;
            case 5:
                break;
            case 6:
                study.Tell(trial, 1);
                break;
            default:
                study.Tell(trial, TestSpaces.SumOfSquares(trial));
                break;
        }
    }
}

using LogMl.Optimization.Distributions;
using CsCheck;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>What every sampler keeps: a proposal is a function of seed, number and history, and no history is too strange.</summary>
public class SamplerContractTests
{
    public static TheoryData<string> Names => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_proposals_and_another_seed_others(string name)
    {
        var first = Run(AllSamplers.Create(name, 7), 60);
        Assert.Equal(first, Run(AllSamplers.Create(name, 7), 60));
        var other = Run(AllSamplers.Create(name, 8), 60);
        Assert.Equal(AllSamplers.Find(name).HasSeed ? [] : first, first.Intersect(other));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_study_that_is_rebuilt_goes_on_as_if_it_had_never_stopped(string name) =>
        Gen.Select(Gen.Long, Gen.Int[0, 6].Array[0, 120], Gen.Bool).Sample(
            (seed, actions, isConditional) =>
            {
                Func<SearchSpace> space = isConditional ? TestSpaces.Conditional : TestSpaces.AllDistributions;
                var original = TestSpaces.NewStudy(space(), AllSamplers.Create(name, seed));
                Play(original, actions);
                var rebuilt = Rebuild(original, TestSpaces.NewStudy(space(), AllSamplers.Create(name, seed)));
                for (var i = 0; i < 3; i++)
                {
                    var next = original.Ask();
                    var again = rebuilt.Ask();
                    Assert.Equal(next.Number, again.Number);
                    Assert.Equal(next.Values, again.Values);
                    original.Tell(next, i);
                    rebuilt.Tell(again, i);
                }

                Assert.Equal(original.BestTrial!.Number, rebuilt.BestTrial!.Number);
            },
            iter: 100);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_telling_does_not_matter(string name)
    {
        var forward = TestSpaces.NewStudy(TestSpaces.AllDistributions(), AllSamplers.Create(name, 3));
        var backward = TestSpaces.NewStudy(TestSpaces.AllDistributions(), AllSamplers.Create(name, 3));
        for (var round = 0; round < 12; round++)
        {
            Trial[] a = [.. Enumerable.Range(0, 7).Select(_ => forward.Ask())];
            Trial[] b = [.. Enumerable.Range(0, 7).Select(_ => backward.Ask())];
            Assert.Equal(a.Select(t => t.Values), b.Select(t => t.Values));
            Array.ForEach(a, t => forward.Tell(t, TestSpaces.SumOfSquares(t)));
            Array.ForEach([.. b.Reverse()], t => backward.Tell(t, TestSpaces.SumOfSquares(t)));
        }
    }

    /// <summary>
    /// The bits of a whole study, on every machine: if this fails, the computations behind the proposals have changed, and with them must
    /// change the id.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_proposals_are_frozen(string name)
    {
        var study = TestSpaces.NewStudy(TestSpaces.AllDistributions(), AllSamplers.Create(name, 20190709));
        study.Optimize(TestSpaces.SumOfSquares, 60);
        ulong hash = 0;
        foreach (var (parameter, value) in study.Trials.SelectMany(trial => trial.Values))
        {
            hash = RandomStream.Mix(hash ^ BitConverter.DoubleToUInt64Bits(BesideUpperBound(Find(study, parameter).Distribution, value)));
        }

        Assert.Equal(AllSamplers.Find(name).Frozen, hash);
    }

    /// <summary>The hashes are of a time when the number below the upper bound was proposed in place of the bound itself.</summary>
    private static double BesideUpperBound(Distribution distribution, double value) =>
        distribution is NumericDistribution { IsDiscrete: false } number && value == number.Highest ? Math.BitDecrement(value) : value;

    [Theory]
    [MemberData(nameof(Names))]
    public void Constant_losses_and_trials_that_all_fail_or_are_pruned_or_never_end_do_no_harm(string name)
    {
        foreach (var end in (Action<Study, Trial>[])
            [
                (study, trial) => study.Tell(trial, 1),
                (study, trial) => study.TellFailed(trial),
                (study, trial) => study.TellPruned(trial),
                (_, _) => { },
            ])
        {
            foreach (var space in (SearchSpace[])[TestSpaces.AllDistributions(), TestSpaces.Conditional()])
            {
                var study = TestSpaces.NewStudy(space, AllSamplers.Create(name, 3));
                for (var i = 0; i < 150; i++)
                {
                    var trial = study.Ask();
                    Assert.All(trial.Values, pair => Assert.True(Find(study, pair.Key).Distribution.Contains(pair.Value)));
                    end(study, trial);
                }
            }
        }
    }

    private static Parameter Find(Study study, string name) => study.Parameters.Single(parameter => parameter.Name == name);

    private static List<string> Run(Sampler sampler, int evals)
    {
        var study = TestSpaces.NewStudy(TestSpaces.AllDistributions(), sampler);
        study.Optimize(TestSpaces.SumOfSquares, evals);
        return [.. study.Trials.Select(t => string.Join(';', t.Values.Values))];
    }

    // Several running trials, ended in any order and way, some with equal losses; some points are not of the sampler.
    private static void Play(Study study, int[] actions)
    {
        var running = new List<Trial>();
        var random = new RandomStream(1, 1);
        foreach (var action in actions)
        {
            if (running.Count == 0 || action < 2)
            {
                running.Add(study.Ask());
                continue;
            }

            var trial = running[(int)random.NextBelow((ulong)running.Count)];
            running.Remove(trial);
            switch (action)
            {
                case 2:
                    study.TellFailed(trial);
                    break;
                case 3:
                    study.TellPruned(trial);
                    break;
                default:
                    study.Tell(trial, action == 4 ? 1 : TestSpaces.SumOfSquares(trial));
                    break;
            }
        }
    }

    private static Study Rebuild(Study stored, Study study)
    {
        foreach (var old in stored.Trials)
        {
            var trial = study.Ask(old.Values);
            switch (old.State)
            {
                case TrialState.Failed:
                    study.TellFailed(trial);
                    break;
                case TrialState.Pruned:
                    study.TellPruned(trial);
                    break;
                case TrialState.Complete:
                    study.Tell(trial, old.Loss!.Value);
                    break;
            }
        }

        return study;
    }
}

using CsCheck;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tests;

/// <summary>A proposal is a function of seed, number and history.</summary>
public class DeterminismTests
{
    [Fact]
    public void The_generator_is_the_published_one()
    {
        // The reference sequences of xoshiro256** from the state 1, 2, 3, 4, and of SplitMix64 from 1234567.
        var random = new RandomStream(1, 2, 3, 4);
        Assert.Equal(
            [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600],
            Enumerable.Range(0, 6).Select(_ => random.NextUInt64()));
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431],
            Enumerable.Range(1, 4).Select(i => RandomStream.Mix(unchecked(1234567 + (ulong)i * RandomStream.GoldenGamma))));
    }

    [Fact]
    public void Streams_of_neighbouring_seeds_and_trials_differ()
    {
        var firsts = new HashSet<ulong>();
        for (long seed = -50; seed < 50; seed++)
        {
            for (long number = 0; number < 100; number++)
            {
                Assert.True(firsts.Add(new RandomStream(seed, number).NextUInt64()));
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_proposals_and_another_seed_others()
    {
        foreach (Func<long, Sampler> sampler in Both)
        {
            List<string> first = Run(sampler(7), 60);
            Assert.Equal(first, Run(sampler(7), 60));
            Assert.Empty(first.Intersect(Run(sampler(8), 60)));
        }
    }

    [Fact]
    public void A_study_that_is_rebuilt_from_its_history_goes_on_as_if_it_had_never_stopped() =>
        Gen.Select(Gen.Long, Gen.Int[0, 1], Gen.Int[0, 4].Array[0, 120], Gen.Bool).Sample(
            (seed, which, actions, isConditional) =>
            {
                Func<SearchSpace> space = isConditional ? TestSpaces.Conditional : TestSpaces.AllDistributions;
                Study original = TestSpaces.NewStudy(space(), Both[which](seed));
                Play(original, actions);
                Study rebuilt = Rebuild(original, TestSpaces.NewStudy(space(), Both[which](seed)));
                for (int i = 0; i < 3; i++)
                {
                    Trial next = original.Ask();
                    Trial again = rebuilt.Ask();
                    Assert.Equal(next.Number, again.Number);
                    Assert.Equal(next.Values, again.Values);
                    original.Tell(next, i);
                    rebuilt.Tell(again, i);
                }

                Assert.Equal(original.BestTrial!.Number, rebuilt.BestTrial!.Number);
            },
            iter: 150);

    [Fact]
    public void The_order_of_telling_between_two_asks_does_not_matter()
    {
        Study forward = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.HyperoptTpe(3));
        Study backward = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.HyperoptTpe(3));
        for (int round = 0; round < 12; round++)
        {
            Trial[] a = [.. Enumerable.Range(0, 4).Select(_ => forward.Ask())];
            Trial[] b = [.. Enumerable.Range(0, 4).Select(_ => backward.Ask())];
            Assert.Equal(a.Select(t => t.Values), b.Select(t => t.Values));
            Array.ForEach(a, t => forward.Tell(t, TestSpaces.SumOfSquares(t)));
            Array.ForEach([.. b.Reverse()], t => backward.Tell(t, TestSpaces.SumOfSquares(t)));
        }
    }

    /// <summary>
    /// The bits of a whole study, on every machine: if this fails, the computations behind the proposals have changed, and with them
    /// must change the id of the algorithm.
    /// </summary>
    [Theory]
    [InlineData(Samplers.RandomAlgorithmId, 885028211866178373UL)]
    [InlineData(Samplers.HyperoptTpeAlgorithmId, 11699675949687220959UL)]
    public void The_proposals_are_frozen(string algorithm, ulong expected)
    {
        Sampler sampler = Both.Select(create => create(20190709)).Single(s => s.AlgorithmId == algorithm);
        Study study = TestSpaces.NewStudy(TestSpaces.AllDistributions(), sampler);
        study.Optimize(TestSpaces.SumOfSquares, 60);
        ulong hash = 0;
        foreach (Trial trial in study.Trials)
        {
            foreach (double value in trial.Values.Values)
            {
                hash = RandomStream.Mix(hash ^ BitConverter.DoubleToUInt64Bits(value));
            }
        }

        Assert.Equal(expected, hash);
    }

    private static readonly Func<long, Sampler>[] Both = [Samplers.Random, seed => Samplers.HyperoptTpe(seed)];

    private static List<string> Run(Sampler sampler, int evals)
    {
        Study study = TestSpaces.NewStudy(TestSpaces.AllDistributions(), sampler);
        study.Optimize(TestSpaces.SumOfSquares, evals);
        return [.. study.Trials.Select(t => string.Join(';', t.Values.Values))];
    }

    // Several running trials, told in any order, some failed, some with equal losses.
    private static void Play(Study study, int[] actions)
    {
        var running = new List<Trial>();
        foreach (int action in actions)
        {
            if (running.Count == 0 || action < 2)
            {
                running.Add(study.Ask());
                continue;
            }

            Trial trial = running[action * 31 % running.Count];
            running.Remove(trial);
            if (action == 2)
            {
                study.TellFailed(trial);
            }
            else
            {
                study.Tell(trial, action == 3 ? 1 : TestSpaces.SumOfSquares(trial));
            }
        }
    }

    private static Study Rebuild(Study stored, Study study)
    {
        foreach (Trial old in stored.Trials)
        {
            Trial trial = study.Ask(old.Values);
            if (old.State == TrialState.Failed)
            {
                study.TellFailed(trial);
            }
            else if (old.Loss is { } loss)
            {
                study.Tell(trial, loss);
            }
        }

        return study;
    }
}

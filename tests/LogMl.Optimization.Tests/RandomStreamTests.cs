using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tests;

/// <summary>The random numbers behind all proposals.</summary>
public class RandomStreamTests
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
}

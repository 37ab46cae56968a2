using System.Numerics;

namespace LogMl.Optimization.Numerics;

/// <summary>
/// The random numbers of one trial. The stream is a function of the seed of the study and the number of the trial. So a study draws the
/// same numbers after it was stopped and resumed, and in whatever order its trials end.
/// </summary>
/// <remarks>
/// <para>The generator is xoshiro256** (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021). Its
/// 256 bits of state for trial n are the outputs 4n .. 4n+3 of SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom
/// number generators", OOPSLA 2014), which starts at a hash of the seed, so that the streams of neighbouring seeds have nothing in
/// common.</para>
/// <para>The algorithm is frozen: changing it changes the proposals of every stored study, and needs a new
/// <see cref="Sampling.Sampler.AlgorithmId"/>.</para>
/// </remarks>
internal sealed class RandomStream
{
    /// <summary>The increment of SplitMix64.</summary>
    internal const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private const double UnitOf53Bits = 1.0 / (1L << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public RandomStream(long seed, long trialNumber)
    {
        var start = Mix(unchecked((ulong)seed + GoldenGamma));
        var position = unchecked(start + 4 * (ulong)trialNumber * GoldenGamma);
        _s0 = Mix(unchecked(position + GoldenGamma));
        _s1 = Mix(unchecked(position + 2 * GoldenGamma));
        _s2 = Mix(unchecked(position + 3 * GoldenGamma));
        _s3 = Mix(unchecked(position + 4 * GoldenGamma));
    }

    /// <summary>Creates the generator in a given state, to compare it with published sequences.</summary>
    internal RandomStream(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = unchecked(BitOperations.RotateLeft(_s1 * 5, 7) * 9);
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform number in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * UnitOf53Bits;

    /// <summary>
    /// A uniform number in (0, 1): the centre of one of 2^52 equal cells. An inverse distribution function is finite for it.
    /// </summary>
    public double NextOpenDouble() => ((NextUInt64() >> 12) + 0.5) * (2 * UnitOf53Bits);

    /// <summary>A uniform integer in [0, <paramref name="bound"/>), without bias.</summary>
    public ulong NextBelow(ulong bound)
    {
        // Values below the threshold are rejected, because they would make the first residues more likely. Fewer than half of all draws are
        // rejected.
        var threshold = unchecked(0 - bound) % bound;
        while (true)
        {
            var bits = NextUInt64();
            if (bits >= threshold)
            {
                return bits % bound;
            }
        }
    }

    /// <summary>The output function of SplitMix64.</summary>
    internal static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

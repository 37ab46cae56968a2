using System.Numerics;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Qmc;

/// <summary>
/// A Sobol sequence (I. M. Sobol, 1967) with A. B. Owen's nested uniform scrambling ("Randomly permuted (t,m,s)-nets and (t,s)-sequences",
/// 1995): each point is uniformly distributed, and every block of 2^k points stays as even as in the original sequence.
/// </summary>
/// <remarks>
/// Scrambling in base 2 flips each bit of a coordinate with probability 1/2, by a random bit that depends on the preceding bits. Here the
/// random bit is a hash of the seed, the dimension and the preceding bits. So nothing is stored, and any point can be computed directly.
/// </remarks>
internal sealed class ScrambledSobol
{
    private const double UnitOf52Bits = 1.0 / (1L << 52);
    private const int MoreBits = 52 - SobolDirections.Bits;

    // Blocks of about a million points.
    private const int BlockBits = 20;

    private readonly uint[][] _directions;
    private readonly ulong[] _keys;

    public ScrambledSobol(long seed, int dimensions)
    {
        var start = RandomStream.Mix(unchecked((ulong)seed + RandomStream.GoldenGamma));
        _directions = new uint[dimensions][];
        _keys = new ulong[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            _directions[d] = SobolDirections.Of(d);
            _keys[d] = RandomStream.Mix(unchecked(start + (ulong)(d + 1) * RandomStream.GoldenGamma));
        }
    }

    /// <summary>
    /// The number of the point for a trial. If a search constraint has refused points for the trial, the point is that of the same place in
    /// a later block, which is as even as the first.
    /// </summary>
    public static uint IndexOf(int trial, int attempt) => unchecked((uint)trial + ((uint)attempt << BlockBits));

    /// <summary>A coordinate of a point, in (0, 1).</summary>
    /// <param name="index">The number of the point, from 0.</param>
    /// <param name="dimension">The dimension, from 0.</param>
    public double Coordinate(uint index, int dimension)
    {
        uint point = 0;
        for (var rest = index; rest != 0; rest &= rest - 1)
        {
            point ^= _directions[dimension][BitOperations.TrailingZeroCount(rest)];
        }

        var key = _keys[dimension];
        uint scrambled = 0;
        for (var k = 0; k < SobolDirections.Bits; k++)
        {
            // The leading k bits with a 1 before them, so that prefixes of different lengths differ.
            var prefix = (1UL << k) | (k == 0 ? 0 : point >> (SobolDirections.Bits - k));
            var flip = (uint)(RandomStream.Mix(key ^ prefix) >> 63);
            var bit = (point >> (SobolDirections.Bits - 1 - k)) & 1;
            scrambled = (scrambled << 1) | (bit ^ flip);
        }

        // Bits beyond the 32 of the Sobol sequence are random.
        var more = RandomStream.Mix(key ^ (1UL << SobolDirections.Bits | point)) >> (64 - MoreBits);
        return (((ulong)scrambled << MoreBits | more) + 0.5) * UnitOf52Bits;
    }
}

using System.Runtime.Intrinsics;

namespace LogMl.Optimization.Numerics;

/// <summary>Inner loops of linear algebra and of kernels, which compute eight numbers at a time.</summary>
/// <remarks>
/// Results are the same to the bit on every processor. <see cref="Vector512{T}"/> always has eight lanes, in software if need be. Sums run
/// in eight lanes, which are added in a fixed order, and there is no fused multiply-add.
/// </remarks>
internal static class RowMath
{
    /// <summary>The number of lanes. The length of a buffer is a multiple of it.</summary>
    public const int Lanes = 8;

    /// <summary>The length of a buffer for a number of values: the next multiple of <see cref="Lanes"/>.</summary>
    public static int Padded(int count) => (count + Lanes - 1) & ~(Lanes - 1);

    /// <summary>The dot product of two rows of the same length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector512<double> sum0 = Vector512<double>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        var i = 0;
        for (; i <= a.Length - 4 * Lanes; i += 4 * Lanes)
        {
            sum0 += Load(a, i) * Load(b, i);
            sum1 += Load(a, i + Lanes) * Load(b, i + Lanes);
            sum2 += Load(a, i + 2 * Lanes) * Load(b, i + 2 * Lanes);
            sum3 += Load(a, i + 3 * Lanes) * Load(b, i + 3 * Lanes);
        }

        for (; i <= a.Length - Lanes; i += Lanes)
        {
            sum0 += Load(a, i) * Load(b, i);
        }

        var sum = Sum((sum0 + sum1) + (sum2 + sum3));
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds a multiple of one row to another.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        var scale = Vector512.Create(factor);
        var i = 0;
        for (; i <= source.Length - Lanes; i += Lanes)
        {
            (Load(target, i) + scale * Load(source, i)).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    /// <summary>The sum of the lanes, in a fixed order.</summary>
    public static double Sum(Vector512<double> v)
    {
        var half = v.GetLower() + v.GetUpper();
        return (half[0] + half[1]) + (half[2] + half[3]);
    }

    /// <summary>Eight numbers of a row.</summary>
    public static Vector512<double> Load(ReadOnlySpan<double> row, int start) => Vector512.Create(row.Slice(start, Lanes));
}

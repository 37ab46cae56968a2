using System.Runtime.Intrinsics;

namespace LogMl.Optimization.Numerics;

/// <summary>
/// The inner loops of linear algebra and of kernels, four numbers at a time.
/// </summary>
/// <remarks>
/// The width is a part of the computation: sums run in four lanes, and the lanes are added in a fixed order, so that the bits do not depend
/// on what vectors the processor has. <see cref="Vector256{T}"/> has four lanes on each machine, if need be in software; nothing here
/// is fused.
/// </remarks>
internal static class VectorMath
{
    /// <summary>The numbers that are computed side by side. Buffers have a multiple of it.</summary>
    public const int Lanes = 4;

    // Adding 1.5 * 2^52 rounds to an integer, half to even, which then stands in the low bits of the sum.
    private const double RoundingShift = 6755399441055744.0;
    private const int MantissaBits = 52;
    private const long ExponentBias = 1023;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896340736;

    // Below this, exp is 0 here: the smallest normal double is at -708.4.
    private const double SmallestExponent = -708;

    /// <summary>How long a buffer for so many numbers is.</summary>
    public static int Padded(int count) => (count + Lanes - 1) & ~(Lanes - 1);

    /// <summary>exp(x) for x from -708 to 709, with the bits of <see cref="PortableMath.Exp"/>; 0 below.</summary>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        Vector256<double> shifted = x * Vector256.Create(InverseLn2) + Vector256.Create(RoundingShift);
        Vector256<double> k = shifted - Vector256.Create(RoundingShift);
        Vector256<double> r = x - k * Vector256.Create(Ln2High) - k * Vector256.Create(Ln2Low);
        Vector256<double> power = ((shifted.AsInt64() + Vector256.Create(ExponentBias)) << MantissaBits).AsDouble();
        Vector256<double> y = ExpSeries(r) * power;
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(SmallestExponent)), Vector256<double>.Zero, y);
    }

    /// <summary>The sum of the products of two rows of the same length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> sum0 = Vector256<double>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        int i = 0;
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

        double sum = Sum((sum0 + sum1) + (sum2 + sum3));
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds a multiple of one row to another.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        Vector256<double> scale = Vector256.Create(factor);
        int i = 0;
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
    public static double Sum(Vector256<double> v) => (v[0] + v[1]) + (v[2] + v[3]);

    /// <summary>Four numbers of a row.</summary>
    public static Vector256<double> Load(ReadOnlySpan<double> row, int start) => Vector256.Create(row.Slice(start, Lanes));

    // The series of PortableMath.Exp, term by term.
    private static Vector256<double> ExpSeries(Vector256<double> r)
    {
        const double C2 = 1.0 / 2, C3 = 1.0 / 6, C4 = 1.0 / 24, C5 = 1.0 / 120, C6 = 1.0 / 720, C7 = 1.0 / 5040, C8 = 1.0 / 40320;
        const double C9 = 1.0 / 362880, C10 = 1.0 / 3628800, C11 = 1.0 / 39916800, C12 = 1.0 / 479001600, C13 = 1.0 / 6227020800;
        Vector256<double> s = r * r;
        Vector256<double> even = Horner(Horner(Horner(Horner(Vector256.Create(C10) + s * C12, s, C8), s, C6), s, C4), s, C2) * s;
        Vector256<double> odd = Horner(Horner(Horner(Horner(Vector256.Create(C11) + s * C13, s, C9), s, C7), s, C5), s, C3) * s;
        return Vector256<double>.One + (r + (even + r * odd));
    }

    private static Vector256<double> Horner(Vector256<double> value, Vector256<double> s, double coefficient) =>
        Vector256.Create(coefficient) + s * value;
}

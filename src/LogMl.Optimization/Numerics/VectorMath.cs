using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LogMl.Optimization.Numerics;

/// <summary>
/// The exponential of eight numbers at a time, equal to <see cref="PortableMath.Exp"/> to the bit. Every step is the same IEEE 754
/// operation in each lane, so that the vector width of the processor does not matter.
/// </summary>
internal static class VectorMath
{
    /// <summary>Below this, exp(x) is taken as 0: it is too small to change a sum with terms near 1.</summary>
    public const double Negligible = -700;

    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896340736;
    private const long ExponentBias = 1023;
    private const int MantissaBits = 52;

    // Adding and then subtracting 1.5 * 2^52 rounds to an integer, half to even. The last bits of the sum hold that integer.
    private const double Rounder = 6755399441055744;

    /// <summary>exp(x) for x in [-700, 709]; 0 for less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        const double C2 = 1.0 / 2, C3 = 1.0 / 6, C4 = 1.0 / 24, C5 = 1.0 / 120, C6 = 1.0 / 720, C7 = 1.0 / 5040, C8 = 1.0 / 40320;
        const double C9 = 1.0 / 362880, C10 = 1.0 / 3628800, C11 = 1.0 / 39916800, C12 = 1.0 / 479001600, C13 = 1.0 / 6227020800;
        var rounder = Vector512.Create(Rounder);
        var shifted = x * Vector512.Create(InverseLn2) + rounder;
        var k = shifted - rounder;
        var r = x - k * Vector512.Create(Ln2High) - k * Vector512.Create(Ln2Low);
        var s = r * r;
        var even = s * (Vector512.Create(C2) + s * (Vector512.Create(C4) + s * (Vector512.Create(C6)
            + s * (Vector512.Create(C8) + s * (Vector512.Create(C10) + s * Vector512.Create(C12))))));
        var odd = s * (Vector512.Create(C3) + s * (Vector512.Create(C5) + s * (Vector512.Create(C7)
            + s * (Vector512.Create(C9) + s * (Vector512.Create(C11) + s * Vector512.Create(C13))))));
        var series = Vector512<double>.One + (r + (even + r * odd));
        var power = ((shifted.AsInt64() + Vector512.Create(ExponentBias)) << MantissaBits).AsDouble();
        return Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(x, Vector512.Create(Negligible)), series * power, Vector512<double>.Zero);
    }
}

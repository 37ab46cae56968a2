namespace LogMl.Shared;

/// <summary>
/// exp and log from IEEE 754 additions, multiplications and divisions alone.
/// </summary>
/// <remarks>
/// <see cref="Math.Exp"/> and <see cref="Math.Log(double)"/> call the C runtime of the platform, whose last bit depends on the operating
/// system and even on the processor (variants with and without fused multiply-add). A last bit is enough to turn one proposal into
/// another, and from there on the whole study. These functions give the same bits everywhere, with an error below two units in the last
/// place. Everything that a sampler computes uses them, and so does the compiler where it computes what a sampler will see.
/// </remarks>
internal static class PortableMath
{
    /// <summary>The largest x for which exp(x) is finite.</summary>
    public const double MaxExponent = 709.782712893384;

    // ln 2 in two parts: the first has 21 trailing zero bits, so that its product with any exponent of a double is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896340736;
    private const double SmallestExponent = -745.2;
    private const int SmallestNormalPower = -1022;
    private const int ExponentBias = 1023;
    private const int MantissaBits = 52;
    private const long MantissaMask = (1L << MantissaBits) - 1;
    private const int SubnormalShift = 64;
    private const double SqrtOfHalf = 0.70710678118654752440;

    // atanh(s) / s = sum of s^(2k) / (2k+1); at |s| <= 0.1716 the first omitted term is 2e-20.
    private static readonly double[] AtanhSeries = InverseOddNumbers(12);

    public static double Exp(double x)
    {
        if (!(x >= SmallestExponent))
        {
            return double.IsNaN(x) ? x : 0;
        }

        if (x > MaxExponent)
        {
            return double.PositiveInfinity;
        }

        var k = Math.Round(x * InverseLn2, MidpointRounding.ToEven);
        return TimesPowerOfTwo(ExpSeries(x - k * Ln2High - k * Ln2Low), (int)k);
    }

    public static double Log(double x)
    {
        if (!(x > 0) || double.IsInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        (var mantissa, var exponent) = Split(x);
        if (mantissa < SqrtOfHalf)
        {
            mantissa *= 2;
            exponent--;
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var log = 2 * s * SumOfAtanhSeries(s * s);
        return exponent * Ln2High + (exponent * Ln2Low + log);
    }

    // The sum of r^k / k!; at |r| <= ln(2)/2 the first omitted term is 4e-18. Even and odd powers are summed side by side, because this
    // is the innermost computation of a proposal, and a single chain of additions would wait for each of them.
    private static double ExpSeries(double r)
    {
        const double C2 = 1.0 / 2, C3 = 1.0 / 6, C4 = 1.0 / 24, C5 = 1.0 / 120, C6 = 1.0 / 720, C7 = 1.0 / 5040, C8 = 1.0 / 40320;
        const double C9 = 1.0 / 362880, C10 = 1.0 / 3628800, C11 = 1.0 / 39916800, C12 = 1.0 / 479001600, C13 = 1.0 / 6227020800;
        var s = r * r;
        var even = s * (C2 + s * (C4 + s * (C6 + s * (C8 + s * (C10 + s * C12)))));
        var odd = s * (C3 + s * (C5 + s * (C7 + s * (C9 + s * (C11 + s * C13)))));
        return 1 + (r + (even + r * odd));
    }

    // Below the normal numbers the power is taken in two steps, of which only the last one rounds.
    private static double TimesPowerOfTwo(double x, int power) =>
        power > ExponentBias ? x * PowerOfTwo(ExponentBias) * PowerOfTwo(power - ExponentBias)
        : power >= SmallestNormalPower ? x * PowerOfTwo(power)
        : x * PowerOfTwo(power + SubnormalShift) * PowerOfTwo(-SubnormalShift);

    private static double PowerOfTwo(int power) => BitConverter.Int64BitsToDouble((long)(power + ExponentBias) << MantissaBits);

    /// <summary>The mantissa in [0.5, 1) and the exponent of a positive, finite number.</summary>
    private static (double Mantissa, int Exponent) Split(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> MantissaBits) - ExponentBias + 1;
        if (exponent <= SmallestNormalPower)
        {
            (var mantissa, var shifted) = Split(x * PowerOfTwo(SubnormalShift));
            return (mantissa, shifted - SubnormalShift);
        }

        return (BitConverter.Int64BitsToDouble((bits & MantissaMask) | ((long)(ExponentBias - 1) << MantissaBits)), exponent);
    }

    private static double SumOfAtanhSeries(double x)
    {
        var sum = AtanhSeries[AtanhSeries.Length - 1];
        for (var k = AtanhSeries.Length - 2; k >= 0; k--)
        {
            sum = sum * x + AtanhSeries[k];
        }

        return sum;
    }

    private static double[] InverseOddNumbers(int count)
    {
        var result = new double[count];
        for (var k = 0; k < count; k++)
        {
            result[k] = 1.0 / (2 * k + 1);
        }

        return result;
    }
}

using MathNet.Numerics;

namespace LogMl.Optimization.Numerics;

/// <summary>
/// exp and log from IEEE 754 additions, multiplications and divisions alone.
/// </summary>
/// <remarks>
/// <see cref="Math.Exp"/> and <see cref="Math.Log(double)"/> call the C runtime of the platform, whose last bit depends on the operating system and
/// even on the processor (variants with and without fused multiply-add). A last bit is enough to turn one proposal into another, and
/// from there on the whole study. These functions give the same bits everywhere, with an error below two units in the last place.
/// Everything that a sampler computes uses them.
/// </remarks>
internal static class PortableMath
{
    /// <summary>The largest x for which exp(x) is finite.</summary>
    public const double MaxExponent = 709.782712893384;

    // ln 2 in two parts: the first has 21 trailing zero bits, so that its product with any exponent of a double is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double SmallestExponent = -745.2;
    private const double SqrtOfHalf = 0.70710678118654752440;

    // exp(r) = sum of r^k / k!; at |r| <= ln(2)/2 the first omitted term is 4e-18.
    private static readonly double[] ExpSeries = InverseFactorials(14);

    // atanh(s) / s = sum of s^(2k) / (2k+1); at |s| <= 0.1716 the first omitted term is 3e-20.
    private static readonly double[] AtanhSeries = InverseOddNumbers(12);

    public static double Exp(double x)
    {
        if (!(x > SmallestExponent))
        {
            return double.IsNaN(x) ? x : 0;
        }

        if (x > MaxExponent)
        {
            return double.PositiveInfinity;
        }

        double k = Math.Round(x / Constants.Ln2, MidpointRounding.ToEven);
        double r = x - k * Ln2High - k * Ln2Low;
        return Math.ScaleB(Polynomial.Evaluate(r, ExpSeries), (int)k);
    }

    public static double Log(double x)
    {
        if (!(x > 0) || double.IsInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        int exponent = Math.ILogB(x) + 1;
        double mantissa = Math.ScaleB(x, -exponent);
        if (mantissa < SqrtOfHalf)
        {
            mantissa *= 2;
            exponent--;
        }

        double s = (mantissa - 1) / (mantissa + 1);
        double log = 2 * s * Polynomial.Evaluate(s * s, AtanhSeries);
        return exponent * Ln2High + (exponent * Ln2Low + log);
    }

    private static double[] InverseFactorials(int count)
    {
        var result = new double[count];
        double factorial = 1;
        for (int k = 0; k < count; k++)
        {
            factorial *= Math.Max(k, 1);
            result[k] = 1 / factorial;
        }

        return result;
    }

    private static double[] InverseOddNumbers(int count)
    {
        var result = new double[count];
        for (int k = 0; k < count; k++)
        {
            result[k] = 1.0 / (2 * k + 1);
        }

        return result;
    }
}

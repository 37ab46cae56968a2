namespace LogMl.Shared;

/// <summary>The limits of the arguments of numeric distributions. Compiled into configuration, generator, engine and storage.</summary>
internal static class DistributionLimits
{
    /// <summary>
    /// The largest logarithm. The exponential of a larger number is no double, and that of a number below its negative is no normal double.
    /// </summary>
    public const double LargestLogarithm = 709;

    /// <summary>2^53. Every integer up to it is exact as a double.</summary>
    public const long LargestExactInteger = 1L << 53;

    /// <summary>Whether the exponential of a number is a normal double, as it must be for a bound of a log distribution.</summary>
    public static bool IsLogarithm(double bound) => Math.Abs(bound) <= LargestLogarithm;

    /// <summary>Whether the distance of two finite bounds is a finite number.</summary>
    public static bool HasWidth(double low, double high) => !double.IsInfinity(high - low);

    /// <summary>Whether the multiples of q are different numbers up to both bounds.</summary>
    public static bool HasExactMultiples(double low, double high, double q) =>
        Math.Max(Math.Abs(low), Math.Abs(high)) / q <= LargestExactInteger;
}

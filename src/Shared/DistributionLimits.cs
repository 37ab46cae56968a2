namespace LogMl.Shared;

/// <summary>What the arguments of numeric distributions must keep within. Compiled into configuration, engine and storage.</summary>
internal static class DistributionLimits
{
    /// <summary>exp of a larger number is not a double; exp of a number below the negative of it is not a normal double.</summary>
    public const double LargestLogarithm = 709;

    /// <summary>2^53: up to here every integer is a double of its own.</summary>
    public const long LargestExactInteger = 1L << 53;

    /// <summary>Whether the exponential of a number is a normal double, which a bound of a log family must be.</summary>
    public static bool IsLogarithm(double bound) => Math.Abs(bound) <= LargestLogarithm;

    /// <summary>Whether the distance of two finite bounds is a finite number.</summary>
    public static bool HasWidth(double low, double high) => !double.IsInfinity(high - low);

    /// <summary>Whether the multiples of q are different numbers up to both bounds.</summary>
    public static bool HasExactMultiples(double low, double high, double q) => Math.Max(Math.Abs(low), Math.Abs(high)) / q <= LargestExactInteger;
}

using System.Globalization;

namespace LogMl.Shared;

/// <summary>
/// Converts a bound that was written as a value to its logarithm, and back. The exponential of the logarithm differs from the value by
/// rounding. Here it lies inside the range, so that a search never returns a value beyond what was written.
/// </summary>
internal static class WrittenBound
{
    /// <summary>The logarithm of a lower bound.</summary>
    /// <param name="value">The bound; positive and finite.</param>
    /// <returns>The nearest logarithm whose exponential is not below the value.</returns>
    public static double LowLogarithm(double value) => Nearest(value, towards: 1);

    /// <summary>The logarithm of an upper bound.</summary>
    /// <param name="value">The bound; positive and finite.</param>
    /// <returns>The nearest logarithm whose exponential is not above the value.</returns>
    public static double HighLogarithm(double value) => Nearest(value, towards: -1);

    /// <summary>The lower bound of a logarithm, exactly as it was written.</summary>
    /// <param name="log">A finite logarithm, or minus infinity.</param>
    /// <returns>
    /// The number of few digits that has the logarithm by <see cref="LowLogarithm"/>; the exponential when there is none, because the bound
    /// was written as a logarithm.
    /// </returns>
    public static double OfLow(double log) => Written(log, LowLogarithm);

    /// <summary>The upper bound of a logarithm, as <see cref="OfLow"/> gives the lower one.</summary>
    /// <param name="log">A finite logarithm, or infinity.</param>
    /// <returns>The bound.</returns>
    public static double OfHigh(double log) => Written(log, HighLogarithm);

    // People write bounds with few digits. With many of them, a number would have the logarithm by accident.
    private static double Written(double log, Func<double, double> logarithm)
    {
        var value = PortableMath.Exp(log);
        if (double.IsInfinity(value) || value == 0)
        {
            return value;
        }

        var written = double.Parse(value.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return written > 0 && Math.Abs(written - value) <= 1e-9 * value && logarithm(written).Equals(log) ? written : value;
    }

    // This takes a few steps: log and exp are exact to two units in the last place.
    private static double Nearest(double value, int towards)
    {
        var log = PortableMath.Log(value);
        while (Excess(log) < 0)
        {
            log = Neighbour(log, towards);
        }

        // Near 0 many logarithms have the same exponential. Then the one nearest to the true logarithm is kept.
        for (var back = Neighbour(log, -towards); Excess(back) >= 0 && Excess(back) < Excess(log); back = Neighbour(back, -towards))
        {
            log = back;
        }

        return log;

        // How far inside of the range the exponential is.
        double Excess(double logarithm) => (PortableMath.Exp(logarithm) - value) * towards;
    }

    /// <summary>The next double above (1) or below (-1).</summary>
    private static double Neighbour(double x, int direction)
    {
        if (x == 0)
        {
            return direction * double.Epsilon;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        return BitConverter.Int64BitsToDouble(bits + (bits >= 0 == direction > 0 ? 1 : -1));
    }
}

using System.Globalization;

namespace LogMl.Optimization;

/// <summary>Checks of arguments. The message of each names the parameter, the value and the allowed range.</summary>
internal static class Require
{
    public static void Finite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, Text($"{name} must be a finite number; got {value}."));
        }
    }

    public static void Positive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, Text($"{name} must be a positive, finite number; got {value}."));
        }
    }

    public static void NotNegative(double value, string name)
    {
        if (!(value >= 0) || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, Text($"{name} must be a finite number of at least 0; got {value}."));
        }
    }

    public static void AtLeast(int value, int minimum, string name)
    {
        if (value < minimum)
        {
            throw new ArgumentOutOfRangeException(name, Text($"{name} must be at least {minimum}; got {value}."));
        }
    }

    public static void InRange(double value, double minimum, double maximum, string name)
    {
        if (!(value >= minimum && value <= maximum))
        {
            throw new ArgumentOutOfRangeException(name, Text($"{name} must be in [{minimum}, {maximum}]; got {value}."));
        }
    }

    public static void Ordered(double low, double high)
    {
        Finite(low, nameof(low));
        Finite(high, nameof(high));
        if (low >= high)
        {
            throw new ArgumentException(Text($"low must be less than high; got low = {low}, high = {high}."), nameof(low));
        }

        if (!DistributionLimits.HasWidth(low, high))
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), Text($"high - low must be a finite number; got low = {low}, high = {high}."));
        }
    }

    /// <summary>Natural bounds of a logarithmic distribution.</summary>
    public static void PositiveRange(double low, double high)
    {
        // exp(-709) and exp(709). Beyond them, the exponential of the logarithm of a bound is not a normal double.
        const double Smallest = 1.3e-308, Largest = 8.2e307;
        InRange(low, Smallest, Largest, nameof(low));
        InRange(high, Smallest, Largest, nameof(high));
        Ordered(low, high);
    }

    /// <summary>A median and a geometric standard deviation.</summary>
    public static void MedianAndFactor(double median, double factor)
    {
        Positive(median, nameof(median));
        if (!(factor > 1) || !double.IsFinite(factor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), Text($"factor must be a finite number above 1; got {factor}."));
        }
    }

    public static string Text(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}

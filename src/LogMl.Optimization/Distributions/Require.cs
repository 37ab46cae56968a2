using System.Globalization;

namespace LogMl.Optimization;

/// <summary>The checks of arguments, each with a message that names the parameter, the value and the allowed range.</summary>
internal static class Require
{
    /// <summary>2^53: up to here every integer is a double.</summary>
    public const double MaxExactInteger = 9007199254740992;

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

        if (!double.IsFinite(high - low))
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), Text($"high - low must be a finite number; got low = {low}, high = {high}."));
        }
    }

    public static string Text(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}

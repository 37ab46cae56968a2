using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Tells whether a default can come from its distribution.</summary>
internal static class DistributionRange
{
    /// <summary>How far the exponential of the logarithm of a bound may be from the bound.</summary>
    private const double RoundTripTolerance = 2e-13;

    /// <summary>Warns of a default that the search would never try: its result could not be compared.</summary>
    public static void Check(
        string name, YamlNode defaultNode, ConfigurationValue value, DistributionConfiguration distribution, DiagnosticBag diagnostics)
    {
        if (!Contains(distribution, value))
        {
            diagnostics.Report(
                ConfigurationDiagnostics.DefaultOutOfRange,
                defaultNode,
                ScalarReader.Show(value),
                YamlScalar.Display(name),
                Describe(distribution));
        }
    }

    /// <summary>
    /// Whether a numeric distribution has this value, or one that the number misses only by rounding. The engine takes the value itself
    /// (<c>Distribution.ValueOf</c>).
    /// </summary>
    public static bool Has(DistributionConfiguration distribution, double number)
    {
        var range = NumericRange.Of(distribution);
        if (range.Step is not { } step)
        {
            return Contains(distribution, number);
        }

        var value = range.Round(number);
        return Math.Abs(value - number) <= ValueTolerance.Relative * step && value >= range.Lowest && value <= range.Highest;
    }

    /// <summary>False when the distribution never gives the value. Null stands for "not set" and is never out of range.</summary>
    private static bool Contains(DistributionConfiguration distribution, ConfigurationValue value) => value switch
    {
        ConfigurationValue.Null => true,
        _ when DistributionForm.Of(distribution.Kind).HasOptions => distribution.Options.Any(option => option switch
        {
            OptionConfiguration.Constant constant => constant.Value.Equals(value),
            OptionConfiguration.Number number => Contains(number.Distribution, value),
            _ => false,
        }),
        ConfigurationValue.Integer integer => Contains(distribution, integer.Value),
        ConfigurationValue.Number number => Contains(distribution, number.Value),
        _ => true,
    };

    /// <summary>The range for a message.</summary>
    public static string Describe(DistributionConfiguration distribution)
    {
        if (DistributionForm.Of(distribution.Kind).HasOptions)
        {
            return "one of " + ShortText.OfList(distribution.Options, ScalarReader.MaxShownItems, Describe);
        }

        var range = NumericRange.Of(distribution);
        var (low, high) = (range.Lowest, range.Highest);
        return double.IsInfinity(high)
            ? (IsOpen(range.Form) ? "greater than " : "at least ") + ScalarReader.Show(low)
            : $"{Display(low)} to {Display(high)}";
    }

    private static string Describe(OptionConfiguration option) => option switch
    {
        OptionConfiguration.Constant constant => ScalarReader.Show(constant.Value),
        OptionConfiguration.Number number => Describe(number.Distribution),
        _ => YamlScalar.Display(((OptionConfiguration.Branch)option).Name),
    };

    /// <summary>
    /// A bound as it was meant. The range of <c>log(0.0001)</c> starts at 0.0001, whatever the last digits of the exponential are.
    /// </summary>
    private static string Display(double bound)
    {
        var meant = double.Parse(bound.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return ScalarReader.Show(Math.Abs(meant - bound) <= RoundTripTolerance * Math.Abs(bound) ? meant : bound);
    }

    private static bool Contains(DistributionConfiguration distribution, double value)
    {
        var range = NumericRange.Of(distribution);
        var (low, high) = (range.Lowest, range.Highest);
        return value >= low - (ValueTolerance.Relative * Math.Abs(low))
            && value <= high + (ValueTolerance.Relative * Math.Abs(high))
            && !(value <= 0 && IsOpen(range.Form));
    }

    /// <summary>Whether the lower end, 0, is excluded.</summary>
    private static bool IsOpen(DistributionForm form) => form is { Law: DistributionLaw.Normal, IsLog: true, IsQuantized: false };
}

using System.Globalization;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Tells whether a default can come from its distribution.</summary>
internal static class DistributionRange
{
    /// <summary>How far the exponential of the logarithm of a bound may be from the bound.</summary>
    private const double RoundTripTolerance = 1e-13;

    /// <summary>Warns of a default that the search would never try: then its result is no comparison.</summary>
    public static void Check(
        string name, YamlNode defaultNode, ConfigurationValue value, DistributionConfiguration distribution, DiagnosticBag diagnostics)
    {
        if (!Contains(distribution, value))
        {
            diagnostics.Report(
                ConfigurationDiagnostics.DefaultOutOfRange,
                defaultNode,
                ScalarReader.Show(value),
                YamlScalar.Shown(name),
                Describe(distribution));
        }
    }

    /// <summary>Whether a numeric distribution has this value, or one that the number misses only by rounding. The engine takes the value itself (<c>Distribution.ValueOf</c>).</summary>
    public static bool Has(DistributionConfiguration distribution, double number)
    {
        var isInteger = distribution.Kind is DistributionKind.RandInt or DistributionKind.UniformInt;
        var q = isInteger ? 1 : distribution.Arguments.Count == 3 ? distribution.Arguments[2] : 0;
        if (q == 0)
        {
            return Contains(distribution, number);
        }

        var (low, high) = Bounds(distribution);
        var value = Round(number, q);
        return Math.Abs(value - number) <= ValueTolerance.Relative * q && value >= low && value <= high;
    }

    /// <summary>False when the distribution never gives the value. Null stands for "not set" and is never out of range.</summary>
    private static bool Contains(DistributionConfiguration distribution, ConfigurationValue value) => value switch
    {
        ConfigurationValue.Null => true,
        _ when DistributionSignature.HasOptions(distribution.Kind) => distribution.Options.Contains(value),
        ConfigurationValue.Integer integer => Contains(distribution, integer.Value),
        ConfigurationValue.Number number => Contains(distribution, number.Value),
        _ => true,
    };

    /// <summary>The range as a message says it.</summary>
    public static string Describe(DistributionConfiguration distribution)
    {
        if (DistributionSignature.HasOptions(distribution.Kind))
        {
            return "one of " + ScalarReader.Show(new ConfigurationValue.List(distribution.Options));
        }

        var (low, high) = Bounds(distribution);
        return double.IsInfinity(high)
            ? (low == 0 && distribution.Kind == DistributionKind.LogNormal ? "greater than " : "at least ") + ScalarReader.Show(low)
            : $"{Shown(low)} to {Shown(high)}";
    }

    /// <summary>A bound as it was meant: the range of <c>log(0.0001)</c> begins at 0.0001, whatever the last digits of the exponential are.</summary>
    private static string Shown(double bound)
    {
        var meant = double.Parse(bound.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return ScalarReader.Show(Math.Abs(meant - bound) <= RoundTripTolerance * Math.Abs(bound) ? meant : bound);
    }

    private static bool Contains(DistributionConfiguration distribution, double value)
    {
        var (low, high) = Bounds(distribution);
        var isOpen = distribution.Kind == DistributionKind.LogNormal;
        return value >= low - (ValueTolerance.Relative * Math.Abs(low))
            && value <= high + (ValueTolerance.Relative * Math.Abs(high))
            && !(isOpen && value <= 0);
    }

    /// <summary>The smallest and the largest value. Rounding to a multiple of q can leave the written bounds.</summary>
    private static (double Low, double High) Bounds(DistributionConfiguration distribution)
    {
        var arguments = distribution.Arguments;
        switch (distribution.Kind)
        {
            case DistributionKind.RandInt:
                return arguments.Count == 1 ? (0, arguments[0] - 1) : (arguments[0], arguments[1] - 1);
            case DistributionKind.Uniform or DistributionKind.UniformInt:
                return (arguments[0], arguments[1]);
            case DistributionKind.LogUniform:
                return (Math.Exp(arguments[0]), Math.Exp(arguments[1]));
            case DistributionKind.QUniform:
                return Rounded(arguments[0], arguments[1], arguments[2]);
            case DistributionKind.QLogUniform:
                return Rounded(Math.Exp(arguments[0]), Math.Exp(arguments[1]), arguments[2]);
            case DistributionKind.LogNormal or DistributionKind.QLogNormal:
                return (0, double.PositiveInfinity);
            default:
                return (double.NegativeInfinity, double.PositiveInfinity);
        }
    }

    private static (double Low, double High) Rounded(double low, double high, double q) =>
        (Math.Min(low, Round(low, q)), Math.Max(high, Round(high, q)));

    private static double Round(double value, double q) => Math.Round(value / q, MidpointRounding.ToEven) * q;
}

using System.Globalization;
using LogMl.Configuration;

namespace LogMl.Generator.Parameters;

/// <summary>Says in words what the YAML says about a parameter.</summary>
internal static class ParameterDocs
{
    private const int LongestValue = 80;

    public static string Summary(ParameterProperty property)
    {
        var origin = property.Parameter switch
        {
            { Default: not null } => "",
            { Distribution.Options.IsEmpty: false } => " (the first option)",
            _ => " (the middle of the distribution)",
        };
        return $"{property.Parameter.Name} of {property.Step}: {SearchOf(property)}default {Shown(property.Default)}{origin}.";
    }

    private static string SearchOf(ParameterProperty property)
    {
        if (property.Parameter.Distribution is not { } distribution)
        {
            return "not searched; ";
        }

        var range = RangeOf(distribution);
        var arguments = string.Join(", ", distribution.Arguments.Select(Literals.RoundTrip));
        return distribution.Options.IsEmpty
            ? $"searched, {distribution.Name}({arguments}): {range}; "
            : $"searched, {distribution.Name}: {range}; ";
    }

    private static string RangeOf(DistributionConfiguration distribution)
    {
        var arguments = distribution.Arguments;
        return distribution.Kind switch
        {
            DistributionKind.Choice => "one of " + string.Join(", ", distribution.Options.Select(Shown)),
            DistributionKind.PChoice => "one of " + string.Join(", ", distribution.Options.Select(
                (option, index) => $"{Shown(option)} ({Literals.RoundTrip(distribution.Probabilities[index])})")),
            DistributionKind.RandInt when arguments.Count == 1 => Between(0, arguments[0] - 1),
            DistributionKind.RandInt => Between(arguments[0], arguments[1] - 1),
            DistributionKind.UniformInt or DistributionKind.Uniform => Between(arguments[0], arguments[1]),
            DistributionKind.QUniform => Between(arguments[0], arguments[1]) + Step(arguments[2]),
            DistributionKind.LogUniform => Between(Rounded(Math.Exp(arguments[0])), Rounded(Math.Exp(arguments[1]))),
            DistributionKind.QLogUniform => Between(Rounded(Math.Exp(arguments[0])), Rounded(Math.Exp(arguments[1]))) + Step(arguments[2]),
            DistributionKind.Normal => Bell(arguments),
            DistributionKind.QNormal => Bell(arguments) + Step(arguments[2]),
            DistributionKind.LogNormal => "above 0, median " + Literals.RoundTrip(Rounded(Math.Exp(arguments[0]))),
            _ => "0 or above, median " + Literals.RoundTrip(Rounded(Math.Exp(arguments[0]))) + Step(arguments[2]),
        };
    }

    private static string Between(double low, double high) => $"from {Literals.RoundTrip(low)} to {Literals.RoundTrip(high)}";

    private static string Bell(EquatableArray<double> arguments) =>
        $"mean {Literals.RoundTrip(arguments[0])}, standard deviation {Literals.RoundTrip(arguments[1])}";

    private static string Step(double q) => $", in steps of {Literals.RoundTrip(q)}";

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Shown(ConfigurationValue value)
    {
        var text = value is ConfigurationValue.Text name ? "'" + name.Value + "'" : Literals.Of(value);
        return text.Length <= LongestValue ? text : text.Substring(0, LongestValue) + "...";
    }
}

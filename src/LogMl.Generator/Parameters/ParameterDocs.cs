using System.Globalization;
using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Shared;

namespace LogMl.Generator.Parameters;

/// <summary>Describes a parameter in words, from the YAML.</summary>
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
        return $"{property.Parameter.Name} of {property.Owner}: {SearchOf(property)}default {Display(property.Default)}{origin}.";
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
        if (!distribution.Options.IsEmpty)
        {
            return "one of " + string.Join(", ", distribution.Options.Select((option, index) => distribution.Probabilities.IsEmpty
                ? Display(option)
                : $"{Display(option)} ({Literals.RoundTrip(distribution.Probabilities[index])})"));
        }

        var range = NumericRange.Of(distribution);
        var values = range.Form switch
        {
            { Law: DistributionLaw.Normal, IsLog: true } =>
                $"{(range.Q is null ? "above 0" : "0 or above")}, median {Literals.RoundTrip(Rounded(range.Median))}",
            { Law: DistributionLaw.Normal } => MeanAndDeviation(distribution.Arguments),
            { IsLog: true } => Between(Rounded(range.Low), Rounded(range.High)),
            _ => Between(range.Low, range.High),
        };
        return values + (range.Q is { } q ? $", in steps of {Literals.RoundTrip(q)}" : "");
    }

    private static string Between(double low, double high) => $"from {Literals.RoundTrip(low)} to {Literals.RoundTrip(high)}";

    private static string MeanAndDeviation(EquatableArray<double> arguments) =>
        $"mean {Literals.RoundTrip(arguments[0])}, standard deviation {Literals.RoundTrip(arguments[1])}";

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Display(OptionConfiguration option) => option switch
    {
        OptionConfiguration.Constant constant => Display(constant.Value),
        OptionConfiguration.Number number => $"{number.Distribution.Name}: {RangeOf(number.Distribution)}",
        _ => "'" + ShortText.Of(((OptionConfiguration.Branch)option).Name, LongestValue) + "'",
    };

    private static string Display(ConfigurationValue value)
    {
        // Of a branch, the name is enough: its own properties have the defaults of its parameters.
        var text = BranchHierarchy.NameIn(value) is { } name ? "'" + name + "'" : Literals.Of(value);
        return ShortText.Of(text, LongestValue);
    }
}

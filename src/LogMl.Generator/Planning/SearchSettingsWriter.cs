using System.Globalization;
using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>Writes the settings of the search for the manifest (docs/architecture.md, seam 2); what the YAML does not set is not there.</summary>
internal static class SearchSettingsWriter
{
    public static string Write(OptimizationConfiguration? optimization) => optimization is null
        ? "null"
        : "{" + string.Join(",", OptimizationEntries.Of(optimization).Select(entry => Literals.Json(entry.Key) + ":" + Json(entry.Value))) + "}";

    private static string Json(object? value) => value switch
    {
        null => "null",
        bool truth => ManifestWriter.Json(truth),
        int or long => Convert.ToString(value, CultureInfo.InvariantCulture),
        double number => Literals.RoundTrip(number),
        string text => Literals.Json(text),
        PrunerConfiguration pruner => Pruner(pruner),
        EquatableArray<SettingConfiguration> options => Options(options),
        EquatableArray<PointConfiguration> points => "[" + string.Join(",", points.Select(Point)) + "]",
        _ => throw new ArgumentException($"No setting is a {value.GetType().Name}.", nameof(value)),
    };

    private static string Pruner(PrunerConfiguration pruner) =>
        "{\"name\":" + Literals.Json(pruner.Name) + ",\"options\":" + Options(pruner.Options)
        + (pruner.Wrapped is { } wrapped ? ",\"wrapped\":" + Pruner(wrapped) : "") + "}";

    private static string Options(IEnumerable<SettingConfiguration> options) =>
        "{" + string.Join(",", options.Select(option => Literals.Json(option.Name) + ":" + ManifestWriter.Json(option.Value))) + "}";

    private static string Point(PointConfiguration point) =>
        "{" + string.Join(",", point.Values.Select(value => Literals.Json(value.Step + "." + value.Parameter) + ":" + Literals.RoundTrip(value.Value))) + "}";
}

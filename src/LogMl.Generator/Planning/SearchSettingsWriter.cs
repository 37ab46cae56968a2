using System.Globalization;
using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>
/// Writes the settings of the search into the manifest (docs/architecture.md, seam 2). Settings that the YAML does not have are left out.
/// </summary>
internal static class SearchSettingsWriter
{
    public static string Write(OptimizationConfiguration? optimization) =>
        optimization is null ? "null" : Object(OptimizationEntries.Of(optimization).Select(entry => (entry.Key, Json(entry.Value))));

    private static string Object(IEnumerable<(string Name, string Json)> properties) =>
        "{" + string.Join(",", properties.Select(property => Literals.Json(property.Name) + ":" + property.Json)) + "}";

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
        Object(options.Select(option => (option.Name, ManifestWriter.Json(option.Value))));

    private static string Point(PointConfiguration point) =>
        Object(point.Values.Select(value => (value.Step + "." + value.Parameter, Literals.RoundTrip(value.Value))));
}

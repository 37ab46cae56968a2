using System.Globalization;
using LogMl.Configuration;
using LogMl.Generator.Emit;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>Writes the manifest, format 1 (docs/architecture.md, seam 2), in one line.</summary>
internal static class ManifestWriter
{
    public static string Write(
        string name, WorkflowConfiguration configuration, Func<StepConfiguration, bool> isSearched, IReadOnlyList<string> notes, bool hasFinalRun)
    {
        var space = configuration.Steps.Where(isSearched).SelectMany(step => step.Parameters
            .Where(parameter => parameter.Distribution is not null)
            .Select(parameter => Parameter(step, parameter)));
        var defaults = configuration.Steps.Select(Defaults).OfType<string>();
        return "{\"format\":1"
            + ",\"version\":" + Literals.Json(GeneratedFile.ProductVersion)
            + ",\"name\":" + Literals.Json(name)
            + ",\"optimization\":" + SearchSettingsWriter.Write(configuration.Optimization)
            + ",\"space\":[" + string.Join(",", space) + "]"
            + ",\"defaults\":{" + string.Join(",", defaults) + "}"
            + (notes.Count == 0 ? "" : ",\"notes\":[" + string.Join(",", notes.Select(Literals.Json)) + "]")
            + ",\"final_run\":" + Json(hasFinalRun) + "}";
    }

    private static string Parameter(StepConfiguration step, ParameterConfiguration parameter)
    {
        var distribution = parameter.Distribution!;
        var head = "{\"name\":" + Literals.Json(step.Name + "." + parameter.Name) + ",\"dist\":" + Literals.Json(distribution.Name);
        if (!distribution.Options.IsEmpty)
        {
            var probabilities = distribution.Probabilities.IsEmpty
                ? ""
                : ",\"probs\":[" + string.Join(",", distribution.Probabilities.Select(Literals.RoundTrip)) + "]";
            return head + ",\"options\":[" + string.Join(",", distribution.Options.Select(Json)) + "]" + probabilities + "}";
        }

        var isInteger = parameter.Type.Kind is ParameterKind.Int or ParameterKind.Long;
        return head + ",\"args\":[" + string.Join(",", distribution.Arguments.Select(Literals.RoundTrip)) + "]"
            + (isInteger ? ",\"integer\":true}" : "}");
    }

    private static string? Defaults(StepConfiguration step)
    {
        var values = step.Parameters
            .Where(parameter => parameter.Default is not null)
            .Select(parameter => Literals.Json(parameter.Name) + ":" + Json(parameter.Default!))
            .ToList();
        return values.Count == 0 ? null : Literals.Json(step.Name) + ":{" + string.Join(",", values) + "}";
    }

    internal static string Json(bool value) => value ? "true" : "false";

    internal static string Json(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Bool boolean => Json(boolean.Value),
        ConfigurationValue.Integer integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        ConfigurationValue.Number number => Literals.RoundTrip(number.Value),
        ConfigurationValue.Text text => Literals.Json(text.Value),
        ConfigurationValue.List list => "[" + string.Join(",", list.Items.Select(Json)) + "]",
        _ => "null",
    };
}

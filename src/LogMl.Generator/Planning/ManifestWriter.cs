using System.Globalization;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl.Generator.Planning;

/// <summary>Writes the manifest (docs/architecture.md, seam 2), in one line.</summary>
internal static class ManifestWriter
{
    public static string Write(
        string name, WorkflowConfiguration configuration, Func<StepConfiguration, bool> isSearched, IReadOnlyList<string> notes,
        bool hasFinalRun)
    {
        var space = configuration.Steps.Where(isSearched).SelectMany(step => step.Parameters
            .Where(parameter => parameter.Distribution is not null)
            .Select(parameter => (Name: step.Name + "." + parameter.Name, Parameter: parameter))).ToList();
        var integers = space.Where(searched => searched.Parameter is
        {
            Distribution.Options.IsEmpty: true,
            Type.Kind: ParameterKind.Int or ParameterKind.Long,
        }).ToList();
        var defaults = configuration.Steps.Select(step => Values(step, parameter => parameter.Default is { } value ? Json(value) : null))
            .OfType<string>();
        var types = configuration.Steps
            .Select(step => Values(step, parameter => parameter.NeedsDeclaredType ? Json(parameter.Type) : null))
            .OfType<string>().ToList();
        return "{\"format\":" + ProtocolVersions.Manifest.ToString(CultureInfo.InvariantCulture)
            + ",\"version\":" + QuotedJson.Of(Product.Version)
            + ",\"name\":" + QuotedJson.Of(name)
            + ",\"optimization\":" + (configuration.Optimization is { } optimization ? Json(optimization.Settings) : "null")
            + ",\"space\":{\"params\":["
            + string.Join(",", space.Select(searched => Parameter(searched.Name, searched.Parameter.Distribution!))) + "]}"
            + (integers.Count == 0
                ? ""
                : ",\"integers\":[" + string.Join(",", integers.Select(searched => QuotedJson.Of(searched.Name))) + "]")
            + ",\"defaults\":{" + string.Join(",", defaults) + "}"
            + (notes.Count == 0 ? "" : ",\"notes\":[" + string.Join(",", notes.Select(QuotedJson.Of)) + "]")
            + (types.Count == 0 ? "" : ",\"types\":{" + string.Join(",", types) + "}")
            + ",\"final_run\":" + Json(hasFinalRun) + "}";
    }

    /// <summary>A parameter in the grammar of the engine, <c>SearchSpace.ToJson</c>.</summary>
    private static string Parameter(string name, DistributionConfiguration distribution)
    {
        var head = "{\"name\":" + QuotedJson.Of(name) + ",\"dist\":" + QuotedJson.Of(distribution.Name);
        if (!distribution.Options.IsEmpty)
        {
            var probabilities = distribution.Probabilities.IsEmpty
                ? ""
                : ",\"probs\":[" + string.Join(",", distribution.Probabilities.Select(Literals.RoundTrip)) + "]";
            return head + ",\"options\":[" + string.Join(",", distribution.Options.Select(Json)) + "]" + probabilities + "}";
        }

        IEnumerable<double> arguments = distribution is { Kind: DistributionKind.RandInt, Arguments: [var upper] }
            ? [0, upper]
            : distribution.Arguments;
        return head + ",\"args\":[" + string.Join(",", arguments.Select(Literals.RoundTrip)) + "]}";
    }

    /// <summary>An object with a value for each parameter of a step that has one; null if none has.</summary>
    private static string? Values(StepConfiguration step, Func<ParameterConfiguration, string?> value)
    {
        var values = step.Parameters
            .Select(parameter => value(parameter) is { } json ? QuotedJson.Of(parameter.Name) + ":" + json : null)
            .OfType<string>()
            .ToList();
        return values.Count == 0 ? null : QuotedJson.Of(step.Name) + ":{" + string.Join(",", values) + "}";
    }

    /// <summary>
    /// A type in the form of <c>functions.types</c>: a text, or the list of the members of an enum, with null as a member if the type is
    /// nullable.
    /// </summary>
    private static string Json(ParameterType type) => type.Kind == ParameterKind.Enum
        ? "[" + string.Join(",", type.Members.Select(QuotedJson.Of).Concat(type.IsNullable ? ["null"] : [])) + "]"
        : QuotedJson.Of(type.Written);

    private static string Json(IEnumerable<SettingConfiguration> settings) =>
        "{" + string.Join(",", settings.Select(setting => QuotedJson.Of(setting.Name) + ":" + Json(setting.Value))) + "}";

    private static string Json(bool value) => value ? "true" : "false";

    private static string Json(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Bool boolean => Json(boolean.Value),
        ConfigurationValue.Integer integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        ConfigurationValue.Number { Value: var number } when double.IsNaN(number) || double.IsInfinity(number) =>
            "{\"number\":" + QuotedJson.Of(double.IsNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf") + "}",
        ConfigurationValue.Number number => Literals.Double(number.Value),
        ConfigurationValue.Text text => QuotedJson.Of(text.Value),
        ConfigurationValue.List list => "[" + string.Join(",", list.Items.Select(Json)) + "]",
        ConfigurationValue.Mapping mapping => Json(mapping.Entries),
        _ => "null",
    };
}

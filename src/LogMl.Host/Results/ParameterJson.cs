using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Shared.Spaces;

namespace LogMl.Host.Results;

/// <summary>
/// Writes the parameters of a trial as JSON, by their full names: those that are searched, and the values of <c>functions</c> that held
/// beside them.
/// </summary>
internal static class ParameterJson
{
    /// <param name="json">Receives the object.</param>
    /// <param name="name">Its name.</param>
    /// <param name="manifest">The manifest of the user's assembly.</param>
    /// <param name="values">The values of the trial: numbers, and the index of an option.</param>
    public static void Write(Utf8JsonWriter json, string name, Manifest manifest, IReadOnlyDictionary<string, double> values)
    {
        json.WriteStartObject(name);
        foreach (var parameter in manifest.Parameters.Where(parameter => values.ContainsKey(parameter.Name)))
        {
            Begin(json, parameter.Name, isSearched: true);
            json.WriteString("type", TypeOf(parameter, values[parameter.Name]));
            json.WritePropertyName("value");
            parameter.Write(json, values[parameter.Name]);
            json.WriteEndObject();
        }

        foreach (var (fixedName, value) in Unsearched(manifest, values))
        {
            Begin(json, fixedName, isSearched: false);
            json.WriteString("type", TypeOf(value));
            json.WritePropertyName("value");
            value.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The values that are not searched. Those of a branch of a searched choice hold where the trial has chosen it.</summary>
    private static IEnumerable<KeyValuePair<string, JsonElement>> Unsearched(
        Manifest manifest, IReadOnlyDictionary<string, double> values)
    {
        var searched = manifest.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var choices = manifest.Parameters.Where(parameter => parameter.Options.Count > 0).ToArray();
        return FixedParameters.Of(manifest).Where(value => !searched.Contains(value.Key) && choices.All(choice =>
            !value.Key.StartsWith(choice.Name + ".", StringComparison.Ordinal)
            || (values.TryGetValue(choice.Name, out var chosen)
                && value.Key.StartsWith($"{choice.Name}.{choice.Text(chosen)}.", StringComparison.Ordinal))));
    }

    private static void Begin(Utf8JsonWriter json, string name, bool isSearched)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("searched", isSearched);
    }

    private static string TypeOf(SpaceParameter parameter, double value) => parameter.Option(value) switch
    {
        { Parameters.Count: > 0 } => "branch",
        { } option => TypeOf(option.Value),
        null => parameter.IsInteger ? "integer" : "number",
    };

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? "number" : "integer",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => "null",
    };
}

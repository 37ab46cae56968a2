using System.Text.Json;
using LogMl.Shared.Parameters;
using LogMl.Shared.Spaces;

namespace LogMl.Host.Manifests;

/// <summary>
/// The values of <c>functions</c> by the full names of the parameters, as a study knows them. The value of a choice with branches is the
/// name of a branch, whose parameters follow.
/// </summary>
internal static class FixedParameters
{
    public static IReadOnlyDictionary<string, JsonElement> Of(Manifest manifest)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (step, parameters) in manifest.Defaults)
        {
            foreach (var (name, value) in parameters.Where(parameter => parameter.Key != StepKeys.Enable))
            {
                Add(values, $"{step}.{name}", value);
            }
        }

        return values;
    }

    private static void Add(Dictionary<string, JsonElement> values, string name, JsonElement value)
    {
        if (NamedNumber(value) is { } number)
        {
            values[name] = JsonSerializer.SerializeToElement(number.Name);
            values[$"{name}.{number.Name}"] = number.Value;
            return;
        }

        if (DefaultBranch.Of(value) is not { } branch)
        {
            values[name] = value;
            return;
        }

        values[name] = JsonSerializer.SerializeToElement(branch.Name);
        foreach (var (parameter, inner) in branch.Parameters)
        {
            Add(values, $"{name}.{branch.Name}.{parameter}", inner);
        }
    }

    /// <summary>An option that is a number, with its name: <c>{"uniform_2": 2.5}</c>.</summary>
    private static JsonProperty? NamedNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.Number } only]
            ? only
            : null;
}

using System.Text.Json;

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
            foreach (var (name, value) in parameters)
            {
                Add(values, $"{step}.{name}", value);
            }
        }

        return values;
    }

    private static void Add(Dictionary<string, JsonElement> values, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            values[name] = value;
            return;
        }

        foreach (var branch in value.EnumerateObject().Take(1))
        {
            values[name] = JsonSerializer.SerializeToElement(branch.Name);
            if (branch.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var parameter in branch.Value.EnumerateObject())
                {
                    Add(values, $"{name}.{branch.Name}.{parameter.Name}", parameter.Value);
                }
            }
        }
    }
}

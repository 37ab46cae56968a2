using System.Text.Json;

namespace LogMl.Shared.Spaces;

/// <summary>The branch that a default of the manifest names, <c>{"svm": {"c": 1.0}}</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Parameters">The parameters that the default sets.</param>
internal sealed record DefaultBranch(string Name, IReadOnlyDictionary<string, JsonElement> Parameters)
{
    /// <summary>The branch; null for every other value.</summary>
    public static DefaultBranch? Of(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.Object } only]
            ? new DefaultBranch(only.Name, new OrderedDictionary<string, JsonElement>(
                only.Value.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, entry.Value)), StringComparer.Ordinal))
            : null;
}

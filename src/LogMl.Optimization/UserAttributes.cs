using System.Collections.ObjectModel;
using System.Text.Json;

namespace LogMl.Optimization;

/// <summary>
/// User attributes: JSON values by name, in the order in which they were first set. They are immutable: setting one makes a new dictionary.
/// </summary>
internal static class UserAttributes
{
    public static readonly IReadOnlyDictionary<string, JsonElement> None = ReadOnlyDictionary<string, JsonElement>.Empty;

    public static IReadOnlyDictionary<string, JsonElement> With(
        this IReadOnlyDictionary<string, JsonElement> attributes, string name, JsonElement value) =>
        new ReadOnlyDictionary<string, JsonElement>(
            new OrderedDictionary<string, JsonElement>(attributes, StringComparer.Ordinal) { [name] = value });
}

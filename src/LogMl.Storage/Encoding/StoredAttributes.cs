using System.Collections.ObjectModel;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>Reads the user attributes of trials and studies from their stored JSON, which may be Python's.</summary>
internal static class StoredAttributes
{
    /// <summary>Python itself allows about 1,000 levels.</summary>
    private const int MaxDepth = 1000;

    /// <summary>The values by name, in the order in which they were first set.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Read(IReadOnlyCollection<KeyValuePair<string, string>> attributes)
    {
        if (attributes.Count == 0)
        {
            return ReadOnlyDictionary<string, JsonElement>.Empty;
        }

        var values = new OrderedDictionary<string, JsonElement>(attributes.Count, StringComparer.Ordinal);
        foreach (var (name, json) in attributes)
        {
            values[name] = Read(json);
        }

        return new ReadOnlyDictionary<string, JsonElement>(values);
    }

    private static JsonElement Read(string json)
    {
        try
        {
            using var document = PythonJson.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Somebody has edited the database by hand. The value is returned as a text.
            return JsonElement.Parse(OptionJson.Text(json));
        }
    }
}

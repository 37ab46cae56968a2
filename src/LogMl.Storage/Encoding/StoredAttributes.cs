using System.Collections.ObjectModel;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>The user attributes of trials and studies as a storage has them: JSON, as Python writes it where Optuna has noted
/// them.</summary>
internal static class StoredAttributes
{
    /// <summary>Python stops where it is nested about 1,000 levels deep.</summary>
    private const int MaxDepth = 1000;

    /// <summary>The values by name, in the order in which they were noted first.</summary>
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
            // Somebody has written to the database by hand: it is shown as the text that it is.
            return JsonElement.Parse(OptionJson.Text(json));
        }
    }
}

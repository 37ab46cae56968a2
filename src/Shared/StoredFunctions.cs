using System.Text.Json;

namespace LogMl.Shared;

/// <summary>
/// The section <c>functions</c> of the workflow, as a study has noted it: what its reader needs to write the parameters of a trial as that
/// section, without the assembly. Each call of a search notes it anew.
/// </summary>
internal sealed record StoredFunctions
{
    /// <summary>The attribute of the study.</summary>
    public const string Key = "logml:functions";

    /// <summary>The name of the workflow; null when an earlier version has made the note.</summary>
    public string? Workflow { get; init; }

    /// <summary>
    /// The values, as they stand in YAML, by step and parameter: <c>model_train.epochs</c>. The parameters of a branch of a searched choice
    /// that are not searched have the whole path: <c>model_create.classifier.svm.gamma</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The section <c>types</c>, as it stands in YAML, by step and parameter.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = new Dictionary<string, string>();

    /// <summary>The parameters that are integers to the program although their distributions have other values too.</summary>
    public IReadOnlyCollection<string> Integers { get; init; } = [];

    /// <summary>Whether a trial reports its folds.</summary>
    public bool HasFolds { get; init; }

    /// <summary>Whether a search does a final run, which scores a test part where there is one. Older studies do not say it.</summary>
    public bool HasFinalRun { get; init; } = true;

    /// <summary>Reads the attribute; nothing is known when there is none, or one that this version cannot read.</summary>
    public static StoredFunctions Read(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? "{}");
            var root = document.RootElement;
            return new StoredFunctions
            {
                Workflow = root.TryGetProperty("workflow", out var workflow) ? workflow.GetString() : null,
                Values = Texts(root, "values"),
                Types = Texts(root, "types"),
                Integers = root.TryGetProperty("integers", out var names)
                    ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
                    : [],
                HasFolds = root.TryGetProperty("folds", out var folds) && folds.GetBoolean(),
                HasFinalRun = !root.TryGetProperty("final_run", out var final) || final.GetBoolean(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new StoredFunctions();
        }
    }

    /// <summary>The attribute.</summary>
    public string ToJson() => ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        if (Workflow is not null)
        {
            json.WriteString("workflow", Workflow);
        }

        Write(json, "values", Values);
        Write(json, "types", Types);
        json.WriteStartArray("integers");
        foreach (var name in Integers)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteBoolean("folds", HasFolds);
        json.WriteBoolean("final_run", HasFinalRun);
        json.WriteEndObject();
    });

    private static OrderedDictionary<string, string> Texts(JsonElement root, string name) => new(
        root.TryGetProperty(name, out var texts)
            ? texts.EnumerateObject().Select(text => KeyValuePair.Create(text.Name, text.Value.GetString()!))
            : [],
        StringComparer.Ordinal);

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, text) in texts)
        {
            json.WriteString(key, text);
        }

        json.WriteEndObject();
    }
}

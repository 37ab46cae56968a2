using System.Text.Json;

namespace LogMl.Shared;

/// <summary>The runs at the end of a search, as a study has noted them: the scores of the best trial and of the defaults.</summary>
internal sealed record StoredFinal
{
    /// <summary>The attribute of the study.</summary>
    public const string Key = "logml:final";

    /// <summary>The trial that was the best one.</summary>
    public required int Trial { get; init; }

    /// <summary>The id of the inputs of the final run.</summary>
    public required string Inputs { get; init; }

    /// <summary>The scores of the final run on the test part; null when there was no run, or none has scored such a part.</summary>
    public IReadOnlyDictionary<string, double>? Test { get; init; }

    /// <summary>The run with the defaults; null when there was none that can be compared with the trial.</summary>
    public DefaultScores? Defaults { get; init; }

    /// <summary>The runs that belong to a trial; null when those of the study belong to another one, or there are none.</summary>
    /// <param name="attributes">The attributes of the study.</param>
    /// <param name="trial">The number of the best trial; null for none.</param>
    public static StoredFinal? Of(IReadOnlyDictionary<string, string> attributes, int? trial) =>
        Read(attributes.GetValueOrDefault(Key)) is { } final && final.Trial == trial ? final : null;

    /// <summary>Reads the attribute; null when there is none, or one that this version cannot read.</summary>
    public static StoredFinal? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new StoredFinal
            {
                Trial = root.GetProperty("trial").GetInt32(),
                Inputs = root.GetProperty("inputs").GetString() ?? "",
                Test = FigureJson.ReadOrNull(root.GetProperty("test")),
                Defaults = root.GetProperty("defaults") is { ValueKind: JsonValueKind.Object } scores ? DefaultScores.Read(scores) : null,
            };
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The attribute.</summary>
    public string ToJson() => ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("trial", Trial);
        json.WriteString("inputs", Inputs);
        FigureJson.Write(json, "test", Test);
        json.WritePropertyName("defaults");
        if (Defaults is null)
        {
            json.WriteNullValue();
        }
        else
        {
            Defaults.Write(json);
        }

        json.WriteEndObject();
    });
}

/// <summary>The scores of a run with the values of <c>functions</c>.</summary>
internal sealed record DefaultScores
{
    /// <summary>The id of its inputs.</summary>
    public required string Inputs { get; init; }

    /// <summary>What its values were, as a hash.</summary>
    public required string Functions { get; init; }

    /// <summary>The scores of the validation part.</summary>
    public required IReadOnlyDictionary<string, double> Validate { get; init; }

    /// <summary>The scores of the test part; null when there is none.</summary>
    public IReadOnlyDictionary<string, double>? Test { get; init; }

    /// <summary>The value of the only objective for each fold; empty without folds.</summary>
    public IReadOnlyList<double> Folds { get; init; } = [];

    /// <summary>The rows that a fold validates on for each row that it trains on; null when that is not known.</summary>
    public double? FoldRatio { get; init; }

    internal static DefaultScores Read(JsonElement json) => new()
    {
        Inputs = json.GetProperty("inputs").GetString() ?? "",
        Functions = json.GetProperty("functions").GetString() ?? "",
        Validate = FigureJson.Read(json.GetProperty("validate")),
        Test = FigureJson.ReadOrNull(json.GetProperty("test")),
        Folds = [.. json.GetProperty("folds").EnumerateArray().Select(fold => fold.GetDouble())],
        FoldRatio = json.GetProperty("fold_ratio") is { ValueKind: JsonValueKind.Number } ratio ? ratio.GetDouble() : null,
    };

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("inputs", Inputs);
        json.WriteString("functions", Functions);
        FigureJson.Write(json, "validate", Validate);
        FigureJson.Write(json, "test", Test);
        json.WriteStartArray("folds");
        foreach (var fold in Folds)
        {
            json.WriteNumberValue(fold);
        }

        json.WriteEndArray();
        if (FoldRatio is { } ratio)
        {
            json.WriteNumber("fold_ratio", ratio);
        }
        else
        {
            json.WriteNull("fold_ratio");
        }

        json.WriteEndObject();
    }
}

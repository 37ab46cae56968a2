using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Tool.AskTell;

/// <summary>The caller's answer to a proposal: one line of JSON, as Python writes it, or the result of an objective of hyperopt.</summary>
/// <param name="State">The state in which the trial ended.</param>
/// <param name="Loss">The loss, finite or not; null when there is none.</param>
internal readonly record struct Answer(TrialState State, double? Loss)
{
    /// <summary>The user attributes that the caller sets.</summary>
    public IReadOnlyDictionary<string, JsonNode?> UserAttributes { get; init; } = ReadOnlyDictionary<string, JsonNode?>.Empty;

    private const string Expected = """{"loss": x}, {"state": "failed"}, {"state": "pruned", "loss": x} or {"status": "ok", "loss": x}""";

    /// <exception cref="FormatException">The line is something else.</exception>
    public static Answer Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = PythonJson.Parse(line, default);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, line)
                : throw Wrong(line, "is no object");
        }
        catch (JsonException)
        {
            throw Wrong(line, "is no JSON");
        }
    }

    private static Answer Read(JsonElement root, ReadOnlyMemory<byte> line)
    {
        if (root.EnumerateObject().CountBy(property => property.Name).FirstOrDefault(key => key.Value > 1).Key is { } repeated)
        {
            throw Wrong(line, $"has the key '{repeated}' twice or more");
        }

        // An objective of hyperopt may return anything besides its status and its loss.
        var isHyperopts = root.TryGetProperty("status", out var status);
        var state = isHyperopts ? ReadStatus(status, line) : TrialState.Complete;
        double? loss = null;
        var attributes = new OrderedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case "loss" when isHyperopts && state == TrialState.Failed:
                    break;
                case "loss":
                    loss = PythonJson.Number(property.Value)
                        ?? throw Wrong(line, $"has the loss {JsonWords.Describe(property.Value)}, which is no number");
                    break;
                case "state":
                    state = isHyperopts ? throw Wrong(line, "has a state and a status") : ReadState(property.Value, line);
                    break;
                case PointWriter.UserAttributes:
                    ReadAttributes(property.Value, attributes, line);
                    break;
                case var name when !isHyperopts:
                    throw Wrong(line, $"has the unknown key '{name}'");
            }
        }

        return state == TrialState.Complete && loss is null
            ? throw Wrong(line, "has no loss")
            : new Answer(state, loss) { UserAttributes = attributes };
    }

    private static void ReadAttributes(JsonElement value, OrderedDictionary<string, JsonNode?> attributes, ReadOnlyMemory<byte> line)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(line, $"has the {PointWriter.UserAttributes} {JsonWords.Describe(value)}, which is no object");
        }

        foreach (var attribute in value.EnumerateObject())
        {
            try
            {
                TrialNoteNames.RequireOther(attribute.Name);
            }
            catch (ArgumentException exception)
            {
                throw Wrong(line, $"has a user attribute that is none: {ArgumentText.Of(exception)}");
            }

            attributes[attribute.Name] = JsonNode.Parse(attribute.Value.GetRawText());
        }
    }

    private static TrialState ReadStatus(JsonElement value, ReadOnlyMemory<byte> line) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch
        {
            "ok" => TrialState.Complete,
            "fail" => TrialState.Failed,
            _ => throw Wrong(line, $"has the status {JsonWords.Describe(value)}, which is neither ok nor fail"),
        }
        : throw Wrong(line, $"has the status {JsonWords.Describe(value)}, which is neither ok nor fail");

    private static TrialState ReadState(JsonElement value, ReadOnlyMemory<byte> line) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch
        {
            "complete" => TrialState.Complete,
            "failed" => TrialState.Failed,
            "pruned" => TrialState.Pruned,
            _ => throw Wrong(line, $"has the unknown state {JsonWords.Describe(value)}"),
        }
        : throw Wrong(line, $"has the unknown state {JsonWords.Describe(value)}");

    private static FormatException Wrong(ReadOnlyMemory<byte> line, string what)
    {
        const int Longest = 80;
        var text = OneLine.Of(Encoding.UTF8.GetString(line.Span).Trim());
        return new FormatException($"'{ShortText.Of(text, Longest)}' {what}; expected is {Expected}, in one line.");
    }
}

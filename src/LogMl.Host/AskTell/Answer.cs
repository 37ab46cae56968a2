using System.Text;
using System.Text.Json;
using LogMl.Host.Sampling;
using LogMl.Optimization;

namespace LogMl.Host.AskTell;

/// <summary>What the caller says about a proposal: one line of JSON.</summary>
/// <param name="State">What became of the trial.</param>
/// <param name="Loss">The loss; null when there is none.</param>
internal readonly record struct Answer(TrialState State, double? Loss)
{
    private const string Expected = """{"loss": x}, {"state": "failed"} or {"state": "pruned", "loss": x}""";

    /// <exception cref="FormatException">The line is something else.</exception>
    public static Answer Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement, line);
        }
        catch (JsonException)
        {
            throw Wrong(line, "is no JSON");
        }
    }

    private static Answer Read(JsonElement root, ReadOnlyMemory<byte> line)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(line, "is no object");
        }

        var state = TrialState.Complete;
        double? loss = null;
        foreach (var property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case "loss":
                    loss = property.Value.ValueKind == JsonValueKind.Number
                        ? property.Value.GetDouble()
                        : throw Wrong(line, $"has the loss {JsonText.Describe(property.Value)}, which is no number");
                    break;
                case "state":
                    state = ReadState(property.Value, line);
                    break;
                default:
                    throw Wrong(line, $"has the unknown key '{property.Name}'");
            }
        }

        return state == TrialState.Complete && loss is null ? throw Wrong(line, "has no loss") : new Answer(state, loss);
    }

    private static TrialState ReadState(JsonElement value, ReadOnlyMemory<byte> line) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch
        {
            "complete" => TrialState.Complete,
            "failed" => TrialState.Failed,
            "pruned" => TrialState.Pruned,
            _ => throw Wrong(line, $"has the unknown state {JsonText.Describe(value)}"),
        }
        : throw Wrong(line, $"has the unknown state {JsonText.Describe(value)}");

    private static FormatException Wrong(ReadOnlyMemory<byte> line, string what)
    {
        const int Longest = 80;
        var text = Encoding.UTF8.GetString(line.Span).ReplaceLineEndings(" ").Trim();
        return new FormatException($"'{(text.Length > Longest ? text[..Longest] + "..." : text)}' {what}; expected is {Expected}, in one line.");
    }
}

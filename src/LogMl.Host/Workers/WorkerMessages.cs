using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LogMl.Host.Results;

namespace LogMl.Host.Workers;

/// <summary>One trial for a worker.</summary>
/// <param name="Number">The number in the study; -1 outside of a search.</param>
/// <param name="IsFull">Whether the test set is scored too, and the model saved.</param>
/// <param name="Seed">The trial's seed.</param>
/// <param name="StudySeed">The study's seed, from which data-set stages take theirs.</param>
/// <param name="Folder">The trial's folder, which the worker makes when a step asks for it.</param>
/// <param name="Parameters">The values by name: numbers, or the index of an option.</param>
internal sealed record TrialAssignment(
    int Number, bool IsFull, long Seed, long StudySeed, TrialFolder Folder, IEnumerable<KeyValuePair<string, double>> Parameters)
{
    /// <summary>Whether each report is answered with the pruner's decision.</summary>
    public bool IsPrunable { get; init; }

    /// <summary>What it may take.</summary>
    public TrialLimits Limits { get; init; }
}

/// <summary>Writes and reads the messages of the pipe to a worker (docs/architecture.md, seam 3).</summary>
internal static class WorkerMessages
{
    public const int Protocol = 1;

    public static ReadOnlySpan<byte> Stop => "{\"type\":\"stop\"}\n"u8;

    public static byte[] Trial(TrialAssignment trial)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "trial");
            json.WriteNumber("number", trial.Number);
            json.WriteString("kind", trial.IsFull ? "full" : "search");
            json.WriteNumber("seed", trial.Seed);
            json.WriteNumber("study_seed", trial.StudySeed);
            json.WriteString("directory", trial.Folder.Path);
            if (trial.IsPrunable)
            {
                json.WriteBoolean("prune", true);
            }

            json.WriteStartObject("parameters");
            foreach (var (name, value) in trial.Parameters)
            {
                json.WriteNumber(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Decision(int number, bool prune) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"decision\",\"number\":{number},\"prune\":{(prune ? "true" : "false")}}}\n"));

    public static byte[] Cancel(int number) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"cancel\",\"number\":{number}}}\n"));

    public static TrialOutcome.Completed ReadCompleted(JsonElement message) => new(
        ReadFigure(message.GetProperty("loss")),
        message.GetProperty("scores").EnumerateObject().ToDictionary(part => part.Name, ReadFigures, StringComparer.Ordinal));

    public static TrialOutcome.Failed ReadFailed(JsonElement message) => new(new TrialFailure(
        message.GetProperty("step").GetString(),
        message.GetProperty("exception").GetString()!,
        message.GetProperty("message").GetString()!,
        message.GetProperty("stack").GetString()!));

    public static (int Step, double Value) ReadReport(JsonElement message) =>
        (message.GetProperty("step").GetInt32(), ReadFigure(message.GetProperty("value")));

    /// <summary>In the order in which they came; of two with one name the last counts.</summary>
    private static IReadOnlyDictionary<string, double> ReadFigures(JsonProperty part)
    {
        var figures = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var figure in part.Value.EnumerateObject())
        {
            figures[figure.Name] = ReadFigure(figure.Value);
        }

        return figures;
    }

    private static double ReadFigure(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetDouble();
}

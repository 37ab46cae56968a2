using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LogMl.Runtime;

namespace LogMl;

/// <summary>Writes the messages of a worker (docs/architecture.md, seam 3).</summary>
internal static class WorkerMessage
{
    private const int Protocol = 1;

    public static ReadOnlySpan<byte> Hello(string manifest, bool isOptimized) => Write("hello", json =>
    {
        json.WriteNumber("protocol", Protocol);
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteBoolean("optimized", isOptimized);
        using var parsed = JsonDocument.Parse(manifest);
        json.WritePropertyName("manifest");
        parsed.RootElement.WriteTo(json);
    });

    public static ReadOnlySpan<byte> Refused(string message, string stack) => Write("refused", json =>
    {
        json.WriteString("message", message);
        json.WriteString("stack", stack);
    });

    public static ReadOnlySpan<byte> Entered(int number, string step) => Write("entered", json =>
    {
        json.WriteNumber("number", number);
        json.WriteString("step", step);
    });

    public static ReadOnlySpan<byte> Report(int number, int step, double value) => Write("report", json =>
    {
        json.WriteNumber("number", number);
        json.WriteNumber("step", step);
        WriteFigure(json, "value", value);
    });

    public static ReadOnlySpan<byte> Completed(int number, double loss, IReadOnlyDictionary<string, EvaluationScores> scores) => Write("completed", json =>
    {
        json.WriteNumber("number", number);
        WriteFigure(json, "loss", loss);
        json.WriteStartObject("scores");
        foreach (var (part, score) in scores)
        {
            json.WriteStartObject(part);
            WriteFigure(json, "loss", score.Loss);
            foreach (var (name, value) in score.Metrics)
            {
                WriteFigure(json, name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    public static ReadOnlySpan<byte> Pruned(int number) => Write("pruned", json => json.WriteNumber("number", number));

    /// <summary>Says before the result of a trial that the process should run no other.</summary>
    public static ReadOnlySpan<byte> Spoilt() => Write("spoilt", _ => { });

    public static ReadOnlySpan<byte> Failed(int number, string? step, string exception, string message, string stack) => Write("failed", json =>
    {
        json.WriteNumber("number", number);
        json.WriteString("step", step);
        json.WriteString("exception", exception);
        json.WriteString("message", message);
        json.WriteString("stack", stack);
    });

    private static ReadOnlySpan<byte> Write(string type, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", type);
        fields(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    /// <summary>JSON has no number that is not finite: those travel as text.</summary>
    private static void WriteFigure(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}

using System.Globalization;
using System.Text.Json;

namespace LogMl.Shared;

/// <summary>Writes and reads scores in JSON, which has no number that is not finite: such a score is text.</summary>
internal static class FigureJson
{
    /// <summary>Writes an object with the scores.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="name">The name of the object.</param>
    /// <param name="figures">The scores by name; null for none, which is written as null.</param>
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>>? figures)
    {
        if (figures is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach (var (figure, value) in figures)
        {
            Write(json, figure, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one score.</summary>
    public static void Write(Utf8JsonWriter json, string name, double value)
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

    /// <summary>Reads an object with scores.</summary>
    public static OrderedDictionary<string, double> Read(JsonElement figures) => new(
        figures.EnumerateObject().Select(figure => KeyValuePair.Create(
            figure.Name,
            figure.Value.ValueKind == JsonValueKind.String
                ? double.Parse(figure.Value.GetString()!, CultureInfo.InvariantCulture)
                : figure.Value.GetDouble())),
        StringComparer.Ordinal);

    /// <summary>Reads an object with scores; null for null.</summary>
    public static OrderedDictionary<string, double>? ReadOrNull(JsonElement figures) =>
        figures.ValueKind == JsonValueKind.Null ? null : Read(figures);
}

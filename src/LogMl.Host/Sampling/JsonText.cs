using System.Globalization;
using System.Text.Json;

namespace LogMl.Host.Sampling;

/// <summary>JSON in messages, and numbers in JSON.</summary>
internal static class JsonText
{
    private const int Longest = 40;

    /// <summary>A scalar as it was written, cut when it is long; of an object or array only what it is.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ when value.GetRawText() is { Length: > Longest } text => text[..Longest] + "...",
        _ => value.GetRawText(),
    };

    /// <summary>A real number that stays one in Python: 1.0, not 1.</summary>
    public static void WriteReal(Utf8JsonWriter json, double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }
}

using System.Globalization;
using System.Text.Json;

namespace LogMl.Shared;

/// <summary>
/// Options of a choice as JSON: null, a boolean, a number or a text, as Optuna allows. Any other object is written as its text. Compiled
/// into engine, storage and host.
/// </summary>
internal static class OptionJson
{
    public static void Write(Utf8JsonWriter json, object? option)
    {
        switch (option)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool value:
                json.WriteBooleanValue(value);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(option, CultureInfo.InvariantCulture));
                break;
            case float or double when double.IsFinite(Convert.ToDouble(option, CultureInfo.InvariantCulture)):
                WriteReal(json, Convert.ToDouble(option, CultureInfo.InvariantCulture));
                break;
            case IFormattable formattable when option is not Enum:
                json.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(option.ToString() ?? "");
                break;
        }
    }

    /// <summary>Writes a real number so that Python reads it as one: 1.0, not 1.</summary>
    public static void WriteReal(Utf8JsonWriter json, double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }

    /// <summary>Reads an option from a JSON value. An array or object is read as its text.</summary>
    public static object? Read(JsonElement option) => option.ValueKind switch
    {
        JsonValueKind.String => option.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number when option.TryGetInt64(out var integer)
            && !option.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => integer,
        JsonValueKind.Number => option.GetDouble(),
        _ => option.GetRawText(),
    };

    /// <summary>The option as JSON text.</summary>
    public static string Text(object? option) => ReadableJson.Write(json => Write(json, option));
}

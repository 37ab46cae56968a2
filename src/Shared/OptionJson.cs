using System.Globalization;
using System.Text.Json;

namespace LogMl.Shared;

/// <summary>
/// The options of a choice in JSON: null, a boolean, a number or a text, as Optuna allows; any other object by its text. Compiled into engine, storage and host.
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

    /// <summary>A real number that stays one in Python: 1.0, not 1.</summary>
    public static void WriteReal(Utf8JsonWriter json, double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }

    /// <summary>The option that a value of JSON is; an array or object is one by its text.</summary>
    public static object? Read(JsonElement option) => option.ValueKind switch
    {
        JsonValueKind.String => option.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number when option.TryGetInt64(out var integer) && !option.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => integer,
        JsonValueKind.Number => option.GetDouble(),
        _ => option.GetRawText(),
    };

    /// <summary>The option as a text of JSON.</summary>
    public static string Text(object? option) => ReadableJson.Write(json => Write(json, option));
}

using System.Globalization;
using System.Text.Json;

namespace LogMl.Storage.Encoding;

/// <summary>The options of a choice as the storage has them: null, a boolean, a number or a text, as Optuna allows; any other object by its text.</summary>
internal static class ChoiceLabel
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

    /// <summary>An option that another program has written, in the text of this one: Python has 1e-05 for 1E-05.</summary>
    public static string Text(JsonElement stored) => stored.ValueKind switch
    {
        JsonValueKind.String => Text((object?)stored.GetString()),
        JsonValueKind.Number when stored.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => Text((object)stored.GetDouble()),
        _ => stored.GetRawText(),
    };

    /// <summary>The option in JSON.</summary>
    public static string Text(object? option) => JsonText.Write(json => Write(json, option));

    /// <summary>What two options have in common that are the same number, whatever digits each has: 1.0 and 1.</summary>
    /// <param name="text">The option in JSON.</param>
    public static string Key(string text) =>
        char.IsAsciiDigit(text[^1]) && double.Parse(text, CultureInfo.InvariantCulture) is var number && Math.Abs(number) <= 1L << 53 ? number.ToString("R", CultureInfo.InvariantCulture) : text;
}

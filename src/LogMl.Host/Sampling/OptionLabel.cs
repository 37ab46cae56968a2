using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogMl.Host.Sampling;

/// <summary>An option of a choice as the study is stored with it; the trials get its index.</summary>
internal static class OptionLabel
{
    public static object? Of(JsonElement option) => option.ValueKind switch
    {
        JsonValueKind.String => option.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number when option.TryGetInt64(out var integer) && !option.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => integer,
        JsonValueKind.Number => option.GetDouble(),
        _ => option.GetRawText(),
    };

    /// <summary>Writes an option as it was read.</summary>
    public static void Write(Utf8JsonWriter json, object? label)
    {
        switch (label)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool value:
                json.WriteBooleanValue(value);
                break;
            case long value:
                json.WriteNumberValue(value);
                break;
            case double value:
                JsonText.WriteReal(json, value);
                break;
            default:
                json.WriteStringValue((string)label);
                break;
        }
    }

    /// <summary>The option in JSON.</summary>
    public static string Text(object? label)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, label);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The index of the option that a value is: the very same one, or else one that is the same number; -1 when there is none.</summary>
    public static int IndexOf(IReadOnlyList<object?> labels, JsonElement value)
    {
        var label = Of(value);
        for (var i = 0; i < labels.Count; i++)
        {
            if (Equals(labels[i], label))
            {
                return i;
            }
        }

        for (var i = 0; value.ValueKind == JsonValueKind.Number && i < labels.Count; i++)
        {
            if (labels[i] is long or double && Convert.ToDouble(labels[i], CultureInfo.InvariantCulture) == value.GetDouble())
            {
                return i;
            }
        }

        return -1;
    }
}

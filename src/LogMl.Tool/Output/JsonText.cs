using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Tool.Output;

/// <summary>Prints JSON. Names are in snake_case, as in all files of the project; docs/tool.md describes the objects.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, MaxDepth = 4000, NewLine = "\n",
    };

    /// <summary>Prints one object.</summary>
    public static void Print(ToolConsole console, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        // What is escaped here stands in strings only, and the escapes are those of JSON.
        console.Output.Write(VisibleText.OfLines(Encoding.UTF8.GetString(buffer.WrittenSpan)) + "\n");
    }

    /// <summary>A number. One that is not finite is a text, because JSON has none.</summary>
    public static void WriteNumber(this Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        json.WriteNumberValue(value);
    }

    /// <summary>A number. One that is not finite is a text, because JSON has none.</summary>
    public static void WriteNumberValue(this Utf8JsonWriter json, double? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case { } number when double.IsFinite(number):
                OptionJson.WriteReal(json, number);
                break;
            case { } other:
                json.WriteStringValue(other.ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>A time in UTC, or null.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTime? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>An object of numbers.</summary>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers)
        {
            json.WriteNumber(key, (double?)value);
        }

        json.WriteEndObject();
    }
}

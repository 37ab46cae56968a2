using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogMl.Shared;

/// <summary>
/// Reads JSON as Python's <c>json</c> writes it: with the bare words NaN, Infinity and -Infinity, which JSON does not have. They are read
/// as text.
/// </summary>
internal static class PythonJson
{
    private static readonly string[] Words = ["NaN", "Infinity", "-Infinity"];
    private static readonly byte[][] Bytes = [.. Words.Select(Encoding.ASCII.GetBytes)];

    /// <exception cref="JsonException">The text is no JSON in Python's sense either.</exception>
    public static JsonDocument Parse(string text, JsonDocumentOptions options = default) => Parse(Encoding.UTF8.GetBytes(text), options);

    /// <exception cref="JsonException">The text is no JSON in Python's sense either.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text, JsonDocumentOptions options = default) =>
        JsonDocument.Parse(WithoutWords(text), options);

    /// <summary>The number, finite or not; null when the value is none.</summary>
    public static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when Words.Contains(value.GetString()) => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The text with these words in quotes.</summary>
    private static ReadOnlyMemory<byte> WithoutWords(ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        if (span.IndexOfAny("NI"u8) < 0)
        {
            return text;
        }

        var quoted = new MemoryStream(text.Length + 16);
        var isText = false;
        for (var i = 0; i < span.Length; i++)
        {
            if (!isText && WordAt(span[i..]) is { } word)
            {
                quoted.WriteByte((byte)'"');
                quoted.Write(word);
                quoted.WriteByte((byte)'"');
                i += word.Length - 1;
                continue;
            }

            quoted.WriteByte(span[i]);
            if (isText && span[i] == '\\' && i + 1 < span.Length)
            {
                quoted.WriteByte(span[++i]);
            }
            else if (span[i] == '"')
            {
                isText = !isText;
            }
        }

        return quoted.ToArray();
    }

    private static byte[]? WordAt(ReadOnlySpan<byte> rest)
    {
        foreach (var word in Bytes)
        {
            if (rest.StartsWith(word))
            {
                return word;
            }
        }

        return null;
    }
}

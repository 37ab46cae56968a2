using System.Buffers;
using System.Text.Json;

namespace LogMl.Shared.Wire;

/// <summary>The text of a message of the pipe: a line with a JSON object. Its field <c>type</c> names the record.</summary>
/// <remarks>
/// JsonSerializer is not used, because it starts slowly. In a new process, creating its metadata (even generated metadata) takes several
/// times as long as writing and reading all messages up to the first result takes this way, and a search waits for each worker that starts.
/// </remarks>
internal static class MessageText
{
    private const string Type = "type";

    /// <summary>Writes the line, with its end.</summary>
    public static ReadOnlySpan<byte> Write<T>(T message, WireForms<T, MessageFields> forms)
        where T : class
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(Type, forms.WordOf(message));
            forms.Write(message, new MessageWriter(json));
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    /// <param name="line">A line without its end. The record does not refer to it.</param>
    /// <param name="forms">The possible records.</param>
    /// <exception cref="JsonException">It is none of them.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> line, WireForms<T, MessageFields> forms)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var fields = new MessageReader(document.RootElement);
            return forms.Read(fields.Text(Type, null), fields)
                ?? throw new JsonException($"The type {JsonWords.Describe(document.RootElement.GetProperty(Type))} is not known.");
        }
        catch (InvalidOperationException exception)
        {
            // It is no object, or a text in it is not UTF-8.
            throw new JsonException(exception.Message, exception);
        }
    }
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogMl.Shared;

/// <summary>Writes JSON for people to read, in the database and in messages. Compiled into engine, storage and host.</summary>
internal static class ReadableJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 4000 };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

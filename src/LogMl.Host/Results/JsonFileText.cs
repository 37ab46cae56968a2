using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogMl.Host.Results;

/// <summary>Makes the text of a JSON file: one object in indented lines, with a line end behind it.</summary>
internal static class JsonFileText
{
    /// <param name="write">Writes the properties of the object.</param>
    /// <param name="encoder">What is escaped in texts; null for all that is not ASCII, among others.</param>
    public static string Of(Action<Utf8JsonWriter> write, JavaScriptEncoder? encoder = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = encoder }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}

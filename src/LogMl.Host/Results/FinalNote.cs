using System.Globalization;
using System.Text.Json;

namespace LogMl.Host.Results;

/// <summary>The file in best/ that says what the final run there belongs to.</summary>
/// <param name="Trial">The trial whose parameters it has.</param>
/// <param name="Inputs">The id of what it was computed from.</param>
/// <param name="Test">Its figures for the test set; null while the run is not over.</param>
internal sealed record FinalNote(int Trial, string Inputs, IReadOnlyDictionary<string, double>? Test)
{
    private const string FileName = "final_run.json";

    /// <summary>Whether the run is over, and is of this trial and these inputs.</summary>
    public bool IsOf(int trial, string inputs) => Test is not null && Trial == trial && Inputs == inputs;

    /// <summary>Reads the note of a folder.</summary>
    /// <returns>Null when there is none that this version can read.</returns>
    public static FinalNote? Read(string folder)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, FileName)));
            var root = json.RootElement;
            var test = root.GetProperty("test");
            return new FinalNote(
                root.GetProperty("trial").GetInt32(), root.GetProperty("inputs").GetString()!, test.ValueKind == JsonValueKind.Null ? null : Figures(test));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the note into a folder.</summary>
    public void Write(string folder)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("trial", Trial);
            json.WriteString("inputs", Inputs);
            if (Test is null)
            {
                json.WriteNull("test");
            }
            else
            {
                json.WriteStartObject("test");
                foreach (var (name, value) in Test)
                {
                    WriteFigure(json, name, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        AtomicFile.Write(Path.Combine(folder, FileName), System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n");
    }

    /// <summary>JSON has no number that is not finite: those are texts.</summary>
    private static void WriteFigure(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static OrderedDictionary<string, double> Figures(JsonElement test) => new(
        test.EnumerateObject().Select(figure => KeyValuePair.Create(
            figure.Name, figure.Value.ValueKind == JsonValueKind.String ? double.Parse(figure.Value.GetString()!, CultureInfo.InvariantCulture) : figure.Value.GetDouble())),
        StringComparer.Ordinal);
}

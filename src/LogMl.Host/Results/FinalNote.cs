using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>The file in best/ that says which trial and which inputs the final run there belongs to.</summary>
/// <param name="Trial">The trial whose parameters the run has.</param>
/// <param name="Inputs">The id of the inputs of the run.</param>
/// <param name="Test">The scores of the test set; null until the run has finished.</param>
internal sealed record FinalNote(int Trial, string Inputs, IReadOnlyDictionary<string, double>? Test)
{
    private const string FileName = "final_run.json";

    /// <summary>Whether the run has finished, and has this trial and these inputs.</summary>
    public bool IsOf(int trial, string inputs) => Test is not null && Trial == trial && Inputs == inputs;

    /// <summary>Reads the note of a folder.</summary>
    /// <returns>The note; null when there is none, or none that this version can read.</returns>
    public static FinalNote? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!FreshFile.IsRegularFile(file))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = json.RootElement;
            var test = root.GetProperty("test");
            return new FinalNote(
                root.GetProperty("trial").GetInt32(), root.GetProperty("inputs").GetString()!,
                test.ValueKind == JsonValueKind.Null ? null : FigureJson.Read(test));
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
                or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the note into a folder.</summary>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), JsonFileText.Of(json =>
    {
        json.WriteNumber("trial", Trial);
        json.WriteString("inputs", Inputs);
        FigureJson.Write(json, "test", Test);
    }));
}

using System.Globalization;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Report.Reading;

/// <summary>Reads what is noted with a trial. Other programs may have notes of the same names and of any kind.</summary>
internal static class NoteReader
{
    /// <summary>A note that is text; null when there is none.</summary>
    public static string? Text(IReadOnlyDictionary<string, string> notes, string name)
    {
        try
        {
            return notes.TryGetValue(name, out var json) ? JsonSerializer.Deserialize(json, NoteJson.Default.String) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A note that is a time in UTC, from its JSON; null when it is none.</summary>
    public static DateTime? Time(string json) => DateTime.TryParse(
        json.Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : null;

    /// <summary>
    /// What a scheduler calls the worker of a trial, and its GPU: <c>slurm 4711_3, GPU 0</c>; null when there is neither.
    /// </summary>
    public static string? Worker(IReadOnlyDictionary<string, string> notes)
    {
        string?[] parts =
        [
            Text(notes, TrialNoteNames.Slot), Text(notes, TrialNoteNames.Device) is { } device ? $"GPU {device}" : null,
        ];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } worker ? worker : null;
    }

    /// <summary>The scores besides the objectives, by their names.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Metrics(IReadOnlyDictionary<string, string> notes) =>
        from note in notes
        where note.Key.StartsWith(StoredNames.MetricPrefix, StringComparison.Ordinal)
        let value = note.Value == "null" ? double.NaN : Number(note.Value.Trim('"'))
        where value is not null
        select KeyValuePair.Create(note.Key[StoredNames.MetricPrefix.Length..], value.Value);

    private static double? Number(string json) =>
        double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

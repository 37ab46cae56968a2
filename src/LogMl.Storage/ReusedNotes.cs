using System.Globalization;
using LogMl.Shared;

namespace LogMl.Storage;

/// <summary>The user attributes of trials of which some reuse the result of another one, and have its number instead of metrics.</summary>
internal static class ReusedNotes
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>The attributes of a trial: JSON by key. In place of the number of a trial whose result it reuses are its metrics.</summary>
    /// <param name="number">The number of the trial.</param>
    /// <param name="all">The attributes of all trials of the study.</param>
    public static IReadOnlyDictionary<string, string> Of(int number, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> all)
    {
        var notes = all.GetValueOrDefault(number) ?? None;
        if (!notes.TryGetValue(TrialNoteNames.ReusedTrial, out var json)
            || !int.TryParse(json, NumberStyles.None, CultureInfo.InvariantCulture, out var earlier) || earlier >= number)
        {
            return notes;
        }

        var own = notes.Where(note => note.Key != TrialNoteNames.ReusedTrial).ToDictionary(StringComparer.Ordinal);
        foreach (var note in Of(earlier, all).Where(note => note.Key.StartsWith(StoredNames.MetricPrefix, StringComparison.Ordinal)))
        {
            own.TryAdd(note.Key, note.Value);
        }

        return own;
    }
}

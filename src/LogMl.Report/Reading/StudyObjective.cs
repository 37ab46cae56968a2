using System.Text.Json;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Report.Reading;

/// <summary>An objective of a study.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Direction">Which values are better.</param>
internal sealed record StudyObjective(string Name, Direction Direction)
{
    /// <summary>
    /// The objectives of a study with their names. Without one, the only objective is the loss, or the value when it is maximized.
    /// </summary>
    public static IReadOnlyList<StudyObjective> Of(StudyRecord study)
    {
        var names = Names(study.Attributes.GetValueOrDefault(ObjectiveCompatibility.NamesKey));
        return
        [
            .. study.Directions.Select((direction, k) => new StudyObjective(
                names.Length == study.Directions.Count ? names[k]
                    : study.Directions.Count > 1 ? FormattableString.Invariant($"objective {k}")
                    : direction == Direction.Maximize ? "value" : "loss",
                direction)),
        ];
    }

    private static string[] Names(string? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize(json, NoteJson.Default.StringArray) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

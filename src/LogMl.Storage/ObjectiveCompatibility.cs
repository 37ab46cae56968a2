using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Storage;

/// <summary>Decides whether a stored study can continue with some objectives: their names and directions must be the same.</summary>
internal static class ObjectiveCompatibility
{
    /// <summary>
    /// The attribute of a study with the names for which this library has searched it. <see cref="NamesKey"/> may be another program's.
    /// </summary>
    public const string SearchedKey = "logml:objectives";

    /// <summary>Optuna's attribute of a study with the names that its tools show.</summary>
    public const string NamesKey = "study:metric_names";

    /// <summary>Refuses a study of other objectives.</summary>
    /// <param name="study">The study.</param>
    /// <param name="directions">The directions of the present objectives.</param>
    /// <param name="names">Their names; empty for none.</param>
    /// <exception cref="StorageException">The study has other objectives.</exception>
    public static void Require(StudyRecord study, IReadOnlyList<Direction> directions, IReadOnlyList<string> names)
    {
        if (Difference(study, directions, names) is { } difference)
        {
            throw new StorageException(
                StorageProblem.OtherObjectives, $"The stored study '{study.Name}' has other objectives: {difference}.");
        }
    }

    /// <summary>What the objectives are and were, when they are others; else null.</summary>
    /// <param name="study">The study.</param>
    /// <param name="directions">The directions of the present objectives.</param>
    /// <param name="names">Their names; empty for none.</param>
    public static string? Difference(StudyRecord study, IReadOnlyList<Direction> directions, IReadOnlyList<string> names)
    {
        var searched = Read(study, SearchedKey);
        var before = searched ?? Read(study, NamesKey);

        // A study that another program has begun, or an earlier version of this library, may call the one objective as it likes, as long as
        // the search does not name it.
        var isUnnamed = searched is null && names is [ObjectiveWords.Loss];
        return !study.Directions.SequenceEqual(directions)
            || (before is not null && names.Count > 0 && !isUnnamed && !before.SequenceEqual(names))
            ? $"it {Describe(study.Directions, before)}, and the search now {Describe(directions, names)}"
            : null;
    }

    /// <summary>The objectives in words: <c>maximizes f1_score and minimizes model_bytes</c>.</summary>
    /// <param name="directions">The directions.</param>
    /// <param name="names">The names; null or of another number when they are unknown.</param>
    public static string Describe(IReadOnlyList<Direction> directions, IReadOnlyList<string>? names) => string.Join(
        " and ",
        directions.Select((direction, i) => (direction == Direction.Maximize ? "maximizes " : "minimizes ")
            + (names?.Count == directions.Count ? names[i] : directions.Count == 1 ? "its objective" : $"objective {i + 1}")));

    private static string[]? Read(StudyRecord study, string key)
    {
        try
        {
            return study.Attributes.TryGetValue(key, out var json) ? JsonSerializer.Deserialize<string[]>(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

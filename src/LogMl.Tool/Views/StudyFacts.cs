using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Storage.Encoding;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Views;

/// <summary>What is stored with a study, in words.</summary>
internal static class StudyFacts
{
    /// <summary>Which values of an objective are better.</summary>
    public static string Word(Direction direction) => direction == Direction.Maximize ? ObjectiveWords.Maximize : ObjectiveWords.Minimize;

    /// <summary>The algorithm that searched it last; null when that is not known.</summary>
    public static string? Algorithm(StudyData study) => NoteReader.Text(study.Content.Study.Attributes, StoredStudy.AlgorithmKey);

    /// <summary>Its user attributes.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Attributes(StudyData study) =>
        StoredAttributes.Read([.. study.Content.Study.Attributes.Where(attribute => !StudyStorage.IsOwnKey(attribute.Key))]);

    /// <summary>What the values of a parameter are in words: its latest distribution.</summary>
    public static Dictionary<string, string> Distributions(StudyData study) => study.Content.Distributions
        .GroupBy(pair => pair.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Distribution.Description, StringComparer.Ordinal);
}

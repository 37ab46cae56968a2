using LogMl.Report.Reading;
using LogMl.Storage;

namespace LogMl.Report;

/// <summary>Another study that a report shows beside its own. The storage stays open until the report is made.</summary>
/// <param name="Storage">The storage of the study; read only is enough.</param>
/// <param name="Study">The name of the study.</param>
public sealed record ComparedStudy(StudyStorage Storage, string Study)
{
    /// <summary>Why a report of a study cannot show another one beside it.</summary>
    /// <param name="storage">The storage of the study.</param>
    /// <param name="study">The name of the study.</param>
    /// <returns>The reason; null when it can.</returns>
    /// <exception cref="StorageException">There is no such study, or a storage cannot be used.</exception>
    public string? Difference(StudyStorage storage, string study)
    {
        ArgumentNullException.ThrowIfNull(storage);
        var names = StudyObjective.Of(storage.RequireStudy(study));
        return ObjectiveCompatibility.Difference(
            Storage.RequireStudy(Study),
            [.. names.Select(objective => objective.Direction)], [.. names.Select(objective => objective.Name)]);
    }
}

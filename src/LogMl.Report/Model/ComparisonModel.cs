using LogMl.Report.Reading;

namespace LogMl.Report.Model;

/// <summary>Studies beside each other.</summary>
/// <param name="Parameters">The searched parameters of all of them.</param>
/// <param name="Studies">The studies, the one of the report first.</param>
internal sealed record ComparisonModel(IReadOnlyList<string> Parameters, IReadOnlyList<StudyRow> Studies)
{
    /// <summary>The comparison of a report; null when there is nothing to compare with.</summary>
    /// <param name="content">The study of the report.</param>
    /// <param name="importances">Its importances.</param>
    /// <param name="others">The other studies.</param>
    public static ComparisonModel? Of(
        StudyContent content, IReadOnlyList<ObjectiveImportance> importances, IReadOnlyList<ComparedStudy> others)
    {
        if (others.Count == 0)
        {
            return null;
        }

        (StudyContent Content, IReadOnlyList<ObjectiveImportance> Importances)[] all =
        [
            (content, importances),
            .. others.Select(other =>
            {
                var read = StudyReader.Read(other.Storage, other.Study);
                return (read, read is { View.History: { } history, Space: { } space } ? StudyImportance.Of(history, space) : []);
            }),
        ];
        string[] parameters =
        [
            .. all.SelectMany(study => study.Content.View?.History.Parameters ?? []).Select(parameter => parameter.Name)
                .Distinct(StringComparer.Ordinal),
        ];
        return new ComparisonModel(parameters, [.. all.Select(study => StudyRow.Of(study.Content, study.Importances, parameters))]);
    }
}

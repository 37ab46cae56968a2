using LogMl.Report.Reading;
using LogMl.Shared;

namespace LogMl.Report.Model;

/// <summary>Finds from which inputs the trials of a study were computed.</summary>
internal static class InputChanges
{
    public static IReadOnlyList<InputsModel> Of(StudyContent content, Func<string, string?>? describe)
    {
        var ids = content.Trials.Select((trial, i) => (
                Id: content.Notes.TryGetValue(trial.Number, out var notes) ? NoteReader.Text(notes, StoredNames.Inputs) : null, i))
            .Where(trial => trial.Id is not null);
        return
        [
            .. ids.GroupBy(trial => trial.Id!, StringComparer.Ordinal)
                .Select(group => new InputsModel(group.Key, group.First().i, group.Count(), describe?.Invoke(group.Key))),
        ];
    }
}

using LogMl.Shared;
using LogMl.Shared.Spaces;

namespace LogMl.Tool.Studies;

/// <summary>Trials in the form of trials.csv.</summary>
internal static class TrialCsv
{
    /// <summary>Writes the header, and a row for each trial.</summary>
    public static void Write(TextWriter output, StudyData study, IReadOnlyList<TrialData> trials)
    {
        var rows = new TrialCsvRows(
            study.Parameters,
            study.Content.HasConstraints,
            [.. trials.SelectMany(trial => trial.Scores.Keys).Where(name => name != ObjectiveWords.Loss).Distinct(StringComparer.Ordinal)],
            [.. trials.SelectMany(trial => trial.UserAttributes.Keys).Distinct(StringComparer.Ordinal)]);
        output.Write(rows.Header);
        foreach (var trial in trials)
        {
            output.Write(rows.Row(Of(trial)));
        }
    }

    private static TrialCsvRow Of(TrialData trial) => new()
    {
        Number = trial.Number,
        State = trial.IsComplete ? TrialCsvRows.Complete : trial.State,
        Loss = trial.Loss,
        IsFeasible = trial.Violation is { } violation ? violation == 0 : null,
        Seconds = trial.IsOver ? trial.Seconds : null,
        Started = trial.Started is { } started ? new DateTimeOffset(started) : null,
        Ended = trial.Ended is { } ended ? new DateTimeOffset(ended) : null,
        Step = trial.FailStep ?? "",
        Message = trial.Reason ?? "",
        Values = trial.Values,
        Metrics = trial.Scores,
        UserAttributes = trial.UserAttributes,
    };
}

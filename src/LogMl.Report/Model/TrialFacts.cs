using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Report.Model;

/// <summary>What is known of the stored trials of a study, for the report and for the tool.</summary>
/// <param name="content">The study.</param>
internal sealed class TrialFacts(StudyContent content)
{
    private static readonly IReadOnlyDictionary<string, string> NoNotes = new Dictionary<string, string>();

    private readonly HashSet<int> _repeated = [.. content.Trials.SelectMany(trial => trial.RetryHistory)];
    private readonly IReadOnlyDictionary<int, string> _leftOut = content.View?.LeftOut ?? new Dictionary<int, string>();

    /// <summary>The state, a letter of <see cref="TrialLetter"/>.</summary>
    public char Letter(TrialRecord trial) =>
        TrialLetter.Of(trial, _repeated.Contains(trial.Number), _leftOut.ContainsKey(trial.Number));

    /// <summary>What is noted with the trial: JSON by name.</summary>
    public IReadOnlyDictionary<string, string> Notes(TrialRecord trial) => content.Notes.GetValueOrDefault(trial.Number) ?? NoNotes;

    /// <summary>When it ran.</summary>
    public TrialTimes Times(TrialRecord trial) => TrialTimes.Of(trial, Notes(trial));

    /// <summary>The values of the objectives of a complete trial; none for another one, which has no result.</summary>
    public static IReadOnlyList<double> Objectives(TrialRecord trial) => trial.State == StoredState.Complete ? trial.Values : [];

    /// <summary>The last value that a pruned trial has reported, which is no result; null for none and for another trial.</summary>
    public static double? LastReport(TrialRecord trial) =>
        trial is { State: StoredState.Pruned, Values: [var last, ..] } ? last : null;

    /// <summary>Why it failed, or does not count; null when there is nothing to say.</summary>
    public string? Reason(TrialRecord trial) =>
        NoteReader.Text(Notes(trial), TrialNoteNames.FailReason)
        ?? (_leftOut.TryGetValue(trial.Number, out var why) ? $"The search does not count this trial: {why}." : null)
        ?? (trial.State == StoredState.Complete && !trial.Values.All(double.IsFinite) ? "The result is no finite number." : null);
}

using System.Text.Json;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Inputs;

/// <summary>What the trials of a study were computed from, compared with the inputs of this call. Each trial has the id of a fingerprint; the study has the fingerprints.</summary>
/// <param name="storage">Has the notes of the trials.</param>
/// <param name="studyId">The study.</param>
/// <param name="today">What the trials of this call are computed from.</param>
/// <param name="known">The fingerprint that has an id, null when the study has none.</param>
internal sealed class TrialInputs(IStudyStorage storage, long studyId, InputFingerprint today, Func<string, InputFingerprint?> known)
{
    /// <summary>The attribute of a study, and of each trial, with the id of a fingerprint.</summary>
    public const string Key = "logml:inputs";

    /// <summary>The trials without a note of this host or another.</summary>
    private readonly HashSet<int> _unknown = [];
    private IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>>? _notes;

    /// <summary>The inputs of this call.</summary>
    public InputFingerprint Today => today;

    /// <summary>Whether a trial was computed from other inputs than today's. Of a trial that another program has run nothing is known, and the answer is no.</summary>
    public bool IsOutdated(int trial) => IdOf(trial) is { } id && id != today.Id;

    /// <summary>The numbers of the trials that are over, and count, and were computed from other inputs.</summary>
    public IReadOnlyList<int> Outdated(StoredStudy study)
    {
        // Read again: one that waited may have been run by another host.
        _notes = null;
        _unknown.Clear();
        return [.. study.Study.Trials.Where(trial => trial.State != TrialState.Running).Select(study.NumberOf).Where(IsOutdated)];
    }

    /// <summary>What is to be said wherever the result of a trial is shown: <c>computed from other inputs than today's: Steps.cs changed</c>; null when there is nothing.</summary>
    public string? Remark(int trial) => IdOf(trial) switch
    {
        null => "run by another program, so that it is not known what it was computed from",
        var id when id == today.Id => null,
        var id => "computed from other inputs than today's: " + Changes(id),
    };

    /// <summary>What is different today, as one text.</summary>
    public string Changes(int trial) => Changes(IdOf(trial) ?? "");

    /// <summary>The project that a trial is of, when that is another place than this call's; else null.</summary>
    public ProjectPlace? PlaceOf(int trial) => known(IdOf(trial) ?? "")?.Place is { } place && place != today.Place ? place : null;

    private string Changes(string id) =>
        known(id) is { } earlier ? InputFingerprint.Describe(today.ChangesSince(earlier)) : "what they were is not known any more";

    private string? IdOf(int trial)
    {
        // A trial that is not known was begun since.
        if (_notes?.ContainsKey(trial) != true && _unknown.Add(trial))
        {
            _notes = storage.ReadTrialAttributes(studyId, Key);
        }

        try
        {
            return _notes!.TryGetValue(trial, out var notes) ? JsonSerializer.Deserialize<string>(notes[Key]) : null;
        }
        catch (JsonException)
        {
            // Another program's note of the same name.
            return null;
        }
    }
}

using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Inputs;

/// <summary>
/// Compares the inputs of a study's trials with the inputs of this call. Each trial has the id of a fingerprint, and the study has the
/// fingerprints.
/// </summary>
/// <param name="storage">The storage, which has the attributes of the trials.</param>
/// <param name="studyId">The study.</param>
/// <param name="current">The inputs of this call.</param>
/// <param name="known">Returns the fingerprint with an id; null when the study has none.</param>
internal sealed class TrialInputs(StudyStorage storage, long studyId, InputFingerprint current, Func<string, InputFingerprint?> known)
{
    /// <summary>The attribute of a study, and of each trial, with the id of a fingerprint.</summary>
    public const string Key = StoredNames.Inputs;

    /// <summary>The trials whose inputs are unknown.</summary>
    private readonly HashSet<int> _unknown = [];
    private readonly Dictionary<string, bool> _isCurrent = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>>? _notes;

    /// <summary>The inputs of this call.</summary>
    public InputFingerprint Current => current;

    /// <summary>
    /// Whether a trial was computed from other inputs than those of this call. False for a trial that another program has run: nothing is
    /// known about it.
    /// </summary>
    public bool IsOutdated(int trial) => IdOf(trial) is { } id && !IsCurrent(id);

    /// <summary>The numbers of the finished trials that count and were computed from other inputs.</summary>
    public IReadOnlyList<int> Outdated(StoredStudy study)
    {
        // The attributes are read again: another host may have run a trial that was waiting.
        _notes = null;
        _unknown.Clear();
        return [.. study.History.Trials.Where(trial => trial.State != TrialState.Running).Select(study.NumberOf).Where(IsOutdated)];
    }

    /// <summary>
    /// The remark to show beside the result of a trial: <c>computed from other inputs than today's: Steps.cs changed</c>; null when there
    /// is none.
    /// </summary>
    public string? Remark(int trial) => IdOf(trial) switch
    {
        null => "run by another program, so that it is not known what it was computed from",
        var id when IsCurrent(id) => null,
        var id => "computed from other inputs than today's: " + Changes(id),
    };

    /// <summary>What is different in the inputs with an id from those of this call; null when nothing is.</summary>
    public string? Difference(string id) => IsCurrent(id) ? null : Changes(id);

    /// <summary>What has changed since a trial, as one text.</summary>
    public string Changes(int trial) => Changes(IdOf(trial) ?? "");

    /// <summary>The place of the project that a trial was run in; null when it is the place of this call.</summary>
    public ProjectPlace? PlaceOf(int trial) => known(IdOf(trial) ?? "")?.Place is { } place && place != current.Place ? place : null;

    /// <summary>The id of the inputs of a trial; null when they are not known.</summary>
    public string? IdOf(int trial)
    {
        // A trial that is not known here was started after the attributes were read.
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
            // Another program's attribute of the same name.
            return null;
        }
    }

    /// <summary>Whether inputs are those of this call in all that is not part of the points.</summary>
    private bool IsCurrent(string id)
    {
        if (!_isCurrent.TryGetValue(id, out var isCurrent))
        {
            isCurrent = id == current.Id || (known(id) is { } earlier && current.ChangesSince(earlier).Count == 0);
            _isCurrent.Add(id, isCurrent);
        }

        return isCurrent;
    }

    private string Changes(string id) =>
        known(id) is { } earlier ? InputFingerprint.Describe(current.ChangesSince(earlier)) : "what they were is not known any more";
}

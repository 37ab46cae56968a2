using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Judges the trials of a stored study by the constraints of this call, when they are others than before. The metrics are stored with each
/// trial, so that nothing needs to be run again.
/// </summary>
internal static class ConstraintChange
{
    private const string Key = StoredConstraints.Key;

    /// <summary>
    /// The value of the attribute while the trials are judged anew. A call that ends meanwhile leaves it, and the next one begins again.
    /// </summary>
    private const string Changing = "null";

    /// <summary>The attribute for the constraints of this call; none for a study that never had any.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Note(StudyRecord? study, Goals goals) =>
        goals.Constraints.Count > 0 || study?.Attributes.ContainsKey(Key) == true ? [new(Key, Json(goals.Constraints))] : [];

    /// <summary>Computes the constraints of the complete trials anew, if they are others than before.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="study">The study.</param>
    /// <param name="goals">What this call looks for.</param>
    /// <returns>The text of the warning; null when there is nothing to say.</returns>
    /// <exception cref="HostException">Another search with other constraints runs in the study.</exception>
    public static string? Apply(StudyStorage storage, StudyRecord study, Goals goals)
    {
        var before = study.Attributes.GetValueOrDefault(Key) ?? "{}";
        if (before == Json(goals.Constraints))
        {
            return null;
        }

        var complete = storage.ReadTrials(study.Id, -1, []).Where(trial => trial.State == StoredState.Complete).ToArray();
        var change = $"The constraints of the study '{study.Name}' were {Words(before)}, and are now {Words(Json(goals.Constraints))}";
        if (storage.IsSearched(study.Id))
        {
            throw new HostException(
                HostErrors.OtherGoals,
                $"{change}, while another search of the study runs. Wait for its end, or set HyperOptStudy to another name.");
        }

        if (complete.Length == 0)
        {
            return null;
        }

        storage.SetStudyAttributes(study.Id, new Dictionary<string, string> { [Key] = Changing });
        var notes = storage.ReadTrialAttributes(study.Id);
        var scores = complete.ToDictionary(
            trial => trial.Number, trial => TrialNotes.Scores(trial, goals, ReusedNotes.Of(trial.Number, notes)));
        storage.SetConstraints(complete.ToDictionary(trial => trial.Id, trial => goals.ConstraintsOf(scores[trial.Number])));
        var unknown = scores.Values.Count(known => goals.Constraints.Any(constraint => !known.ContainsKey(constraint.Metric)));
        var trials = SearchSummary.Counted(complete.Length, "complete trial") + " from before";
        var judged = (goals.Constraints.Count, complete.Length) switch
        {
            (0, 1) => "counts without constraints",
            (0, _) => "count without constraints",
            (_, 1) => "is judged by the new ones",
            _ => "are judged by the new ones",
        };
        return $"{change}. {trials} {judged}"
            + (unknown > 0 ? FormattableString.Invariant($"; {unknown} of them without such a metric count as not kept.") : ".");
    }

    private static string Json(IReadOnlyList<Constraint> constraints) => JsonSerializer.Serialize(
        new OrderedDictionary<string, string>(
            constraints.Select(constraint => KeyValuePair.Create(constraint.Metric, constraint.Bound.ToString()))));

    private static string Words(string json)
    {
        try
        {
            using var bounds = JsonDocument.Parse(json);
            var words = Goals.Of(null, bounds.RootElement).ConstraintWords;
            return words.Length == 0 ? "none" : words;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return "others";
        }
    }
}

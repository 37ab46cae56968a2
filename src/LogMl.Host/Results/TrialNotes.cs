using System.Globalization;
using System.Text.Json;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>What is noted about a trial in the store beside its values (Optuna's user attributes, which its dashboard shows as columns), so that trials.csv can be made from the store alone.</summary>
internal static class TrialNotes
{
    private const string SecondsKey = "seconds";
    private const string ReasonKey = "fail_reason";
    private const string StepKey = "fail_step";
    private const string MetricPrefix = "metrics.";

    public static Dictionary<string, string> Of(FinishedTrial trial)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal) { [SecondsKey] = Math.Round(trial.Elapsed.TotalSeconds, 6).ToString("R", CultureInfo.InvariantCulture) };
        if (trial.Failure is { } failure)
        {
            notes[ReasonKey] = JsonSerializer.Serialize((failure with { Step = null }).Summary);
            if (failure.Step is { } step)
            {
                notes[StepKey] = JsonSerializer.Serialize(step);
            }
        }

        foreach (var (name, value) in trial.Metrics)
        {
            // JSON has no number that is not finite: those are texts.
            notes[MetricPrefix + name] = double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : JsonSerializer.Serialize(value.ToString(CultureInfo.InvariantCulture));
        }

        return notes;
    }

    /// <summary>All trials of a study that are over, in the order in which they ended.</summary>
    public static IReadOnlyList<FinishedTrial> Read(IStudyStorage storage, long studyId)
    {
        var trials = storage.ReadTrials(studyId, -1, []);
        var notes = storage.ReadTrialAttributes(studyId);
        var repeated = trials.SelectMany(trial => trial.RetryHistory).ToHashSet();
        return
        [
            .. trials.Where(trial => trial.Completed is not null).OrderBy(trial => trial.Completed).ThenBy(trial => trial.Number)
                .Select(trial => Read(trial, repeated.Contains(trial.Number), notes.GetValueOrDefault(trial.Number) ?? new Dictionary<string, string>())),
        ];
    }

    private static FinishedTrial Read(TrialRecord trial, bool isRepeated, IReadOnlyDictionary<string, string> notes)
    {
        var completed = new DateTimeOffset(trial.Completed!.Value);
        var started = trial.Started is { } start ? new DateTimeOffset(start) : completed;
        return new FinishedTrial
        {
            Number = trial.Number,
            End = trial.State switch
            {
                StoredState.Complete => TrialEnd.Complete,
                StoredState.Pruned => TrialEnd.Pruned,
                _ => isRepeated ? TrialEnd.Repeated : TrialEnd.Failed,
            },
            Values = trial.Parameters.ToDictionary(StringComparer.Ordinal),
            Started = started,
            Elapsed = notes.TryGetValue(SecondsKey, out var seconds) && double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var elapsed)
                ? TimeSpan.FromSeconds(elapsed)
                : completed - started,
            Loss = trial.State == StoredState.Complete && trial.Values is [var loss] ? loss : null,
            Metrics = Metrics(notes),
            Failure = trial.State == StoredState.Fail ? new TrialFailure(Text(notes, StepKey), "", Text(notes, ReasonKey) ?? "", "") : null,
        };
    }

    private static OrderedDictionary<string, double> Metrics(IReadOnlyDictionary<string, string> notes)
    {
        var metrics = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, json) in notes.Where(note => note.Key.StartsWith(MetricPrefix, StringComparison.Ordinal)))
        {
            if (double.TryParse(json.Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                metrics[key[MetricPrefix.Length..]] = value;
            }
        }

        return metrics;
    }

    private static string? Text(IReadOnlyDictionary<string, string> notes, string key)
    {
        try
        {
            return notes.TryGetValue(key, out var json) ? JsonSerializer.Deserialize<string>(json) : null;
        }
        catch (JsonException)
        {
            // Another program's note of the same name.
            return null;
        }
    }
}

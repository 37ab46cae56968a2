using System.Globalization;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Shared;
using LogMl.Shared.Wire;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Host.Results;

/// <summary>
/// Stores and reads a trial's duration, failure and scores as Optuna's user attributes, which its dashboard shows as columns. So trials.csv
/// can be made from the store alone.
/// </summary>
internal static class TrialNotes
{
    /// <summary>
    /// How many characters of a stack trace are stored. The beginning says what was thrown and where, and the end who called.
    /// </summary>
    private const int LongestStack = 7500;

    /// <summary>The reason that is stored with a complete trial whose result no longer counts.</summary>
    /// <param name="goals">What the search looks for.</param>
    /// <param name="values">The values of the objectives.</param>
    public static string ReplacedResult(Goals goals, IReadOnlyList<double> values) =>
        goals.IsLossAlone
            ? FormattableString.Invariant($"Its loss was {values[0]:R}, computed from other inputs; it was evaluated again.")
            : $"Its result was {goals.Describe(values)}, computed from other inputs; it was evaluated again.";

    /// <summary>The attributes of a finished trial: JSON by key.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="goals">What the search looks for. The value of an objective named loss is stored as the trial's value alone.</param>
    /// <exception cref="HostException">The name of a metric is too long for a study.</exception>
    public static Dictionary<string, string> Of(FinishedTrial trial, Goals goals)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [TrialNoteNames.Seconds] = Math.Round(trial.Elapsed.TotalSeconds, 6).ToString("R", CultureInfo.InvariantCulture),
        };
        if (trial.Device is { } device)
        {
            notes[TrialNoteNames.Device] = OptionJson.Text(device);
        }

        if (trial.Failure is { } failure)
        {
            notes[TrialNoteNames.FailReason] = JsonSerializer.Serialize((failure with { Step = null }).Summary);
            if (failure.Step is { } step)
            {
                notes[TrialNoteNames.FailStep] = JsonSerializer.Serialize(step);
            }

            if (failure.Stack.Length > 0)
            {
                notes[TrialNoteNames.FailStack] = JsonSerializer.Serialize(BoundedText.Cut(failure.Stack, LongestStack));
            }

            if (failure.Output is { } output)
            {
                notes[TrialNoteNames.FailOutput] = JsonSerializer.Serialize(output);
            }
        }

        var loss = trial.Loss is { } other && goals.Objectives.All(objective => objective.Name != ObjectiveWords.Loss)
            ? (KeyValuePair<string, double>[])[new(ObjectiveWords.Loss, other)]
            : [];
        foreach (var (name, value) in loss.Concat(trial.Metrics))
        {
            var longest = StoredNames.MaxLength - StoredNames.MetricPrefix.Length;
            if (name.Length > longest)
            {
                throw new HostException(
                    HostErrors.Manifest,
                    string.Create(CultureInfo.InvariantCulture, $"model_evaluate gives a number whose name has {name.Length} characters; "
                        + $"a study has room for {longest}. Rebuild the project with the version of LogMl.Sdk that is installed, "
                        + $"which says where it is."));
            }

            // Every JSON reader gets numbers or null: 1e999 is infinite to all of them.
            notes[StoredNames.MetricPrefix + name] = value switch
            {
                double.NaN => "null",
                double.PositiveInfinity => "1e999",
                double.NegativeInfinity => "-1e999",
                _ => value.ToString("R", CultureInfo.InvariantCulture),
            };
        }

        return notes;
    }

    /// <summary>All finished trials of a study, in the order in which they ended.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="study">The study.</param>
    /// <param name="goals">What the search looks for.</param>
    public static IReadOnlyList<FinishedTrial> Read(StudyStorage storage, StudyView study, Goals goals)
    {
        var trials = storage.ReadTrials(study.Id, -1, []);
        var notes = storage.ReadTrialAttributes(study.Id);
        var repeated = trials.SelectMany(trial => trial.RetryHistory).ToHashSet();
        return
        [
            .. trials.Where(trial => trial.Completed is not null).OrderBy(trial => trial.Completed).ThenBy(trial => trial.Number)
                .Select(trial => Read(
                    trial, study.ValuesOf(trial), goals, repeated.Contains(trial.Number),
                    notes.GetValueOrDefault(trial.Number) ?? new Dictionary<string, string>())),
        ];
    }

    /// <summary>The scores of a complete trial by name: the values of its objectives, and the metrics that are stored with it.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="goals">What the search looks for.</param>
    /// <param name="notes">The attributes of the trial.</param>
    public static IReadOnlyDictionary<string, double> Scores(
        TrialRecord trial, Goals goals, IReadOnlyDictionary<string, string> notes)
    {
        // The metrics come first, because they have the order in which model_evaluate gives them.
        var scores = Metrics(notes);
        foreach (var (objective, value) in goals.Objectives.Zip(trial.Values))
        {
            scores[objective.Name] = value;
        }

        return scores;
    }

    private static FinishedTrial Read(
        TrialRecord trial, IReadOnlyDictionary<string, double> values, Goals goals, bool isRepeated,
        IReadOnlyDictionary<string, string> notes)
    {
        var times = TrialTimes.Of(trial, notes);

        // Optuna accepts an infinite loss.
        var isComplete = trial.State == StoredState.Complete && trial.Values.All(double.IsFinite);
        var finished = new FinishedTrial
        {
            Number = trial.Number,
            End = trial.State switch
            {
                StoredState.Complete when isComplete => TrialEnd.Complete,
                StoredState.Pruned => TrialEnd.Pruned,
                _ => isRepeated ? TrialEnd.Repeated : TrialEnd.Failed,
            },
            Values = values,
            Started = new DateTimeOffset((times.Started ?? times.Ended)!.Value),
            Elapsed = TimeSpan.FromSeconds(times.Seconds ?? 0),
            Metrics = Metrics(notes),
            UserAttributes = StoredAttributes.Read(trial.UserAttributes),
            Failure = trial.State switch
            {
                StoredState.Fail =>
                    Failure(notes, Text(notes, TrialNoteNames.FailReason) ?? "", Text(notes, TrialNoteNames.FailStack) ?? ""),
                StoredState.Complete when !isComplete =>
                    Failure(notes, goals.IsLossAlone ? "the loss is no finite number" : "an objective is no finite number", ""),
                _ => null,
            },
        };
        return isComplete
            ? finished.WithScores(Scores(trial, goals, notes), trial.Violation == 0)
            : finished;
    }

    private static TrialFailure Failure(IReadOnlyDictionary<string, string> notes, string reason, string stack) =>
        new(Text(notes, TrialNoteNames.FailStep), "", reason, stack) { Output = Text(notes, TrialNoteNames.FailOutput) };

    private static OrderedDictionary<string, double> Metrics(IReadOnlyDictionary<string, string> notes)
    {
        var metrics = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, json) in notes.Where(note => note.Key.StartsWith(StoredNames.MetricPrefix, StringComparison.Ordinal)))
        {
            // Earlier versions wrote NaN as text.
            if (json == "null" || double.TryParse(json.Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                metrics[key[StoredNames.MetricPrefix.Length..]] = json == "null"
                    ? double.NaN
                    : double.Parse(json.Trim('"'), CultureInfo.InvariantCulture);
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
            // Another program's attribute of the same name.
            return null;
        }
    }
}

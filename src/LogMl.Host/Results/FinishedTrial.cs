using System.Collections.ObjectModel;
using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Shared.Wire;

namespace LogMl.Host.Results;

/// <summary>A trial of the search that is over.</summary>
internal sealed record FinishedTrial
{
    private static readonly Dictionary<string, double> None = [];

    /// <summary>Its number in the study.</summary>
    public required int Number { get; init; }

    public required TrialEnd End { get; init; }

    /// <summary>The word for how it ended, in trials.csv and in telemetry.</summary>
    public string State => End switch
    {
        TrialEnd.Complete => TrialCsvRows.Complete,
        TrialEnd.Failed => TrialCsvRows.Failed,
        TrialEnd.Pruned => TrialCsvRows.Pruned,
        _ => TrialCsvRows.Repeated,
    };

    /// <summary>Its parameters by name: a number, or the index of an option.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>When it started, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The GPU that its process was given; null when it was given none, or when its folds ran in several processes.</summary>
    public string? Device { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset Ended => Started + Elapsed;

    /// <summary>The validation loss; null unless the trial is complete, and when model_evaluate gives none.</summary>
    public double? Loss { get; init; }

    /// <summary>The scores of model_evaluate for the validation part, except the loss.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = None;

    /// <summary>All scores of model_evaluate for the validation part, the loss first.</summary>
    public IReadOnlyDictionary<string, double> Scores => new OrderedDictionary<string, double>(
        (Loss is { } loss ? (KeyValuePair<string, double>[])[new(ObjectiveWords.Loss, loss)] : []).Concat(Metrics), StringComparer.Ordinal);

    /// <summary>Whether it keeps all constraints; null unless it is complete.</summary>
    public bool? IsFeasible { get; init; }

    /// <summary>Makes the trial complete.</summary>
    /// <param name="scores">The scores of model_evaluate for the validation part.</param>
    /// <param name="isFeasible">Whether it keeps all constraints.</param>
    public FinishedTrial WithScores(IEnumerable<KeyValuePair<string, double>> scores, bool isFeasible)
    {
        var metrics = new OrderedDictionary<string, double>(scores, StringComparer.Ordinal);
        var hasLoss = metrics.Remove(ObjectiveWords.Loss, out var loss);
        return this with { End = TrialEnd.Complete, Loss = hasLoss ? loss : null, Metrics = metrics, IsFeasible = isFeasible };
    }

    /// <summary>A score by its name; null when there is none.</summary>
    public double? Score(string name) =>
        name == ObjectiveWords.Loss ? Loss : Metrics.TryGetValue(name, out var value) ? value : null;

    /// <summary>The user attributes that its steps or another program have set.</summary>
    public IReadOnlyDictionary<string, JsonElement> UserAttributes { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Whether its result replaces that of an earlier run of the same evaluation.</summary>
    public bool IsReplacing { get; init; }

    /// <summary>Why it failed; null unless it failed.</summary>
    public TrialFailure? Failure { get; init; }
}

using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Gating;

/// <summary>The trials of a study that may pass the gate, with the figures that it compares.</summary>
/// <param name="goals">What the search looks for.</param>
/// <param name="study">The study, which has what trials have reported.</param>
/// <param name="trials">Its finished trials, which have all scores.</param>
/// <param name="crossValidation">The settings of the cross-validation; null when there is none.</param>
internal sealed class Candidates(Goals goals, StudyView study, IReadOnlyList<FinishedTrial> trials, JsonElement? crossValidation)
{
    private readonly Dictionary<int, FinishedTrial> _trials = trials.ToDictionary(trial => trial.Number);
    private readonly Dictionary<int, TrialView> _views = study.History.Trials.ToDictionary(study.NumberOf);

    /// <summary>What a trial has reached in each objective.</summary>
    public IReadOnlyList<ObjectiveFigures> FiguresOf(StoredResult result) =>
        ObjectiveFigures.Of(goals, _trials[result.Number].Scores, ReportsOf(result), crossValidation);

    /// <summary>Its loss; null when model_evaluate gives none.</summary>
    public ObjectiveFigures? LossOf(StoredResult result) => _trials[result.Number].Scores is var scores
        && scores.ContainsKey(ObjectiveWords.Loss)
        ? ObjectiveFigures.Of(
            ObjectiveWords.Loss, Direction.Minimize, scores, goals.IsLossAlone ? ReportsOf(result) : [], crossValidation)
        : null;

    /// <summary>A trial whose repetition runs is not in the history, and what it has reported is not known.</summary>
    private IReadOnlyList<double> ReportsOf(StoredResult result) =>
        _views.TryGetValue(result.Number, out var view) && view.State == TrialState.Complete ? [.. view.Reports.Values] : [];
}

using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Gating;

/// <summary>What one trial has reached in one objective, or in another score, and how exactly that is known.</summary>
/// <param name="Name">The name of the score.</param>
/// <param name="Direction">Which values are better.</param>
/// <param name="Value">The value; with cross-validation the mean over the folds.</param>
internal sealed record ObjectiveFigures(string Name, Direction Direction, double Value)
{
    /// <summary>The number of folds; 0 when there are none, or it is not known.</summary>
    public int FoldCount { get; init; }

    /// <summary>The value of each fold; empty when they are not known.</summary>
    public IReadOnlyList<double> Folds { get; init; } = [];

    /// <summary>The standard error of <see cref="Value"/>; null when it is not known.</summary>
    public double? StandardError { get; init; }

    /// <summary>The value in the sign in which lower is better.</summary>
    public double Loss => Direction == Direction.Maximize ? -Value : Value;

    /// <summary>The figures of all objectives of a trial.</summary>
    /// <param name="goals">The objectives.</param>
    /// <param name="scores">The scores of the trial by name.</param>
    /// <param name="reports">What it has reported: with one objective and cross-validation the value of each fold.</param>
    /// <param name="crossValidation">The settings of the cross-validation; null when there was none.</param>
    public static IReadOnlyList<ObjectiveFigures> Of(
        Goals goals, IReadOnlyDictionary<string, double> scores, IReadOnlyList<double> reports, JsonElement? crossValidation) =>
        [
            .. goals.Objectives.Select(objective => Of(
                objective.Name, objective.Direction, scores, goals.AreSeveral ? [] : reports, crossValidation)),
        ];

    /// <summary>The figures of one score of a trial.</summary>
    /// <param name="name">The name of the score.</param>
    /// <param name="direction">Which values are better.</param>
    /// <param name="scores">The scores of the trial by name; this one is among them.</param>
    /// <param name="folds">The values of the folds; empty when they are not known.</param>
    /// <param name="crossValidation">The settings of the cross-validation; null when there was none.</param>
    public static ObjectiveFigures Of(
        string name, Direction direction, IReadOnlyDictionary<string, double> scores, IReadOnlyList<double> folds,
        JsonElement? crossValidation)
    {
        var figures = new ObjectiveFigures(name, direction, scores[name]);
        if (crossValidation is not { } settings)
        {
            return figures;
        }

        var count = folds.Count > 0 ? folds.Count : CountOf(settings);
        return figures with
        {
            FoldCount = count,
            Folds = folds,
            StandardError = count > 1 && scores.TryGetValue(name + ObjectiveWords.Deviation, out var deviation)
                && double.IsFinite(deviation) && FoldRatio.Of(settings, count) is { } ratio
                ? FoldDifference.StandardErrorOf(deviation * deviation, count, ratio)
                : null,
        };
    }

    /// <summary>The number of folds that the settings say; 0 when it follows from the number of rows.</summary>
    private static int CountOf(JsonElement settings) =>
        settings.TryGetProperty("n_splits", out var splits)
            ? splits.GetInt32() * (settings.TryGetProperty("n_repeats", out var repeats) ? repeats.GetInt32() : 1)
            : 0;
}

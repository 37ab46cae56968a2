using LogMl.Optimization;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Report;

/// <summary>
/// What a search has gained over the defaults, the values of <c>functions</c>. The best trial is the one with the luckiest validation, so
/// less of its gain is left on other data (overtuning).
/// </summary>
public sealed record StudyGain
{
    /// <summary>The gain in each objective; empty when it is not known.</summary>
    public IReadOnlyList<ObjectiveGain> Objectives { get; init; } = [];

    /// <summary>The sentence that says why nothing is known about other data; null when something is.</summary>
    public string? Unknown { get; init; }

    /// <summary>The gain of a stored study.</summary>
    /// <param name="storage">The storage of the study; read only is enough.</param>
    /// <param name="view">The study.</param>
    /// <returns>The gain; null while there is no best trial, and for a study that another program has searched.</returns>
    /// <exception cref="StorageException">The study is not there any more, or the storage cannot be used.</exception>
    public static StudyGain? Of(StudyStorage storage, StudyView view)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(view);
        return Of(storage.RequireStudy(view.Name), view);
    }

    internal static StudyGain? Of(StudyRecord record, StudyView view)
    {
        if (view.Best is not { } best || !record.Attributes.TryGetValue(StoredFunctions.Key, out var json))
        {
            return null;
        }

        var final = StoredFinal.Of(record.Attributes, best.Number);
        return final?.Defaults is { } defaults
            ? new StudyGain { Objectives = [.. ObjectivesOf(record, view, best, final.Test, defaults)] }
            : new StudyGain { Unknown = WhyUnknown(StoredFunctions.Read(json), final) };
    }

    private static IEnumerable<ObjectiveGain> ObjectivesOf(
        StudyRecord record, StudyView view, StoredResult best, IReadOnlyDictionary<string, double>? test, DefaultScores defaults)
    {
        var objectives = StudyObjective.Of(record);
        var folds = objectives.Count == 1 ? Folds(view, best, defaults) : null;
        for (var k = 0; k < objectives.Count; k++)
        {
            var (name, maximize) = (objectives[k].Name, objectives[k].Direction == Direction.Maximize);
            if (ScoreOf(defaults.Validate, name) is { } validation)
            {
                yield return new ObjectiveGain
                {
                    Name = name,
                    Maximize = maximize,
                    DefaultsValidation = validation,
                    BestValidation = maximize ? -best.Losses[k] : best.Losses[k],
                    DefaultsTest = ScoreOf(defaults.Test, name),
                    BestTest = ScoreOf(test, name),
                    Folds = folds?.Folds ?? 0,
                    StandardError = folds?.StandardError,
                    Margin = folds?.Margin,
                };
            }
        }
    }

    /// <summary>The difference by fold: both have run the same folds, because they follow from the seed of the study.</summary>
    private static FoldDifference? Folds(StudyView view, StoredResult best, DefaultScores defaults) => defaults.FoldRatio is { } ratio
        ? FoldDifference.Paired(
            defaults.Folds, [.. view.History.Trials.First(trial => view.NumberOf(trial) == best.Number).Reports.Values], ratio)
        : null;

    private static double? ScoreOf(IReadOnlyDictionary<string, double>? scores, string name) =>
        scores?.TryGetValue(name, out var score) == true && double.IsFinite(score) ? score : null;

    private static string WhyUnknown(StoredFunctions functions, StoredFinal? final) =>
        !functions.HasFolds && (!functions.HasFinalRun || final is { Test: null })
            ? "Nothing is known about how much of this result other data would leave: there is neither a test part nor a cross-validation."
            : "Nothing is known about how much of this result is left on other data: the best trial has not been compared with the "
                + "defaults. A search does that at its end, unless it is stopped or has compare_defaults: false.";
}

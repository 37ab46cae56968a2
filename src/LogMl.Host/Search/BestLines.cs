using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The first lines of the summary: the best trial, its parameters and constraints, and the Pareto front.</summary>
internal static class BestLines
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(StudyOutcome outcome) =>
    [
        Head(outcome),
        .. outcome.Best is null && outcome.LeastViolating is { } least
            ? (string[])[SearchSummary.Indent + Describe(outcome.Manifest.Goals, least)]
            : [],
        .. outcome.Shown is { } shown ? Details(outcome.Manifest, shown) : [],
        .. FrontLines(outcome).Select(line => SearchSummary.Indent + line),
    ];

    /// <summary>The sentence about the best trial, or about the one that violates the constraints least.</summary>
    public static string Head(StudyOutcome outcome)
    {
        var (manifest, goals) = (outcome.Manifest, outcome.Manifest.Goals);
        if (outcome.Best is not { } best)
        {
            return outcome.LeastViolating is { } least
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{manifest.Name}: no trial keeps the constraints; trial {least.Number} violates them least")
                : $"{manifest.Name}: no trial is complete";
        }

        var direction = goals.IsLossAlone || goals.AreSeveral ? "" : $" ({Word(goals.Objectives[0].Direction)})";
        var front = goals.AreSeveral ? $", of a front of {SearchSummary.Counted(outcome.Front.Count, "trial")}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{manifest.Name}: best {Describe(goals, best)}{direction} at trial {best.Number}{front}");
    }

    /// <summary>For each objective its best and its worst value in the front; and by which rule the trial above is the best.</summary>
    public static IEnumerable<string> FrontLines(StudyOutcome outcome)
    {
        var goals = outcome.Manifest.Goals;
        var ranges = FrontRange.Of(outcome.Front);
        foreach (var range in ranges)
        {
            var objective = goals.Objectives[range.Objective];
            yield return $"{objective.Name} ({Word(objective.Direction)}) in the front: "
                + $"{At(goals, range.Best, range.Objective)} to {At(goals, range.Worst, range.Objective)}";
        }

        if (ranges.Count > 0)
        {
            yield return "best is the trial that is nearest to the ideal, the best value of each objective";
        }
    }

    private static string Describe(Goals goals, FinishedTrial trial) =>
        goals.DescribeBriefly([.. goals.Names.Select(name => trial.Score(name) ?? double.NaN)]);

    /// <summary>The values of the objectives with their names.</summary>
    public static string Describe(Goals goals, StoredResult result) => goals.DescribeBriefly(goals.ValuesOf(result.Losses));

    private static IEnumerable<string> Details(Manifest manifest, FinishedTrial trial)
    {
        var parameters = WrappedLines.Of(manifest.TopParameters.SelectMany(parameter => parameter.ValuesIn(trial.Values))
            .Select(shown => $"{shown.Name} = {Value(shown.Parameter, shown.Value)}"));
        return manifest.Goals.Constraints.Count == 0
            ? parameters
            : parameters.Concat(WrappedLines.Of(manifest.Goals.Constraints.Select(constraint =>
                $"{constraint.Metric} {Kept(constraint, trial)} ({constraint.Bound})")));
    }

    /// <summary>The value of the metric of a constraint for people.</summary>
    public static string Kept(Constraint constraint, FinishedTrial trial) =>
        trial.Score(constraint.Metric) is { } score ? ShortNumber.Of(score) : "unknown";

    private static string At(Goals goals, StoredResult result, int objective) => string.Create(
        CultureInfo.InvariantCulture, $"{ShortNumber.Of(goals.ValuesOf(result.Losses)[objective])} at trial {result.Number}");

    private static string Word(Direction direction) => direction == Direction.Maximize ? "maximized" : "minimized";

    /// <summary>The value of a parameter for people.</summary>
    public static string Value(SpaceParameter parameter, double value) =>
        parameter.Options.Count > 0 || parameter.IsInteger ? parameter.Text(value) : ShortNumber.Of(value);
}

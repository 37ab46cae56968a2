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
    /// <param name="manifest">The manifest of the user's assembly.</param>
    /// <param name="study">The study.</param>
    /// <param name="trials">Its finished trials, when there are constraints.</param>
    public static IEnumerable<string> Of(Manifest manifest, StoredStudy study, IReadOnlyList<FinishedTrial> trials)
    {
        if (study.Best is { } best)
        {
            return [Head(manifest, study, best), .. Details(manifest, best, trials), .. FrontLines(manifest.Goals, study.Front)];
        }

        if (study.LeastViolating is { } least)
        {
            return
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{manifest.Name}: no trial keeps the constraints; trial {least.Number} violates them least"),
                SearchSummary.Indent + Describe(manifest.Goals, least),
                .. Details(manifest, least, trials),
            ];
        }

        return [$"{manifest.Name}: no trial is complete"];
    }

    /// <summary>The values of the objectives with their names.</summary>
    public static string Describe(Goals goals, StoredResult result) => goals.DescribeBriefly(goals.ValuesOf(result.Losses));

    private static string Head(Manifest manifest, StoredStudy study, StoredResult best)
    {
        var goals = manifest.Goals;
        var direction = goals.IsLossAlone || goals.AreSeveral ? "" : $" ({Word(goals.Objectives[0].Direction)})";
        var front = goals.AreSeveral ? $", of a front of {SearchSummary.Counted(study.Front.Count, "trial")}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{manifest.Name}: best {Describe(goals, best)}{direction} at trial {best.Number}{front}");
    }

    private static IEnumerable<string> Details(Manifest manifest, StoredResult result, IReadOnlyList<FinishedTrial> trials)
    {
        var parameters = WrappedLines.Of(manifest.TopParameters.SelectMany(parameter => parameter.ValuesIn(result.Values))
            .Select(shown => $"{shown.Name} = {Value(shown.Parameter, shown.Value)}"));
        var scores = trials.FirstOrDefault(trial => trial.Number == result.Number);
        return manifest.Goals.Constraints.Count == 0
            ? parameters
            : parameters.Concat(WrappedLines.Of(manifest.Goals.Constraints.Select(Kept)));

        string Kept(Constraint constraint) =>
            $"{constraint.Metric} {(scores?.Score(constraint.Metric) is { } score ? ShortNumber.Of(score) : "unknown")} ({constraint.Bound})";
    }

    /// <summary>For each objective its best and its worst value in the front; and by which rule the trial above is the best.</summary>
    private static IEnumerable<string> FrontLines(Goals goals, IReadOnlyList<StoredResult> front)
    {
        if (front.Count < 2)
        {
            yield break;
        }

        for (var k = 0; k < goals.Objectives.Count; k++)
        {
            var (best, worst) = (front.MinBy(result => result.Losses[k])!, front.MaxBy(result => result.Losses[k])!);
            yield return $"{SearchSummary.Indent}{goals.Objectives[k].Name} ({Word(goals.Objectives[k].Direction)}) in the front: "
                + $"{At(goals, best, k)} to {At(goals, worst, k)}";
        }

        yield return $"{SearchSummary.Indent}best is the trial that is nearest to the ideal, the best value of each objective";
    }

    private static string At(Goals goals, StoredResult result, int objective) => string.Create(
        CultureInfo.InvariantCulture, $"{ShortNumber.Of(goals.ValuesOf(result.Losses)[objective])} at trial {result.Number}");

    private static string Word(Direction direction) => direction == Direction.Maximize ? "maximized" : "minimized";

    /// <summary>The value of a parameter for people.</summary>
    public static string Value(SpaceParameter parameter, double value) =>
        parameter.Options.Count > 0 || parameter.IsInteger ? parameter.Text(value) : ShortNumber.Of(value);
}

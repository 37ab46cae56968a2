using System.Globalization;
using System.Text;
using LogMl.Host.Gating;
using LogMl.Host.Results;
using LogMl.Report;
using LogMl.Shared;

namespace LogMl.Host.Search;

/// <summary>Writes summary.md: what a search has found, for people who read a log of a build server or a pull request.</summary>
internal static class SummaryMarkdown
{
    private const int MostFailures = 5;
    private const int LongestFailure = 300;

    /// <summary>The text of the file.</summary>
    /// <param name="outcome">What was found.</param>
    /// <param name="head">The sentence about the best trial, as the summary on the console has it.</param>
    public static string Write(StudyOutcome outcome, string head)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"## {MarkdownText.Of(head)}\n");
        WriteGate(text, outcome.Gate);
        WriteParameters(text, outcome);
        WriteScores(text, outcome);
        WriteTrials(text, outcome);
        WriteFailures(text, outcome);
        return text.ToString();
    }

    private static void WriteGate(StringBuilder text, GateOutcome? gate)
    {
        if (gate is not null)
        {
            var word = gate.State == GateState.Unchecked ? "not looked at" : gate.Word;
            text.Append(CultureInfo.InvariantCulture, $"\n**Gate {word}.** ");
            text.AppendJoin(' ', GateText.Sentences(gate).Select(MarkdownText.Of)).Append('\n');
        }
    }

    private static void WriteParameters(StringBuilder text, StudyOutcome outcome)
    {
        if (outcome.Best is not { } best)
        {
            return;
        }

        var goals = outcome.Manifest.Goals;
        var heads =
            outcome.Importances.Select(one => goals.AreSeveral ? $"importance for {goals.Names[one.Objective]}" : "importance");
        Row(text, ["parameter", "value", .. heads], isHead: true);
        foreach (var (name, parameter, value) in outcome.Manifest.TopParameters.SelectMany(parameter => parameter.ValuesIn(best.Values)))
        {
            Row(text, [name, BestLines.Value(parameter, value), .. outcome.Importances.Select(one => ShareOf(one, parameter.Name))]);
        }

        if (outcome.Importances is [{ } first, ..])
        {
            text.Append("\nThe importance is the share in the variance, by fANOVA").Append(ImportanceLines.Estimate(first)).Append(".\n");
        }
    }

    private static string ShareOf(ObjectiveImportance importance, string parameter) =>
        importance.Fanova.Where(share => share.Key == parameter).Select(share => ImportanceLines.Percent(share.Value)).FirstOrDefault("");

    private static void WriteScores(StringBuilder text, StudyOutcome outcome)
    {
        if (outcome.Best is not { } best || best.Scores.Count == 0)
        {
            return;
        }

        var test = outcome.Test ?? new Dictionary<string, double>();
        Row(text, ["score", "validation", .. test.Count > 0 ? (string[])["test"] : []], isHead: true);
        foreach (var name in best.Scores.Keys.Union(test.Keys))
        {
            Row(text, [name, Figure(best.Scores, name), .. test.Count > 0 ? (string[])[Figure(test, name)] : []]);
        }
    }

    private static void WriteTrials(StringBuilder text, StudyOutcome outcome)
    {
        var counts = outcome.Counts;
        string[] states =
        [
            .. from state in ((string Word, int Count)[])
               [
                   ("complete", counts.Complete), ("infeasible", counts.Infeasible), ("pruned", counts.Pruned), ("failed", counts.Failed),
                   ("of another space", counts.LeftOut),
               ]
               where state.Count > 0
               select string.Create(CultureInfo.InvariantCulture, $"{state.Count} {state.Word}"),
        ];
        text.Append('\n').Append(SearchSummary.Counted(counts.Finished, "trial"));
        text.Append(states.Length > 0 ? ": " : "").AppendJoin(", ", states);
        text.Append(". ").Append(outcome.End is { } end ? MarkdownText.Of(end) : "").Append('\n');
        if (outcome.BestDifference is { } difference)
        {
            text.Append("\nThe best trial was computed from other inputs than today's: ").Append(MarkdownText.Of(difference)).Append(".\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nStudy {MarkdownText.Of(outcome.Study)}, {outcome.Algorithm}, seed {outcome.Seed}.\n");
    }

    private static void WriteFailures(StringBuilder text, StudyOutcome outcome)
    {
        if (outcome.Failures.Count > 0)
        {
            text.Append('\n');
        }

        foreach (var group in outcome.Failures.Take(MostFailures))
        {
            var reason = MarkdownText.Of(BoundedText.Cut(group.First.Failure.Summary, LongestFailure));
            text.Append(CultureInfo.InvariantCulture, $"- {group.Count} failed, the first was trial {group.First.Number}: {reason}\n");
        }

        if (outcome.Failures.Count > MostFailures)
        {
            text.Append("- and ").Append(SearchSummary.Counted(outcome.Failures.Count - MostFailures, "other reason")).Append('\n');
        }
    }

    private static void Row(StringBuilder text, string[] cells, bool isHead = false)
    {
        text.Append(isHead ? "\n" : "").Append("| ").AppendJoin(" | ", cells.Select(MarkdownText.Of)).Append(" |\n");
        if (isHead)
        {
            text.Append('|').Insert(text.Length, "---|", cells.Length).Append('\n');
        }
    }

    private static string Figure(IReadOnlyDictionary<string, double> scores, string name) =>
        scores.TryGetValue(name, out var value) ? ShortNumber.Of(value) : "";
}

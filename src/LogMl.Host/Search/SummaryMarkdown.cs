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
    public static string Write(StudyOutcome outcome)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"## {MarkdownText.Of(BestLines.Head(outcome))}\n");
        WriteGate(text, outcome.Gate);
        WriteParameters(text, outcome);
        WriteScores(text, outcome);
        WriteConstraints(text, outcome);
        WriteSentences(text, outcome);
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

    /// <summary>The parameters of the trial, and those of other branches, which matter all the same.</summary>
    private static void WriteParameters(StringBuilder text, StudyOutcome outcome)
    {
        var goals = outcome.Manifest.Goals;
        var shown = outcome.Shown is { } trial
            ? outcome.Manifest.TopParameters.SelectMany(parameter => parameter.ValuesIn(trial.Values)).ToArray()
            : [];
        var names = shown.Select(parameter => parameter.Parameter.Name).ToHashSet(StringComparer.Ordinal);
        string[] others =
        [
            .. outcome.Importances.SelectMany(one => one.Fanova.Select(share => share.Key)).Where(name => !names.Contains(name)).Distinct(),
        ];
        if (shown.Length + others.Length == 0)
        {
            return;
        }

        var heads =
            outcome.Importances.Select(one => goals.AreSeveral ? $"importance for {goals.Names[one.Objective]}" : "importance");
        Row(text, ["parameter", "value", .. heads], isHead: true);
        foreach (var (name, parameter, value) in shown)
        {
            Row(text, [name, BestLines.Value(parameter, value), .. outcome.Importances.Select(one => ShareOf(one, parameter.Name))]);
        }

        foreach (var name in others)
        {
            Row(text, [name, "", .. outcome.Importances.Select(one => ShareOf(one, name))]);
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
        if (outcome.Shown is not { } shown || shown.Scores.Count == 0)
        {
            return;
        }

        var test = outcome.Test ?? new Dictionary<string, double>();
        Row(text, ["score", "validation", .. test.Count > 0 ? (string[])["test"] : []], isHead: true);
        foreach (var name in shown.Scores.Keys.Union(test.Keys))
        {
            Row(text, [name, Figure(shown.Scores, name), .. test.Count > 0 ? (string[])[Figure(test, name)] : []]);
        }
    }

    private static void WriteConstraints(StringBuilder text, StudyOutcome outcome)
    {
        if (outcome.Shown is { } shown && outcome.Manifest.Goals.Constraints is { Count: > 0 } constraints)
        {
            Row(text, ["constraint", "bound", "value"], isHead: true);
            foreach (var constraint in constraints)
            {
                Row(text, [constraint.Metric, constraint.Bound.ToString(), BestLines.Kept(constraint, shown)]);
            }
        }
    }

    /// <summary>What the lines of the console say in words.</summary>
    private static void WriteSentences(StringBuilder text, StudyOutcome outcome)
    {
        string[] sentences =
        [
            .. outcome.BestRemark is { } remark ? (string[])[$"the best trial was {remark}"] : [],
            .. outcome.Outdated is { } outdated ? (string[])[outdated] : [],
            .. BestLines.FrontLines(outcome), .. SearchSummary.GainLines(outcome),
            .. outcome.Gain?.Unknown is { } unknown ? (string[])[unknown.TrimEnd('.')] : [],
            .. Sparkline.Of(outcome.Manifest.Goals, outcome.Trials) is { } chart ? (string[])[chart] : [],
            .. outcome.Remarks,
        ];
        text.Append(sentences.Length > 0 ? "\n" : "");
        foreach (var sentence in sentences)
        {
            text.Append("- ").Append(MarkdownText.Of(PointText.Sentence(sentence))).Append(".\n");
        }
    }

    private static void WriteTrials(StringBuilder text, StudyOutcome outcome)
    {
        var counts = outcome.Counts;
        text.Append('\n').Append(SearchSummary.Counted(counts.Finished, "trial"));
        text.Append(counts.Words.Count > 0 ? ": " : "").AppendJoin(", ", counts.Words);
        text.Append(". ").Append(outcome.End is { } end ? MarkdownText.Of(end) + " " : "");
        var here = $"This call has run {counts.Ended.Here} of them in {SearchSummary.Duration(outcome.Elapsed)}";
        text.Append(CultureInfo.InvariantCulture, $"{here}; max\\_evals is {outcome.MaxEvals}.\n");
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

using System.Text.Json;
using LogMl.Host.Gating;
using LogMl.Host.Results;
using LogMl.Host.Search;
using LogMl.Report;
using LogMl.Shared.Wire;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>
/// One record says what a search has found, and the console, summary.md and result.json each say all of it. A field of the record without
/// a row here fails the test, and so does a writer that leaves one out.
/// </summary>
public sealed class OutcomeWriterTests
{
    /// <summary>Said when the search begins, or with the files that it has written, and not by the lines of its end.</summary>
    private const string NotHere = "";

    [Fact]
    public void The_console_the_Markdown_and_the_JSON_say_every_field_of_what_was_found()
    {
        AssertAll(Outcome(), new()
        {
            [nameof(StudyOutcome.Manifest)] = ("Scripted: best", "Scripted: best", "\"project\": \"Scripted\""),
            [nameof(StudyOutcome.Study)] = (NotHere, "Study a_study", "\"study\": \"a_study\""),
            [nameof(StudyOutcome.Workflow)] = (NotHere, NotHere, "\"workflow\": \"forest\""),
            [nameof(StudyOutcome.Algorithm)] = (NotHere, "anneal", "\"algorithm\": \"anneal\""),
            [nameof(StudyOutcome.Seed)] = (NotHere, "seed 4711", "\"seed\": 4711"),
            [nameof(StudyOutcome.MaxEvals)] = (NotHere, "max_evals is 77", "\"max_evals\": 77"),
            [nameof(StudyOutcome.End)] = ("then the time was over", "The time was over.", "\"end\": \"The time was over.\""),
            [nameof(StudyOutcome.Early)] = (", then the time was over", "The time was over.", "\"ended_early\": true"),
            [nameof(StudyOutcome.Counts)] = ("11 infeasible", "11 infeasible", "\"infeasible\": 11"),
            [nameof(StudyOutcome.Repeating)] = ("of 53 trials", NotHere, "\"repeating\": 2"),
            [nameof(StudyOutcome.Trials)] = ("at trial 5", "at trial 5", "\"begun\": \"2026-01-02"),
            [nameof(StudyOutcome.Failures)] = (
                "8 failed: model_train: X: broken", "8 failed, the first was trial 6: model_train: X: broken",
                "\"reason\": \"X: broken\""),
            [nameof(StudyOutcome.Elapsed)] = ("in 12.5 s", "in 12.5 s", "\"seconds\": 12.5"),
            [nameof(StudyOutcome.Best)] = ("best loss 0.25 at trial 5", "best loss 0.25 at trial 5", "\"loss\": 0.25"),
            [nameof(StudyOutcome.Shown)] = ("model_train.x = 1.5", "| model_train.x | 1.5 |", "\"value\": 1.5"),
            [nameof(StudyOutcome.BestInputs)] = (NotHere, NotHere, "\"inputs\": \"inputs-of-best\""),
            [nameof(StudyOutcome.BestDifference)] = ("Steps.cs changed", "Steps.cs changed", "\"changed_since\": \"Steps.cs changed\""),
            [nameof(StudyOutcome.BestRemark)] = ("this trial was old: Steps", "The best trial was old: Steps", "\"remark\": \"old: Steps"),
            [nameof(StudyOutcome.Outdated)] = ("three trials are old", "Three trials are old", "\"outdated\": \"three trials are old\""),
            [nameof(StudyOutcome.Inputs)] = (NotHere, NotHere, "\"inputs\": \"inputs-of-today\""),
            [nameof(StudyOutcome.Test)] = ("test: loss 0.375", "| loss | 0.25 | 0.375 |", "\"loss\": 0.375"),
            [nameof(StudyOutcome.Gain)] = ("gain over the defaults: 0.5 on", "Gain over the defaults: 0.5 on", "\"left\": 0.5"),
            [nameof(StudyOutcome.Importances)] = (
                "model_train.x 62 %", "| dataset_create.hidden |  | 3 % |",
                "\"dataset_create.hidden\": 0.03"),
            [nameof(StudyOutcome.Remarks)] = ("workers waited for it", "Workers waited for it", "\"workers waited for it\""),
            [nameof(StudyOutcome.HasReport)] = (NotHere, NotHere, "\"report\": \"report.html\""),
            [nameof(StudyOutcome.LeastViolating)] = (NotHere, NotHere, "\"least_violating\": null"),
            [nameof(StudyOutcome.Gate)] = (
                "gate not looked at: the search was stopped", "**Gate not looked at.** The search was stopped.",
                "\"reason\": \"the search was stopped\""),
            [nameof(StudyOutcome.Front)] = (NotHere, NotHere, "\"front\": []"),
        });
        AssertAll(Outcome().Counts, new()
        {
            [nameof(OutcomeCounts.Finished)] = ("of 53 trials", "51 trials: ", "\"finished\": 51"),
            [nameof(OutcomeCounts.Complete)] = (NotHere, "10 complete", "\"complete\": 10"),
            [nameof(OutcomeCounts.Infeasible)] = ("11 infeasible", "11 infeasible", "\"infeasible\": 11"),
            [nameof(OutcomeCounts.Pruned)] = ("13 pruned", "13 pruned", "\"pruned\": 13"),
            [nameof(OutcomeCounts.Failed)] = ("8 failed", "8 failed", "\"failed\": 8"),
            [nameof(OutcomeCounts.Uncounted)] = ("9 uncounted", "9 uncounted", "\"uncounted\": 9"),
            [nameof(OutcomeCounts.Waiting)] = (NotHere, NotHere, "\"waiting\": 6"),
            [nameof(OutcomeCounts.Ended)] = ("20 of 53", "This call has run 20", "\"of_this_call\": 20"),
            [nameof(OutcomeCounts.Words)] = (NotHere, "10 complete, 11 infeasible, 13 pruned, 8 failed, 9 uncounted", NotHere),
            [nameof(OutcomeCounts.OtherWords)] = ("11 infeasible, 13 pruned, 8 failed, 9 uncounted", NotHere, NotHere),
        });
    }

    [Fact]
    public void Without_a_feasible_trial_they_all_say_which_one_violates_the_constraints_least_and_by_how_much()
    {
        var outcome = Outcome();
        outcome = outcome with { Best = null, LeastViolating = outcome.Best, Test = null, Gain = null };
        var (console, markdown, json) = Written(outcome);
        Assert.Contains("no trial keeps the constraints; trial 5 violates them least", console, StringComparison.Ordinal);
        Assert.Contains("size 7 (<= 3)", console, StringComparison.Ordinal);
        Assert.Contains("| size | <= 3 | 7 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| model_train.x | 1.5 |", markdown, StringComparison.Ordinal);
        var least = JsonElement.Parse(json).GetProperty("least_violating");
        Assert.Equal(7, least.GetProperty("validate").GetProperty("size").GetInt32());
    }

    private static void AssertAll<T>(T part, Dictionary<string, (string Console, string Markdown, string Json)> said)
    {
        Assert.Equal(
            typeof(T).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal),
            said.Keys.Order(StringComparer.Ordinal));
        var (console, markdown, json) = Written(Outcome());
        Assert.NotNull(part);
        Assert.All(said, field =>
        {
            Assert.Contains(field.Value.Console, console, StringComparison.Ordinal);
            Assert.Contains(field.Value.Markdown, markdown, StringComparison.Ordinal);
            Assert.Contains(field.Value.Json, json, StringComparison.Ordinal);
        });
    }

    private static (string Console, string Markdown, string Json) Written(StudyOutcome outcome)
    {
        using var folder = new TempDirectory("outcome");
        using var study = StudyFolder.Of(folder.Path, outcome.Study);
        var lines = SearchSummary.Lines(outcome).Concat(SearchSummary.Failures(outcome.Failures, _ => null));
        var markdown = SummaryMarkdown.Write(outcome).Replace("\\", "", StringComparison.Ordinal);
        return (string.Join('\n', lines), markdown, ResultJson.Write(outcome, study));
    }

    private static StudyOutcome Outcome()
    {
        var manifest = ResultJsonTests.Manifest("""{ "constraints": { "size": "<= 3" } }""");
        var best = new FinishedTrial
        {
            Number = 5,
            End = TrialEnd.Complete,
            Values = new Dictionary<string, double> { ["dataset_create.rows"] = 2, ["model_train.x"] = 1.5, ["model_train.kind"] = 0 },
            Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Elapsed = TimeSpan.FromSeconds(2),
        }.WithScores([new("loss", 0.25), new("size", 7)], isFeasible: true);
        var failure = new FailedTrial(6, best.Ended, new TrialFailure("model_train", "X", "broken", ""));
        return new StudyOutcome
        {
            Manifest = Manifests.Manifest.Read(JsonElement.Parse(manifest[(manifest.IndexOf('=', StringComparison.Ordinal) + 1)..])),
            Study = "a_study",
            Workflow = "forest",
            Algorithm = "anneal",
            Seed = 4711,
            MaxEvals = 77,
            End = "The time was over.",
            Early = "the time was over",
            Counts = new OutcomeCounts(51, 10, 11, 13, 8, 9, 6) { Ended = new EndedTrials(20, 3, 4, 2, 1) },
            Repeating = 2,
            Trials = [best],
            Failures = [new FailureGroup(failure, 8)],
            Elapsed = TimeSpan.FromSeconds(12.5),
            Best = best,
            LeastViolating = null,
            BestInputs = "inputs-of-best",
            BestDifference = "Steps.cs changed",
            BestRemark = "old: Steps.cs changed",
            Outdated = "three trials are old",
            Front = [],
            Inputs = "inputs-of-today",
            Test = new Dictionary<string, double> { ["loss"] = 0.375 },
            Gain = new StudyGain
            {
                Objectives =
                [
                    new ObjectiveGain
                    {
                        Name = "loss",
                        Maximize = false,
                        DefaultsValidation = 0.75,
                        BestValidation = 0.25,
                        DefaultsTest = 0.625,
                        BestTest = 0.375,
                    },
                ],
            },
            Importances =
            [
                new ObjectiveImportance
                {
                    Objective = 0,
                    Fanova = [new("model_train.x", 0.62), new("dataset_create.hidden", 0.03)],
                    PedAnova = [new("model_train.x", 1), new("dataset_create.hidden", 0)],
                    Trials = 9,
                    CompleteTrials = 10,
                },
            ],
            Remarks = ["workers waited for it"],
            Gate = Gate.NotLookedAt("the search was stopped"),
            HasReport = true,
        };
    }
}

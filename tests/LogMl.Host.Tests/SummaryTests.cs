using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.Shared.Wire;

namespace LogMl.Host.Tests;

/// <summary>What a search says at its end: on the console, in summary.md, and in the summary of a job.</summary>
public sealed class SummaryTests
{
    [Fact]
    public void The_summary_has_the_most_important_parameters_and_the_course_of_the_best_value()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "", ["--max-evals", "20"]);

        var line = Assert.Single(Summary(host), line => line.StartsWith("     important: ", StringComparison.Ordinal));
        Assert.Matches(@"^     important: model_train\.x \d+ %(, (model_train\.kind|dataset_create\.rows) \d+ %)*$", line);
        Assert.Matches("^     best so far █[▁-█]*▁ [0-9.]+ to [0-9.]+$", Assert.Single(host.Events("chart"))[0]);
    }

    [Fact]
    public void A_summary_in_Markdown_is_beside_best_yaml_and_added_to_that_of_the_job()
    {
        using var folder = new SearchFolder();
        var job = Path.Combine(folder.Root, "job.md");
        File.WriteAllText(job, "what was there\n");
        using (folder.Run(0, "3:throw,score=a_b|c=1", ["--max-evals", "8"], [$"GITHUB_STEP_SUMMARY={job}"]))
        {
            var text = File.ReadAllText(Path.Combine(folder.Output, folder.Study, "summary.md"));
            Assert.StartsWith("## Scripted\\: best loss ", text, StringComparison.Ordinal);
            Assert.Contains("| model\\_train.x | ", text, StringComparison.Ordinal);
            Assert.Contains("| a\\_b\\|c | 1 |", text, StringComparison.Ordinal);
            Assert.Contains(
                "\n8 trials: 7 complete, 1 failed. The 8 trials of max\\_evals were run. This call has run 8 of them in ", text,
                StringComparison.Ordinal);
            Assert.Contains(
                "- 1 failed, the first was trial 3: model\\_train\\: System.InvalidOperationException\\: The data are broken.", text,
                StringComparison.Ordinal);
            Assert.Equal("what was there\n" + text + "\n", File.ReadAllText(job));
        }

        using var host = folder.Run(0, "", ["--max-evals", "8"], [$"GITHUB_STEP_SUMMARY={folder.Output}"]);
        Assert.Equal("LOGML2064", Assert.Single(host.Events("warning"))[0]);
    }

    [Fact]
    public void Several_objectives_and_a_search_without_a_feasible_trial_are_summarized_as_they_are()
    {
        using var several = new SearchFolder();
        using (var host = several.Run(0, "score=x=x", ["--max-evals", "15"], [ResultJsonTests.Manifest("""
            { "objectives": { "x": "maximize", "loss": "minimize" } }
            """)]))
        {
            var lines = Summary(host);
            Assert.Contains(lines, line => line.StartsWith("     important for x: model_train.x ", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.StartsWith("     important for loss: ", StringComparison.Ordinal));
            Assert.Contains("| parameter | value | importance for x | importance for loss |", Markdown(several), StringComparison.Ordinal);
        }

        using var infeasible = new SearchFolder();
        using var nothing = infeasible.Run(0, "", ["--max-evals", "5"],
            [ResultJsonTests.Manifest("""{ "constraints": { "loss": "<= -1" } }""")]);
        Assert.Empty(nothing.Events("chart"));
        Assert.StartsWith("## Scripted\\: no trial keeps the constraints; trial ", Markdown(infeasible), StringComparison.Ordinal);
        Assert.Contains("| model\\_train.x | ", Markdown(infeasible), StringComparison.Ordinal);
        Assert.Matches(@"\| constraint \| bound \| value \|\n\|---\|---\|---\|\n\| loss \| \\<= -1 \| [0-9.]+ \|\n", Markdown(infeasible));
        Assert.Contains("\n5 trials: 5 infeasible. ", Markdown(infeasible), StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_of_blocks_has_the_best_value_after_each_trial_or_after_some_of_many()
    {
        Assert.Equal("best so far █▄▄▁▁ 8 to 1", Of("minimize", "loss", 8, 4, 5, 1, 2));
        Assert.Equal("best accuracy so far ▁▁▅█ 0.5 to 1", Of("maximize", "accuracy", 0.5, 0.25, 0.75, 1));
        Assert.Null(Of("minimize", "loss", 1, 2, 3));
        Assert.Null(Of("minimize", "loss"));
        Assert.Equal(
            "best so far ███▇▇", Of("minimize", "loss", [.. Enumerable.Range(0, 1000).Select(n => 2000.0 - n)])![..17]);
        Assert.Equal(
            "best so far ".Length + 40 + " 2000 to 1001".Length,
            Of("minimize", "loss", [.. Enumerable.Range(0, 1000).Select(n => 2000.0 - n)])!.Length);

        static string? Of(string direction, string name, params double[] values) => Sparkline.Of(
            Goals.Of(JsonElement.Parse($$"""{ "{{name}}": "{{direction}}" }"""), null),
            [
                .. values.Select((value, n) => new FinishedTrial
                {
                    Number = n,
                    End = TrialEnd.Complete,
                    Values = new Dictionary<string, double>(),
                    Started = DateTimeOffset.UnixEpoch,
                    Elapsed = TimeSpan.Zero,
                }.WithScores([KeyValuePair.Create(name, value)], isFeasible: true)),
            ]);
    }

    [Theory]
    [InlineData("a_b*c`d", "a\\_b\\*c\\`d")]
    [InlineData("<img src=x onerror=y>|", "\\<img src=x onerror=y\\>\\|")]
    [InlineData("[click](http://evil.example) www.evil.example", "\\[click\\](http\\://evil.example) www\\.evil.example")]
    [InlineData("line\n# head\u202e", "line\\\\n\\# head\\\\u202e")]
    [InlineData("$x$ :heart: &lt; ~~no~~ ![]", "\\$x\\$ \\:heart\\: \\&lt; \\~\\~no\\~\\~ \\!\\[\\]")]
    public void Text_in_Markdown_is_shown_as_it_is(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Of(text));

    private static string[] Summary(HostProcess host) => [.. host.Events("summary").Select(fields => fields[0])];

    private static string Markdown(SearchFolder folder) =>
        File.ReadAllText(Path.Combine(folder.Output, folder.Study, "summary.md"));
}

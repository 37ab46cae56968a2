using System.Globalization;
using System.Text.Json;
using Json.Schema;
using LogMl.Host.Tests.Kit;
using LogMl.Report.Tests.Kit;
using LogMl.TestKit;
using static System.StringComparison;

namespace LogMl.Host.Tests;

/// <summary>result.json and the event by which the build gets what it says.</summary>
public sealed class ResultJsonTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "result.schema.json")));

    [Fact]
    public void A_search_says_what_it_has_found_in_a_file_for_programs()
    {
        using var folder = new SearchFolder { HasReport = true };
        using var host = folder.Run(
            0, "score=odd=NaN,score=high=Infinity,2:throw,5:throw", ["--max-evals", "12"],
            [Manifest("{}", finalRun: true)]);
        var result = Read(folder);

        var row = folder.Rows().Where(row => row["state"] == "complete").MinBy(row =>
            double.Parse(row["loss"], CultureInfo.InvariantCulture))!;
        var best = result.GetProperty("best");
        Assert.Equal(row["number"], best.GetProperty("trial").GetRawText());
        Assert.Equal(row["loss"], best.GetProperty("objectives").GetProperty("loss").GetRawText());
        Assert.Equal("NaN", best.GetProperty("validate").GetProperty("odd").GetString());
        Assert.Equal("Infinity", best.GetProperty("validate").GetProperty("high").GetString());
        Assert.Equal(
            best.GetProperty("objectives").GetProperty("loss").GetDouble() + 0.5,
            best.GetProperty("test").GetProperty("loss").GetDouble(), 9);
        Assert.Equal(result.GetProperty("inputs").GetString(), best.GetProperty("inputs").GetString());

        var parameters = best.GetProperty("parameters");
        Assert.Equal(
            [
                ("dataset_create.rows", true, "integer", row["dataset_create.rows"]),
                ("model_train.x", true, "number", row["model_train.x"]),
                ("model_train.kind", true, "string", row["model_train.kind"]), ("model_train.epochs", false, "integer", "3"),
            ],
            parameters.EnumerateObject().Select(parameter => (
                parameter.Name, parameter.Value.GetProperty("searched").GetBoolean(), parameter.Value.GetProperty("type").GetString()!,
                parameter.Value.GetProperty("value").ToString())));

        var trials = result.GetProperty("trials");
        Assert.Equal([12, 10, 2, 0], Numbers(trials, "finished", "complete", "failed", "pruned"));
        var failure = Assert.Single(result.GetProperty("failures").EnumerateArray());
        Assert.Equal([2, 2], Numbers(failure, "trials", "first"));
        Assert.Equal("model_train", failure.GetProperty("step").GetString());
        Assert.Equal("The 12 trials of max_evals were run.", result.GetProperty("end").GetString());

        // The schema says something: it refuses a file with less in it, or more.
        var text = File.ReadAllText(Json(folder));
        foreach (var broken in new[]
        {
            text.Replace("\"study\":", "\"name\":", Ordinal), text.Replace("\"format\": 1", "\"format\": 2", Ordinal),
        })
        {
            using var document = JsonDocument.Parse(broken);
            Assert.False(Schema.Evaluate(document.RootElement).IsValid);
        }

        // One importance: in the file and in the report.
        var report = PageData.Of(File.ReadAllText(folder.Report));
        var shares = result.GetProperty("importance")[0].GetProperty("fanova");
        Assert.Equal(
            report.GetProperty("parameters").EnumerateArray().Select(parameter =>
                shares.GetProperty(parameter.GetProperty("name").GetString()!).GetDouble()),
            report.GetProperty("importances")[0].GetProperty("fanova").EnumerateArray().Select(share => share.GetDouble()));

        var told = Assert.Single(host.Events("result"));
        Assert.Equal(
            [
                Json(folder), row["number"], row["loss"], best.GetProperty("test").GetProperty("loss").GetRawText(), folder.BestYaml,
                folder.Report, "",
            ],
            told);
    }

    [Fact]
    public void Several_objectives_and_a_search_without_a_feasible_trial_are_told_as_they_are()
    {
        using var several = new SearchFolder();
        using (several.Run(0, "score=x=x", ["--max-evals", "15"], [Manifest("""
            { "objectives": { "x": "maximize", "loss": "minimize" }, "constraints": { "x": ">= -4" } }
            """)]))
        {
            var result = Read(several);
            Assert.Equal(
                ["x maximize", "loss minimize"],
                result.GetProperty("objectives").EnumerateArray().Select(objective =>
                    $"{objective.GetProperty("name").GetString()} {objective.GetProperty("direction").GetString()}"));
            Assert.Equal(">= -4", result.GetProperty("constraints")[0].GetProperty("bound").GetString());
            Assert.Equal(2, result.GetProperty("best").GetProperty("objectives").EnumerateObject().Count());
            Assert.Equal(2, result.GetProperty("importance").GetArrayLength());
            Assert.Contains(
                result.GetProperty("best").GetProperty("trial").GetInt32(),
                result.GetProperty("front").EnumerateArray().Select(number => number.GetInt32()));
        }

        using var infeasible = new SearchFolder();
        using var host = infeasible.Run(0, "", ["--max-evals", "3"], [Manifest("""{ "constraints": { "loss": "<= -1" } }""")]);
        var nothing = Read(infeasible);
        Assert.Equal(JsonValueKind.Null, nothing.GetProperty("best").ValueKind);
        Assert.Equal([3, 0, 3], Numbers(nothing.GetProperty("trials"), "finished", "complete", "infeasible"));
        Assert.True(nothing.GetProperty("least_violating").GetProperty("parameters").TryGetProperty("model_train.x", out _));
        Assert.Equal(JsonValueKind.Null, nothing.GetProperty("files").GetProperty("best").ValueKind);
        Assert.Equal([Json(infeasible), "", "", "", "", "", ""], Assert.Single(host.Events("result")));
    }

    [Fact]
    public void A_call_that_runs_nothing_says_what_was_found_and_a_failed_search_leaves_its_file()
    {
        using var folder = new SearchFolder();
        folder.Run(0, "", ["--max-evals", "3"]).Dispose();
        using (var again = folder.Run(0, "", ["--max-evals", "3"]))
        {
            var result = Read(folder);
            Assert.Equal("The 3 trials of max_evals were run.", result.GetProperty("end").GetString());
            Assert.Equal([3, 0], Numbers(result.GetProperty("trials"), "finished", "of_this_call"));
            Assert.Single(again.Events("result"));
        }

        using var failing = new SearchFolder();
        using var failed = failing.Run(1, "throw", ["--max-evals", "2"]);
        Assert.Equal(2, Read(failing).GetProperty("trials").GetProperty("failed").GetInt32());
        Assert.Empty(failed.Events("result"));
    }

    [Fact]
    public void The_parameters_of_a_branch_are_those_of_the_chosen_one()
    {
        using var folder = new SearchFolder();
        folder.Run(0, "", ["--max-evals", "6"], BranchTests.Environment).Dispose();
        var parameters = Read(folder).GetProperty("best").GetProperty("parameters");

        // What stands below the choice is of its chosen branch. Only the branch svm of the defaults has a value that is not searched.
        var chosen = parameters.GetProperty("model_create.classifier").GetProperty("value").GetString()!;
        var below = parameters.EnumerateObject().Where(parameter =>
            parameter.Name.StartsWith("model_create.classifier.", StringComparison.Ordinal)).ToArray();
        Assert.All(below, parameter => Assert.StartsWith($"model_create.classifier.{chosen}.", parameter.Name, StringComparison.Ordinal));
        Assert.Equal(
            chosen == "svm" ? ["model_create.classifier.svm.cache"] : [],
            below.Where(parameter => !parameter.Value.GetProperty("searched").GetBoolean()).Select(parameter => parameter.Name));
    }

    internal static string Manifest(string optimization, bool finalRun = false)
    {
        using var document = JsonDocument.Parse(optimization);
        var more = string.Concat(document.RootElement.EnumerateObject()
            .Select(entry => $", \"{entry.Name}\": {entry.Value.GetRawText()}"));
        return TestWorkflow.ManifestVariable + "=" + $$"""
            { "format": 2, "version": "0.1.0", "name": "Scripted",
              "optimization": { "enable": true, "algorithm": "random", "max_evals": 10, "random_seed": 7, "show_progressbar": true{{more}} },
              "space": { "params": [
                { "name": "dataset_create.rows", "dist": "uniformint", "args": [1, 3] },
                { "name": "model_train.x", "dist": "uniform", "args": [-5, 5] },
                { "name": "model_train.kind", "dist": "choice", "options": ["plain", "with, comma"] } ] },
              "integers": ["dataset_create.rows"],
              "defaults": { "dataset_create": { "rows": 2 }, "model_train": { "x": 0.5, "kind": "plain", "epochs": 3 } },
              "final_run": {{(finalRun ? "true" : "false")}} }
            """;
    }

    private static string Json(SearchFolder folder) => Path.Combine(folder.Output, folder.Study, "result.json");

    /// <summary>The file, which has the form that its schema says.</summary>
    internal static JsonElement Read(SearchFolder folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Json(folder)));
        var result = document.RootElement.Clone();
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
        var evaluation = Schema.Evaluate(result, options);
        Assert.True(evaluation.IsValid, JsonSerializer.Serialize(evaluation) + result.GetRawText());
        return result;
    }

    private static int[] Numbers(JsonElement json, params string[] names) => [.. names.Select(name => json.GetProperty(name).GetInt32())];
}

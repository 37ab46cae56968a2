using System.Text.Json;
using LogMl.Host.Gating;
using LogMl.Host.Manifests;
using LogMl.Host.Tests.Kit;
using LogMl.Shared.Requests;
using LogMl.TestKit;
using static System.StringComparison;

namespace LogMl.Host.Tests;

/// <summary>A search whose result is above a limit, or worse than a baseline, fails, with the real host and real workers.</summary>
public sealed class GateTests
{
    private const string Folds = "0.2;0.3;0.25;0.35";

    [Fact]
    public void A_loss_above_the_limit_fails_the_search_after_everything_is_written_also_when_nothing_is_run()
    {
        using var folder = new SearchFolder();
        using (var passed = folder.Run(0, "loss=0.5", ["--max-evals", "3", "--max-loss", "0.5"]))
        {
            Assert.Contains("     gate passed: loss 0.5 <= 0.5", Summary(passed));
            Assert.Equal("passed", Assert.Single(passed.Events("result"))[^1]);
            Assert.Contains(
                "\n**Gate passed.** The loss is 0.5 (trial 0), and HyperOptMaxLoss allows at most 0.5.\n", Markdown(folder), Ordinal);
        }

        foreach (var (evaluations, hasRun) in (ReadOnlySpan<(string, bool)>)[("3", false), ("4", true)])
        {
            using var failed = folder.Run(1, "loss=0.6", ["--max-evals", evaluations, "--max-loss", "0.4999999"]);
            AssertError(
                failed, "LOGML2090",
                "The loss is 0.5 (trial 0), and HyperOptMaxLoss allows at most 0.4999999. Find what has made it worse, search longer, or "
                + "raise HyperOptMaxLoss.");
            Assert.Contains("     gate failed: loss 0.5 > 0.4999999", Summary(failed));
            Assert.Equal("failed", Assert.Single(failed.Events("result"))[^1]);
            Assert.Equal(hasRun ? 4 : 3, folder.Rows().Length);
            var gate = Result(folder).GetProperty("gate");
            Assert.Equal("failed", gate.GetProperty("outcome").GetString());
            Assert.Equal(0.4999999, gate.GetProperty("checks")[0].GetProperty("limit").GetDouble());
            Assert.StartsWith("\n\n**Gate failed.** ", Markdown(folder)[Markdown(folder).IndexOf('\n', Ordinal)..], Ordinal);
        }
    }

    [Fact]
    public void With_folds_a_result_fails_only_when_chance_does_not_explain_how_much_worse_it_is()
    {
        using var folder = new SearchFolder();
        var file = Path.Combine(folder.Root, "baseline.json");
        using (Search(folder, 0, Folds))
        {
        }

        using (var written = Cross(folder, 0, "", "baseline"))
        {
            Assert.Contains(
                "Scripted: the baseline is trial 0 of the study 'study' (loss 0.275); the standard error of loss is 0.0493 over 4 folds",
                Messages(written));
            Assert.Equal([file], written.Events("output").Select(fields => fields[0]));
        }

        // 0.0645 is the deviation of the folds, of which each has a third of the rows that it trains on.
        var text = File.ReadAllText(file);
        var error = Math.Sqrt(0.0125 / 3 * ((1.0 / 4) + (1.0 / 3)));
        using (var json = JsonDocument.Parse(text))
        {
            var root = json.RootElement;
            Assert.Equal(
                ["logml_baseline", "version", "study", "workflow", "trial", "objectives", "test", "parameters", "rows"],
                root.EnumerateObject().Select(field => field.Name));
            var loss = root.GetProperty("objectives")[0];
            Assert.Equal(error, loss.GetProperty("standard_error").GetDouble(), 12);
            Assert.Equal(0.275, loss.GetProperty("value").GetDouble(), 12);
            Assert.Contains("\"folds\": [0.2, 0.3, 0.25, 0.35]\n", text, Ordinal);
            Assert.Equal("7", root.GetProperty("rows").GetProperty("seed").GetProperty("seed").GetString());
        }

        // The same baseline is the same text.
        using (var again = Cross(folder, 0, "", "baseline"))
        {
            Assert.Contains(again.Events("summary"), fields => fields[0].EndsWith(": as before", Ordinal));
            Assert.Equal(text, File.ReadAllText(file));
        }

        // Each fold is worse by 0.01: by fold there is no doubt, although the folds differ by much more.
        Clean(folder);
        using (var worse = Search(folder, 1, "0.21;0.31;0.26;0.36", "--baseline", file))
        {
            var error2091 = Error(worse, "LOGML2091");
            Assert.StartsWith("The loss is 0.285 (trial 0), and that of the baseline 0.275 (trial 0): at most 0.275", error2091, Ordinal);
            Assert.Contains("fold by fold over 4 folds", error2091, Ordinal);
        }

        using (Search(folder, 0, "", "--baseline", file, "--max-regression", "0.011"))
        {
        }

        using (var percent = Search(folder, 0, "", "--baseline", file, "--max-regression", " 5 %"))
        {
            Assert.Contains(
                Summary(percent), line => line.StartsWith("     gate passed: loss 0.285 <= baseline 0.275 + 0.01375 + ", Ordinal));
        }

        using (Search(folder, 1, "", "--baseline", file, "--max-regression", "3%"))
        {
        }

        // Worse by more, but one fold this way and one that: chance may explain it.
        Clean(folder);
        using (var noisy = Search(folder, 0, "0.3;0.25;0.4;0.3", "--baseline", file))
        {
            Assert.Contains("     gate passed: loss 0.3125 <= baseline 0.275 + 0.1853 noise", Summary(noisy));
            var check = Result(folder).GetProperty("gate").GetProperty("checks")[0];
            Assert.Equal(Math.Sqrt(0.03187500 / 3 * ((1.0 / 4) + (1.0 / 3))), check.GetProperty("standard_error").GetDouble(), 12);
            Assert.True(check.GetProperty("baseline").GetProperty("fold_by_fold").GetBoolean());
        }

        // Another seed has other rows, so that both errors count: what was no doubt by fold may be chance now.
        Clean(folder);
        using var other = Search(folder, 0, "0.21;0.31;0.26;0.36", "--baseline", file, "--random-seed", "8");
        var baseline = Result(folder).GetProperty("gate").GetProperty("checks")[0].GetProperty("baseline");
        Assert.False(baseline.GetProperty("fold_by_fold").GetBoolean());
        Assert.Equal(2.3533634 * error * Math.Sqrt(2), baseline.GetProperty("noise").GetDouble(), 6);
        Assert.Empty(other.Events("warning"));
    }

    [Fact]
    public void Only_a_trial_of_todays_inputs_passes_and_other_data_are_warned_of()
    {
        using var folder = new SearchFolder();
        var (file, steps, data) = (At(folder, "baseline.json"), At(folder, "Steps.cs"), At(folder, "data.csv"));
        var list = At(folder, "inputs");
        File.WriteAllText(list, $"code\t{steps}\ndata\t{data}\n");
        File.WriteAllText(steps, "before");
        File.WriteAllText(data, "1,2");
        string[] options = ["--max-evals", "2", "--inputs", list, "--baseline", file, "--random-seed", "7"];
        folder.Run(0, "1:loss=-5", [.. options[..4], .. options[6..]]).Dispose();
        folder.Run(0, "", options, verb: "baseline").Dispose();
        using (var same = folder.Run(0, "", options))
        {
            Assert.Contains("     gate passed: loss -5 <= baseline -5, no standard error", Summary(same));
        }

        // The best trial is of the code before. It says nothing about today's, which nobody has run.
        File.WriteAllText(steps, "after");
        using (var none = folder.Run(1, "", options))
        {
            AssertError(
                none, "LOGML2092",
                "The gate cannot be passed: no trial was computed from today's inputs, so that nothing is known of them; set "
                + "HyperOptReevaluate=true to run the best ones again, or raise max_evals.");
        }

        using (var later = folder.Run(1, "loss=-4", ["--max-evals", "3", .. options[2..]]))
        {
            Assert.Contains("The loss is -4 (trial 2), and that of the baseline -5 (trial 1)", Error(later, "LOGML2091"), Ordinal);
            Assert.Contains("no standard error is known", Error(later, "LOGML2091"), Ordinal);
            Assert.Contains("     gate: trial 1 is of other inputs, so that it was not judged", Summary(later));
            Assert.Contains(
                " Trial 1, the best one, is of other inputs than today's, so that it was not judged.", Markdown(folder), Ordinal);
        }

        using (folder.Run(0, "loss=-4", ["--max-evals", "3", "--max-regression", "20%", "--reevaluate", .. options[2..]]))
        {
        }

        // A baseline of other code is one with a warning; one of other data cannot be compared.
        File.WriteAllText(data, "3,4");
        using (var changed = folder.Run(0, "loss=-6", ["--max-evals", "4", .. options[2..]]))
        {
            Assert.Contains(
                "other rows than today's results are: data.csv changed.",
                Assert.Single(changed.Events("warning"), fields => fields[0] == "LOGML2094")[4], Ordinal);
            Assert.Contains("     gate: the baseline is of other rows: data.csv changed", Summary(changed));
            Assert.Contains("may not be comparable: data.csv changed", Markdown(folder).Replace("\\", "", Ordinal), Ordinal);
        }

        using var replaced = folder.Run(0, "", options, verb: "baseline");
        Assert.Contains("     loss -6, before -5 of trial 1: better", Summary(replaced));
        using var dry = folder.Run(0, "", ["--trial", "2", "--dry-run", .. options], verb: "baseline");
        Assert.Contains("Scripted: nothing was written (HyperOptDryRun)", Messages(dry));
        Assert.Contains("\"value\": -6\n", File.ReadAllText(file), Ordinal);
    }

    [Fact]
    public void A_baseline_that_cannot_be_used_is_one_error_before_anything_is_searched_and_is_not_overwritten()
    {
        using var folder = new SearchFolder();
        var file = At(folder, "baseline.json");
        folder.Run(0, "loss=1", ["--max-evals", "1", "--random-seed", "7"]).Dispose();
        folder.Run(0, "", ["--random-seed", "7"], verb: "baseline").Dispose();
        var good = File.ReadAllText(file);
        var other = good.Replace("\"study\": \"study\"", "\"study\": \"other\"", Ordinal);
        var goals = Goals.Of(null, null);
        foreach (var (text, message) in (ReadOnlySpan<(string, string)>)
        [
            ("{}", "is no baseline, or a damaged one: It has no field 'logml_baseline'."),
            ("[1]", "is no baseline, or a damaged one"),
            ("", "is no JSON"),
            (good[..^20], "is no JSON"),
            (good.Replace("baseline\": 1", "baseline\": 2", Ordinal), "It has format 2, and this version reads format 1."),
            (good.Replace("\"value\": 1", "\"value\": \"1\"", Ordinal), "'value' has \"1\", which is no finite number."),
            (good.Replace("\"value\": 1", "\"value\": 1e999", Ordinal), "'value' has 1e999, which is no finite number."),
            (good.Replace("\"rows\"", "\"row\"", Ordinal), "It has no field 'rows'."),
            (good.Replace("minimize", "shrink", Ordinal), "'shrink' is no direction"),
            (other, "is of the study 'other', and this call is for 'study'"),
            (good.Replace("\"workflow\": null", "\"workflow\": \"tree\"", Ordinal),
                "is of the workflow 'tree', and this call is for the unnamed workflow"),
            (good.Replace("minimize", "maximize", Ordinal), "is of a search that maximizes loss, and this one minimizes loss"),
            (good.Replace("\"loss\"", "\"f1\"", Ordinal), "is of a search that minimizes f1, and this one minimizes loss"),
        ])
        {
            File.WriteAllText(file, text);
            var error = Assert.Throws<HostException>(() => Gate.Of(RequestOf(folder, file), goals));
            Assert.Equal((HostErrors.BaselineUnusable, file), (error.Code, error.Place.File));
            Assert.Contains(message, error.Message, Ordinal);
        }

        foreach (var (text, verb) in (ReadOnlySpan<(string, string)>)[("<<<<<<< ours\n" + good, "hyperopt"), (other, "baseline")])
        {
            File.WriteAllText(file, text);
            using var host = folder.Run(1, "throw", ["--max-evals", "2", "--baseline", file], verb: verb);
            var error = Assert.Single(host.Events("error"));
            Assert.Equal(("LOGML2093", file, verb == "hyperopt" ? "1" : "0"), (error[0], error[1], error[2]));
            Assert.Empty(host.Events("started"));
            Assert.Equal(text, File.ReadAllText(file));
        }

        Assert.Single(folder.Rows());
        Assert.Contains(
            "cannot be read",
            Assert.Throws<HostException>(() => Gate.Of(RequestOf(folder, At(folder, "absent.json")), goals)).Message, Ordinal);
        using var failed = folder.Run(1, "", ["--trial", "9", "--baseline", At(folder, "new.json")], verb: "baseline");
        Assert.Contains("Trial 9 of the study 'study' is not there", Error(failed, "LOGML2070"), Ordinal);
        Assert.False(File.Exists(At(folder, "new.json")));
    }

    [Fact]
    public void A_score_that_is_maximized_gets_worse_downwards_and_a_study_without_a_loss_has_no_greatest_loss()
    {
        using var folder = new SearchFolder();
        var file = At(folder, "baseline.json");
        string[] manifest = [ResultJsonTests.Manifest("""{ "objectives": { "f1": "maximize" } }""")];
        string[] gate = ["--max-evals", "2", "--baseline", file];
        folder.Run(0, "no_loss,score=f1=0.8", ["--max-evals", "2"], manifest).Dispose();
        folder.Run(0, "", ["--baseline", file], manifest, "baseline").Dispose();
        Clean(folder);
        using (var worse = folder.Run(1, "no_loss,score=f1=0.77", [.. gate, "--max-regression", "0.02"], manifest))
        {
            Assert.Contains(
                "The f1 is 0.77 (trial 0), and that of the baseline 0.8 (trial 0): at least 0.78 is allowed, 0.02 less by "
                + "HyperOptMaxRegression;", Error(worse, "LOGML2091"), Ordinal);
            Assert.Contains("     gate failed: f1 0.77 < baseline 0.8 - 0.02, no standard error", Summary(worse));
        }

        using (folder.Run(0, "", [.. gate, "--max-regression", "5%"], manifest))
        {
        }

        using (var noLoss = folder.Run(1, "", ["--max-evals", "2", "--max-loss", "0.4"], manifest))
        {
            Assert.Contains(
                "HyperOptMaxLoss is 0.4, but model_evaluate gives no loss: the search maximizes f1.", Error(noLoss, "LOGML2092"), Ordinal);
        }

        using var infeasible = new SearchFolder();
        using var never = infeasible.Run(
            1, "", ["--max-evals", "2", "--max-loss", "1000"], [ResultJsonTests.Manifest("""{ "constraints": { "loss": "<= -1" } }""")]);
        Assert.Contains("no trial keeps the constraints (loss <= -1)", Error(never, "LOGML2092"), Ordinal);
        Assert.Equal("failed", Assert.Single(never.Events("result"))[^1]);
    }

    [Fact]
    public void With_several_objectives_one_trial_of_the_front_has_to_keep_up_in_all()
    {
        using var folder = new SearchFolder();
        var file = At(folder, "baseline.json");
        string[] manifest = [ResultJsonTests.Manifest("""{ "objectives": { "f1": "maximize", "loss": "minimize" } }""")];
        folder.Run(0, "score=f1=0.8,loss=1", ["--max-evals", "1"], manifest).Dispose();
        folder.Run(0, "", ["--baseline", file], manifest, "baseline").Dispose();
        Clean(folder);
        using (var none = folder.Run(
            1, "0:score=f1=0.9,0:loss=1.2,1:score=f1=0.7,1:loss=0.9", ["--max-evals", "2", "--baseline", file], manifest))
        {
            var lines = Summary(none).Where(line => line.Contains("gate", Ordinal)).ToArray();
            Assert.Equal(2, lines.Length);
            Assert.Single(lines, line => line.StartsWith("     gate failed: ", Ordinal));
            Error(none, "LOGML2091");
        }

        using var one = folder.Run(
            0, "2:score=f1=0.79,2:loss=0.95", ["--max-evals", "3", "--baseline", file, "--max-regression", "2%"], manifest);
        Assert.Equal(
            [2, 2],
            Result(folder).GetProperty("gate").GetProperty("checks").EnumerateArray()
                .Select(check => check.GetProperty("trial").GetInt32()));
    }

    [Fact]
    public void A_search_that_is_cancelled_or_fails_says_that_the_gate_was_not_looked_at()
    {
        using var folder = new SearchFolder();
        using (var host = folder.Start("1:pid,1:delay=600000", ["--max-loss", "1000"]))
        {
            ProcessList.WaitForPid(folder.Trial(1, "worker.pid"));
            host.Signal("INT");
            Assert.Equal(130, host.WaitForExit());
            Assert.Contains("     gate not looked at: the search was cancelled", Summary(host));
            Assert.Equal("not_checked", Assert.Single(host.Events("result"))[^1]);
            Assert.Contains("\n**Gate not looked at.** The search was cancelled.\n", Markdown(folder), Ordinal);
        }

        using var failing = new SearchFolder();
        using var failed = failing.Run(1, "throw", ["--max-evals", "2", "--max-loss", "1"]);
        Error(failed, "LOGML2005");
        Assert.Equal("not_checked", Result(failing).GetProperty("gate").GetProperty("outcome").GetString());
    }

    private static HostProcess Search(SearchFolder folder, int exitCode, string folds, params string[] options) =>
        Cross(folder, exitCode, folds.Length == 0 ? "" : "folds=" + folds, "hyperopt", ["--max-evals", "2", .. options]);

    /// <summary>Runs the host for a workflow whose trials have four folds.</summary>
    private static HostProcess Cross(SearchFolder folder, int exitCode, string script, string verb, params string[] options)
    {
        var manifest = SearchTests.Manifest("true", "false");
        manifest = manifest[..manifest.LastIndexOf('}')] + """, "cross_validation": { "method": "KFold", "n_splits": 4 } }""";
        string[] seed = options.Contains("--random-seed") ? [] : ["--random-seed", "7"];
        return folder.Run(exitCode, script, [.. options, .. seed], [TestWorkflow.ManifestVariable + "=" + manifest], verb);
    }

    private static HostRequest RequestOf(SearchFolder folder, string baseline) =>
        new() { ProjectDirectory = folder.Root, Study = folder.Study, Output = folder.Output, Baseline = baseline };

    private static void Clean(SearchFolder folder)
    {
        using var clean = folder.StartClean();
        Assert.Equal(0, clean.WaitForExit());
    }

    private static string At(SearchFolder folder, string name) => Path.Combine(folder.Root, name);

    private static string[] Summary(HostProcess host) => [.. host.Events("summary").Select(fields => fields[0])];

    private static string[] Messages(HostProcess host) => [.. host.Events("message").Select(fields => fields[1])];

    private static string Markdown(SearchFolder folder) => File.ReadAllText(Path.Combine(folder.Output, folder.Study, "summary.md"));

    private static JsonElement Result(SearchFolder folder) => ResultJsonTests.Read(folder);

    /// <summary>The text of the only error, which has this code.</summary>
    private static string Error(HostProcess host, string code)
    {
        var error = Assert.Single(host.Events("error"));
        Assert.Equal(code, error[0]);
        return error[4];
    }

    private static void AssertError(HostProcess host, string code, string text) => Assert.Equal(text, Error(host, code));
}

using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Whole searches: the real host, real workers, the workflow of tests/LogMl.TestWorkflows.</summary>
public sealed class SearchTests
{
    [Fact]
    public void A_search_leaves_its_results_and_tells_a_summary()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "", ["--max-evals", "20", "--algorithm", "tpe"]);

        var rows = folder.Rows();
        Assert.Equal(20, rows.Length);
        Assert.All(rows, row => Assert.Equal("complete", row["state"]));
        Assert.All(rows, row => Assert.Equal(row["dataset_create.rows"], row["metrics.rows"]));
        var best = rows.MinBy(row => double.Parse(row["loss"], CultureInfo.InvariantCulture))!;
        Assert.Contains(
            $"  x: {best["model_train.x"]}\n",
            File.ReadAllText(folder.BestYaml).Replace("    ", "  ", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal(["Scripted", "20", "tpe", "7", Path.Combine(folder.Output, folder.Study)], Assert.Single(host.Events("started")));
        var progress = host.Events("progress");

        // The first event comes with the first finished trial, or after a second without one.
        Assert.Contains(progress[0][0], (string[])["0", "1"]);
        Assert.Equal(["20", "20", best["loss"], best["number"]], progress[^1][..4]);
        var summary = host.Events("summary").Select(fields => fields[0]).ToArray();
        Assert.Contains(summary, line => line.Contains($"best loss ", StringComparison.Ordinal) && line.EndsWith($"at trial {best["number"]}", StringComparison.Ordinal));
        Assert.Contains(summary, line => line.Contains("HyperOptResults/study/best.yaml", StringComparison.Ordinal));
        Assert.All(host.Events("output"), fields => Assert.True(Path.Exists(fields[0]), fields[0]));
        Assert.Equal("", host.Other);
    }

    [Fact]
    public void A_trial_that_fails_in_any_way_costs_that_trial_only()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(
            0, "0:throw_inner,1:stack_overflow,2:exit=3,3:kill,4:loss=NaN,5:fail_fast,6:throw_elsewhere,7:throw_static", [
                "--max-evals",
                "9"
            ]);

        var rows = folder.Rows();

        // The host cannot see who killed trial 3, so the trial is repeated.
        Assert.Equal(
            "failed failed failed repeated failed failed failed failed complete complete",
            string.Join(' ', rows.OrderBy(row => row["message"].Length == 0).Select(row => row["state"])));
        Assert.Equal("model_train", rows[0]["step"]);
        Assert.StartsWith("System.InvalidOperationException: The data", rows[0]["message"], StringComparison.Ordinal);
        Assert.Contains("Stack overflow", rows[1]["message"], StringComparison.Ordinal);
        Assert.Contains("exit code 3", rows[2]["message"], StringComparison.Ordinal);
        Assert.Contains("SIGKILL", rows[3]["message"], StringComparison.Ordinal);
        Assert.Equal(("model_evaluate", "the loss is NaN", ""), (rows[4]["step"], rows[4]["message"], rows[4]["loss"]));
        Assert.Contains("SIGABRT", rows[5]["message"], StringComparison.Ordinal);
        Assert.Contains(
            "Unhandled exception. System.InvalidOperationException: On a thread of its own.", rows[6]["message"], StringComparison.Ordinal);
        Assert.Contains("TypeInitializationException", rows[7]["message"], StringComparison.Ordinal);
        var error = folder.ReadTrial(0, "error.txt");
        Assert.Contains("FormatException: Line 3", error, StringComparison.Ordinal);
        Assert.DoesNotContain("at LogMl.TrialRunner", error, StringComparison.Ordinal);

        // The first failure is reported at once, at the place where it was thrown.
        var warning = Assert.Single(host.Events("warning"), fields => fields[0] == "LOGML2007");
        Assert.EndsWith("Actions.cs", warning[1], StringComparison.Ordinal);
        Assert.NotEqual("0", warning[2]);
    }

    [Fact]
    public void When_all_trials_fail_the_error_names_the_first_failure_and_the_warning_shows_it()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "throw", ["--max-evals", "3"]);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2005", error[0]);
        Assert.EndsWith("Actions.cs", error[1], StringComparison.Ordinal);
        Assert.Contains("All 3 trials failed. The first was trial 0: LOGML2007 says why (see ", error[4], StringComparison.Ordinal);
        Assert.StartsWith(
            "The first trial failed: model_train: System.InvalidOperationException: The data are broken.",
            Assert.Single(host.Events("warning"))[4],
            StringComparison.Ordinal);
        Assert.Equal(3, folder.Rows().Length);
        Assert.False(File.Exists(folder.BestYaml));
    }

    [Fact]
    public void The_same_seed_gives_the_same_trials()
    {
        using var first = new SearchFolder();
        using var second = new SearchFolder { Workflow = TestWorkflow.App };
        string[] options = ["--max-evals", "25", "--algorithm", "tpe", "--random-seed", "11", "--no-progress"];
        using var one = first.Run(0, "3:throw", options);
        using var two = second.Run(0, "3:throw", options, ["LANG=de_DE.UTF-8", "LC_ALL=de_DE.UTF-8"]);
        Assert.Equal(Drawn(first), Drawn(second));
        Assert.Equal(File.ReadAllText(first.BestYaml), File.ReadAllText(second.BestYaml));
        Assert.Empty(one.Events("progress"));

        static string[] Drawn(SearchFolder folder) =>
            [.. folder.Rows().Select(row => string.Join('|', row.Where(cell => cell.Key is "loss" or "metrics.first"
                || cell.Key.Contains('.', StringComparison.Ordinal)).Select(cell => cell.Value)))];
    }

    [Fact]
    public void Every_one_of_many_quick_trials_gets_its_own_output()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "print=x,print_native,print_unfinished", ["--max-evals", "500"]);
        for (var number = 0; number < 500; number++)
        {
            var output = folder.ReadTrial(number, "stdout.log");
            Assert.Contains($"out of trial {number}: é x\n", output, StringComparison.Ordinal);
            Assert.Contains($"native out of trial {number}\n", output, StringComparison.Ordinal);
            Assert.Contains($"no line end in trial {number}", output, StringComparison.Ordinal);
            Assert.DoesNotContain("LOGML-END", output, StringComparison.Ordinal);
            Assert.Equal($"error of trial {number}\n", folder.ReadTrial(number, "stderr.log"));
        }

        Assert.Equal("", host.Other);
    }

    [Fact]
    public void Two_workers_share_the_trials()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,print=x,sleep=100,4:kill", ["--max-evals", "12", "--workers", "2"]);
        var workers = Enumerable.Range(0, 12).Select(number => folder.ReadTrial(number, "worker.pid")).Distinct().ToArray();
        Assert.Equal(3, workers.Length);
        Assert.Equal(12, folder.Rows().Count(row => row["state"] == "complete"));
        Assert.All(
            Enumerable.Range(0, 12),
            number => Assert.Contains($"out of trial {number}:", folder.ReadTrial(number, "stdout.log"), StringComparison.Ordinal));
        Assert.All(workers, pid => Assert.False(LinuxProcess.IsAlive(int.Parse(pid, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void User_code_that_closes_or_redirects_the_console_does_not_stop_the_search()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "0:redirect_console,1:close_console,2:read_stdin,print_native,print_mark", ["--max-evals", "4"]);
        Assert.All(folder.Rows(), row => Assert.NotEqual("", row["state"]));
        Assert.Contains("native out of trial 3", folder.ReadTrial(3, "stdout.log"), StringComparison.Ordinal);
        Assert.Equal("", host.Other);
    }

    [Fact]
    public void The_final_run_scores_the_test_set_with_the_best_parameters()
    {
        using var folder = new SearchFolder();
        using var host =
            folder.Run(0, "report=0.25", ["--max-evals", "3"], [TestWorkflow.ManifestVariable + "=" + Manifest("true", "true")]);
        Assert.Contains(
            host.Events("summary"),
            fields => fields[0].Contains("test", StringComparison.Ordinal) && fields[0].Contains("loss ", StringComparison.Ordinal));
        var best = Path.Combine(folder.Output, folder.Study, "best");
        Assert.True(File.Exists(Path.Combine(best, "parameters.yaml")));
        Assert.Equal("step,value\n1,0.25\n", File.ReadAllText(Path.Combine(best, "intermediate.csv")));
        Assert.Equal("step,value\n1,0.25\n", folder.ReadTrial(2, "intermediate.csv"));
    }

    [Fact]
    public void What_changes_the_meaning_of_the_loss_is_told_at_the_start_and_in_the_summary()
    {
        const string Note = "split_validate is 0: the loss is that of the rows that a trial is trained on";
        var manifest = TestWorkflow.ManifestVariable + "=" + Manifest("true", "false").Replace("\"final_run\"", $"\"notes\": [\"{Note}\"], \"final_run\"", StringComparison.Ordinal);
        using var folder = new SearchFolder();
        foreach (var run in new[] { "searched", "complete" })
        {
            using var host = folder.Run(0, "", ["--max-evals", "2"], [manifest]);
            Assert.True(host.Events("message").Any(fields => fields[1] == "Scripted: " + Note), run);
            Assert.True(host.Events("summary").Any(fields => fields[0].Trim() == Note), run);
        }

        using var single = folder.Run(0, "", [], [manifest], "run");
        Assert.Contains(single.Events("summary"), fields => fields[0] == "Scripted: " + Note);
    }

    [Fact]
    public void A_final_run_that_fails_is_a_warning()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "-1:throw", ["--max-evals", "2"], [TestWorkflow.ManifestVariable + "=" + Manifest("true", "true")]);
        Assert.Equal("LOGML2008", Assert.Single(host.Events("warning"))[0]);
        Assert.True(File.Exists(folder.BestYaml));
    }

    [Fact]
    public void The_results_of_an_earlier_search_that_left_no_study_are_moved_aside()
    {
        using var folder = new SearchFolder { Study = "a/../b" };
        for (var i = 0; i < 2; i++)
        {
            using var host = folder.Run(0, "", ["--max-evals", "2"]);
            Assert.Equal(i, host.Events("message").Count(fields => fields[1].StartsWith("Earlier results", StringComparison.Ordinal)));
            Array.ForEach(Directory.GetFiles(folder.Output, "study.db*", SearchOption.AllDirectories), File.Delete);
        }

        var studies = folder.Studies();
        Assert.Equal(2, studies.Length);
        Assert.All(studies, study => Assert.True(File.Exists(Path.Combine(folder.Output, study, "trials.csv"))));
    }

    [Fact]
    public void A_folder_that_has_no_results_is_neither_moved_aside_nor_used()
    {
        using var folder = new SearchFolder { Study = "src" };
        var source = Path.Combine(folder.Root, "src", "Program.cs");
        Directory.CreateDirectory(Path.GetDirectoryName(source)!);
        File.WriteAllText(source, "");
        var database = Path.Combine(folder.Root, "elsewhere.db");
        string[] storages = ["", "LOGML_STORAGE=sqlite:///" + database];
        foreach (var storage in storages)
        {
            using var host = folder.Run(1, "", ["--max-evals", "2", "--output", folder.Root], storage.Length == 0 ? [] : [storage]);
            var error = Assert.Single(host.Events("error"));
            Assert.Equal("LOGML2006", error[0]);
            Assert.Contains(
                "has no results of a search (no trials.csv, no study.db), so no study begins there.", error[4], StringComparison.Ordinal);
            Assert.Equal([source], Directory.GetFileSystemEntries(Path.GetDirectoryName(source)!));
        }
    }

    [Fact]
    public void A_run_with_the_defaults_prints_its_scores()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "print=run", verb: "run");
        var summary = host.Events("summary").Select(fields => fields[0]).ToArray();
        Assert.Contains(summary, line => line.Contains("validate: loss 0.25", StringComparison.Ordinal));
        Assert.Contains(summary, line => line.Contains("test: loss 0.75", StringComparison.Ordinal));
        var output = Assert.Single(host.Events("output"))[0];
        Assert.Contains("out of trial -1: é run", File.ReadAllText(Path.Combine(output, "stdout.log")), StringComparison.Ordinal);

        // A fresh seed is shown, so that the run can be repeated, also when it fails.
        using var failed =
            folder.Run(1, "throw", environment: [TestWorkflow.ManifestVariable + "=" + Manifest("true", "true")], verb: "run");
        var told = System.Text.RegularExpressions.Regex.Match(Assert.Single(failed.Events("message"))[1], @"^Scripted: runs with seed (\d+), a fresh one: -p:HyperOptSeed=\1 does the same run again$");
        Assert.True(told.Success, failed.Text);
        using var same = folder.Run(0, "", ["--random-seed", told.Groups[1].Value], verb: "run");
        Assert.Equal("Scripted: runs with seed " + told.Groups[1].Value, Assert.Single(same.Events("message"))[1]);
        var error = Assert.Single(failed.Events("error"));
        Assert.Equal("LOGML2009", error[0]);
        Assert.Contains("The data are broken.", error[4], StringComparison.Ordinal);
    }

    internal static string Manifest(string enable, string finalRun, string settings = "") => $$"""
        { "format": 2, "version": "0.1.0", "name": "Scripted",
          "optimization": { "enable": {{enable}}, "algorithm": "random", "max_evals": 10, "random_seed": null, "show_progressbar": true{{(settings.Length == 0 ? "" : "," + settings)}} },
          "space": { "params": [ { "name": "model_train.x", "dist": "uniform", "args": [-5, 5] } ] }, "defaults": {}, "final_run": {{finalRun}} }
        """;
}

using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>A second call of a search continues the stored study.</summary>
public sealed class ResumeTests
{
    [Fact]
    public void A_raised_max_evals_continues_and_gives_what_one_search_would_have_given()
    {
        using var whole = new SearchFolder();
        using var parts = new SearchFolder();
        using var one = whole.Run(0, "report=0.5", ["--max-evals", "30", "--algorithm", "tpe"]);
        foreach (var until in new[] { "7", "8", "30" })
        {
            using var part = parts.Run(0, "report=0.5", ["--max-evals", until, "--algorithm", "tpe"]);
        }

        Assert.Equal(Evaluations(whole), Evaluations(parts));
        Assert.Equal(File.ReadAllText(whole.BestYaml), File.ReadAllText(parts.BestYaml));
        Assert.Equal(File.ReadAllLines(whole.Csv)[0], File.ReadAllLines(parts.Csv)[0]);
    }

    [Fact]
    public void A_complete_study_runs_nothing_and_says_so()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "5"]);
        var best = File.ReadAllText(folder.BestYaml);
        var rows = File.ReadAllText(folder.Csv);

        // It would fail if it ran.
        using var second = folder.Run(0, "throw", ["--max-evals", "5"]);
        Assert.Contains(second.Events("message"), fields => fields[1].Contains("nothing was run, the study is complete: it has 5 trials. Raise max_evals to go on, or", StringComparison.Ordinal));
        Assert.DoesNotContain(second.Events("message"), fields => fields[1].Contains("goes on", StringComparison.Ordinal));
        using var fewer = folder.Run(0, "throw", ["--max-evals", "3"]);
        Assert.Contains(fewer.Events("message"), fields => fields[1].Contains(
            "it has 5 trials, and max_evals is 3. Raise max_evals above 5 to go on, or", StringComparison.Ordinal));
        Assert.Contains(second.Events("summary"), fields => fields[0].Contains("best loss", StringComparison.Ordinal));
        Assert.Empty(second.Events("progress"));
        Assert.Equal((best, rows), (File.ReadAllText(folder.BestYaml), File.ReadAllText(folder.Csv)));
    }

    [Fact]
    public void A_complete_study_says_in_each_call_what_changed_since_its_trials()
    {
        using var folder = new SearchFolder();
        var (code, list) = (Path.Combine(folder.Root, "Steps.cs"), Path.Combine(folder.Root, "inputs"));
        File.WriteAllText(code, "before");
        File.WriteAllText(list, $"code\t{code}\n");
        using var first = folder.Run(0, "", ["--max-evals", "5", "--inputs", list]);
        Assert.Empty(first.Events("warning"));
        File.WriteAllText(code, "after");
        for (var call = 0; call < 2; call++)
        {
            using var same = folder.Run(0, "throw", ["--max-evals", "5", "--inputs", list]);
            var warning = Assert.Single(same.Events("warning"));
            Assert.Equal("LOGML2018", warning[0]);
            Assert.Contains(": Steps.cs changed. 5 finished trials from before count all the same.", warning[4], StringComparison.Ordinal);
        }

        using var more = folder.Run(0, "", ["--max-evals", "6", "--inputs", list]);
        Assert.Single(more.Events("warning"));
        using var known = folder.Run(0, "", ["--max-evals", "7", "--inputs", list]);
        Assert.Empty(known.Events("warning"));
    }

    [Theory]
    [InlineData("\"loss_threshold\": 1000", "it has 1 trial, and its loss is good enough. Change loss_threshold to go on, or")]
    [InlineData("\"no_improvement\": {\"trials\": 2}", ", and no longer improves. Change no_improvement to go on, or")]
    public void A_search_that_has_ended_early_says_what_would_let_it_go_on(string setting, string expected)
    {
        using var folder = new SearchFolder();
        var manifest = TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false", settings: setting);
        using var first = folder.Run(0, "", ["--max-evals", "50"], [manifest]);
        var rows = File.ReadAllText(folder.Csv);
        using var second = folder.Run(0, "throw", ["--max-evals", "60"], [manifest]);
        Assert.Contains(second.Events("message"), fields => fields[1].Contains(expected, StringComparison.Ordinal));
        Assert.Equal(rows, File.ReadAllText(folder.Csv));
    }

    [Theory]
    [InlineData]
    [InlineData("--random-seed", "-9223372036854775808")]
    public void A_study_without_a_seed_of_its_own_goes_on_with_the_one_it_began_with(params string[] seed)
    {
        using var folder = new SearchFolder();
        var manifest = TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false").Replace("\"random_seed\": 7", "\"random_seed\": null", StringComparison.Ordinal)
            .Replace("\"random_seed\":7", "\"random_seed\":null", StringComparison.Ordinal);
        using var first = folder.Run(0, "", ["--max-evals", "3", .. seed], [manifest]);
        using var second = folder.Run(0, "", ["--max-evals", "6"], [manifest]);
        Assert.Equal(first.Events("started")[0][3], second.Events("started")[0][3]);
        Assert.Equal(6, folder.Rows().Select(row => row["model_train.x"]).Distinct().Count());
    }

    [Fact]
    public void A_cancelled_trial_is_run_first_by_the_next_call_under_its_number()
    {
        using var whole = new SearchFolder();
        using var folder = new SearchFolder();
        using var one = whole.Run(0, "", ["--max-evals", "8", "--algorithm", "tpe"]);
        using var cut = folder.Start("3:print=first,3:hang", ["--max-evals", "8", "--algorithm", "tpe"]);
        HostProcess.WaitUntil(() => File.Exists(folder.Trial(3, "parameters.yaml")), "trial 3");
        cut.Signal("INT");
        Assert.Equal(130, cut.WaitForExit());
        using var rest = folder.Run(0, "", ["--max-evals", "8", "--algorithm", "tpe"]);
        Assert.Equal(Evaluations(whole), Evaluations(folder));

        // The files of the run that was cut off are gone.
        Assert.DoesNotContain("first", folder.ReadTrial(3, "stdout.log"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void The_trial_of_a_killed_host_is_repeated_unless_that_is_not_wanted(int maxRetries)
    {
        using var whole = new SearchFolder();
        using var folder = new SearchFolder();
        string[] options = ["--max-evals", "8", "--algorithm", "tpe", "--max-retries", maxRetries.ToString(CultureInfo.InvariantCulture)];
        using var one = whole.Run(0, "", options);
        using var cut = folder.Start("3:pid,3:hang", options);
        ProcessList.WaitForPid(folder.Trial(3, "worker.pid"));
        cut.Signal("KILL");
        cut.WaitForExit();
        using var rest = folder.Run(0, "", options);

        var rows = folder.Rows();
        Assert.Equal(maxRetries == 1 ? "repeated" : "failed", rows[3]["state"]);
        Assert.Contains("gone", rows[3]["message"], StringComparison.Ordinal);
        Assert.Equal(maxRetries == 1 ? 9 : 8, rows.Length);
        if (maxRetries == 1)
        {
            Assert.Equal(Evaluations(whole), Evaluations(folder));
        }
    }

    [Fact]
    public void Hosts_that_begin_a_study_at_the_same_moment_share_it()
    {
        for (var i = 0; i < 3; i++)
        {
            using var folder = new SearchFolder();
            using var first = folder.Start("sleep=10", ["--max-evals", "30"]);
            using var second = folder.Start("sleep=10", ["--max-evals", "30"]);
            using var third = folder.Start("sleep=10", ["--max-evals", "30"]);
            Assert.All([first, second, third], host => Assert.True(host.WaitForExit() == 0, host.Text));
            Assert.Equal(30, folder.Rows().Length);
            Assert.Equal([folder.Study], folder.Studies());
        }
    }

    [Fact]
    public void Two_hosts_share_a_study_and_neither_runs_a_trial_of_the_other()
    {
        using var folder = new SearchFolder();

        // The first trial of the first host lasts until the second host has ended one. So both hosts run some trials, however fast they
        // are.
        using var first = folder.Start("pid,0:wait=go", ["--max-evals", "40"]);
        var worker = ProcessList.WaitForPid(folder.Trial(0, "worker.pid"));
        using var second = folder.Start("pid", ["--max-evals", "40", "--workers", "2"]);
        HostProcess.WaitUntil(() => second.Events("progress").Length > 0, "a trial of the second host");
        File.WriteAllText(Path.Combine(folder.Root, "go"), "");
        Assert.Equal((0, 0), (first.WaitForExit(), second.WaitForExit()));

        var rows = folder.Rows();
        Assert.Equal(Enumerable.Range(0, 40).Select(number => number.ToString(CultureInfo.InvariantCulture)), rows.Select(row => row["number"]));
        Assert.All(rows, row => Assert.Equal("complete", row["state"]));
        var others = Enumerable.Range(0, 40)
            .Select(number => ProcessList.WaitForPid(folder.Trial(number, "worker.pid")))
            .Distinct()
            .Where(id => id != worker);
        Assert.InRange(others.Count(), 1, 2);
        Assert.Equal(40, rows.Select(row => row["model_train.x"]).Distinct().Count());
        Assert.All(
            [first, second],
            host => Assert.Contains(host.Events("summary"), fields => fields[0].Contains("of 40 trials", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_two_searches_of_a_study_each_mentions_the_other_and_shows_the_end_of_all_trials()
    {
        using var folder = new SearchFolder();
        using var one = folder.Start("0:wait_for=go", ["--max-evals", "4"]);
        HostProcess.WaitUntil(() => File.Exists(folder.Trial(0, "parameters.yaml")), "trial 0");
        using var other = folder.Start("", ["--max-evals", "4"]);
        HostProcess.WaitUntil(() => folder.CompleteTrials() == 3, "three trials of the other");
        File.WriteAllText(Path.Combine(folder.Root, "go"), "");
        Assert.Equal((0, 0), (one.WaitForExit(), other.WaitForExit()));
        const string Said = "Scripted: another search of this study runs at the same time; the two share its trials";
        foreach (var (host, here, elsewhere) in new[] { (one, "1 of 4 trials in", "3 trials were run by"), (other, "3 of 4 trials in", "1 trial was run by") })
        {
            Assert.Single(host.Events("message"), fields => fields[1] == Said);
            Assert.Equal(["4", "4"], host.Events("progress")[^1][..2]);
            Assert.Contains(host.Events("summary"), fields => fields[0].Contains(here, StringComparison.Ordinal));
            Assert.Contains(host.Events("summary"), fields => fields[0].Contains(elsewhere + " other searches of this study at the same time", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_range_that_is_wider_and_other_probabilities_are_said_once()
    {
        using var folder = new SearchFolder();
        string[] manifests =
            [Manifest("[-5, 5]", "[0.5, 0.5]"), Manifest("[-10, 10]", "[0.5, 0.5]"), Manifest("[-10, 10]", "[0.25, 0.75]")];
        string?[] expected = 
        [
            null, "'model_train.x' was uniform(-5, 5), and is now uniform(-10, 10)",
            "'model_train.kind' was pchoice with the probabilities 0.5, 0.5, and is now pchoice with the probabilities 0.25, 0.75",
        ];
        var evals = 2;
        for (var i = 0; i < manifests.Length; i++)
        {
            for (var call = 0; call < 2; call++)
            {
                using var host = folder.Run(0, "", ["--max-evals", $"{evals++}"], [TestWorkflow.ManifestVariable + "=" + manifests[i]]);
                var said = host.Events("message")
                    .Where(fields => fields[1].Contains("the search space is another one", StringComparison.Ordinal))
                    .ToArray();
                Assert.Equal(call == 0 && expected[i] is not null ? 1 : 0, said.Length);
                Assert.All(said, fields => Assert.EndsWith(": " + expected[i], fields[1], StringComparison.Ordinal));
            }
        }

        static string Manifest(string range, string probabilities) => SearchTests.Manifest("true", "false").Replace(
            "[-5, 5] }", range
                + " }, { \"name\": \"model_train.kind\", \"dist\": \"pchoice\", \"options\": [\"a\", \"b\"], \"probs\": "
                + probabilities
                + " }", StringComparison.Ordinal);
    }

    [Fact]
    public void Another_space_is_an_error_that_shows_both_and_changes_nothing()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "3"]);
        var manifest = SearchTests.Manifest("true", "false").Replace("\"uniform\"", "\"loguniform\"", StringComparison.Ordinal);
        var before = File.ReadAllBytes(Path.Combine(folder.Output, folder.Study, "study.db"));
        using var second = folder.Run(1, "", ["--max-evals", "6"], [TestWorkflow.ManifestVariable + "=" + manifest]);
        var error = Assert.Single(second.Events("error"));
        Assert.Equal("LOGML2014", error[0]);
        Assert.Contains("'model_train.x' was a number from -5 to 5, and is now", error[4], StringComparison.Ordinal);
        Assert.Contains("HyperOptStudy", error[4], StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder.Output, folder.Study, "study.db")));
    }

    [Fact]
    public void Trials_csv_that_was_lost_or_cut_is_made_anew_from_the_store()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "2:throw", ["--max-evals", "6"]);
        var rows = folder.Rows();
        File.WriteAllText(folder.Csv, File.ReadAllText(folder.Csv)[..^7]);
        using var second = folder.Run(0, "", ["--max-evals", "6"]);
        string[] kept = ["number", "state", "loss", "step", "message", "model_train.x", "metrics.rows"];
        Assert.Equal(
            rows.Select(row => string.Join('|', kept.Select(column => row[column]))),
            folder.Rows().Select(row => string.Join('|', kept.Select(column => row[column]))));
    }

    /// <summary>The evaluations of a search with their results, without their numbers. Trials that were repeated count once.</summary>
    private static string[] Evaluations(SearchFolder folder) =>
    [
        .. folder.Rows().Where(row => row["state"] != "repeated")
            .Select(row => string.Join('|', row.Where(cell => cell.Key is "state" or "loss" || cell.Key.StartsWith('m'))
                .Where(cell => cell.Key != "message")
                .Select(cell => cell.Value))),
    ];
}

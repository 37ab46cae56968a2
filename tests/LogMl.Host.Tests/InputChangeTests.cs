using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Trials that were computed from other inputs than today's: the messages about them, and how they run again.</summary>
public sealed class InputChangeTests
{
    private const string Remark = "was computed from other inputs than today's: Steps.cs changed";

    [Fact]
    public void As_long_as_the_best_trial_is_of_other_inputs_summary_and_best_yaml_say_so_until_it_is_evaluated_again()
    {
        using var folder = new SearchFolder();
        using var first = Run(folder, "before", "2:loss=-5", "5");
        Assert.DoesNotContain(Remark, Summary(first) + File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
        foreach (var maxEvals in (string[])["8", "9", "9"])
        {
            using var later = Run(folder, "after", "", maxEvals);
            Assert.Contains("best loss -5 at trial 2", Summary(later), StringComparison.Ordinal);
            Assert.Matches($@"     this trial {Remark}\n     \d trials? of other inputs (is|are) not worse than the best of today's inputs, trial \d with loss \S+; each call with HyperOptReevaluate=true runs the best ten again\n", Summary(later));
            Assert.Contains(
                $"# Scripted: loss -5 at trial 2\n# The trial {Remark}\nfunctions:",
                File.ReadAllText(folder.BestYaml),
                StringComparison.Ordinal);
        }

        var x = folder.Rows()[2]["model_train.x"];
        using var again = Run(folder, "after", "", "9", "--reevaluate");
        Assert.Contains(again.Events("message"), fields => fields[1] == "Scripted: 5 trials, the best of those that were computed from other inputs, are run again");
        var rows = folder.Rows();
        Assert.Equal((14, 9), (rows.Length, rows.Count(row => row["state"] == "complete")));
        Assert.Equal(("repeated", "", "Its loss was -5, computed from other inputs; it was evaluated again."), (rows[2]["state"], rows[2]["loss"], rows[2]["message"]));
        Assert.Equal(x, rows[9]["model_train.x"]);
        Assert.DoesNotContain(Remark, Summary(again) + File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
        using var none = Run(folder, "after", "throw", "9", "--reevaluate");
        Assert.Contains(none.Events("message"), fields => fields[1] == "Scripted: no trial was computed from other inputs, so that none is run again");
        Assert.Empty(none.Events("warning"));
    }

    [Fact]
    public void The_ten_best_are_evaluated_again_also_where_their_losses_had_ended_the_search()
    {
        using var folder = new SearchFolder();
        var manifest = TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false", "\"loss_threshold\":-4");
        using var first = folder.Run(0, "11:loss=-5", ["--max-evals", "20", "--inputs", Inputs(folder, "before")], [manifest]);
        Assert.Equal(12, folder.Rows().Length);
        using var again = folder.Run(0, "", ["--max-evals", "13", "--reevaluate", "--inputs", Inputs(folder, "after")], [manifest]);
        Assert.Contains(
            again.Events("message"), fields => fields[1].StartsWith("Scripted: 10 trials, the best of", StringComparison.Ordinal));
        Assert.Equal((10, 13), (folder.Rows().Count(row => row["state"] == "repeated"), folder.Rows().Count(row => row["state"] == "complete")));

        // The message does not advise what this call does already.
        Assert.DoesNotContain("HyperOptReevaluate", Assert.Single(again.Events("warning"))[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_ten_are_too_few_the_best_is_of_other_inputs_still_and_it_is_said_how_many_are_left()
    {
        using var folder = new SearchFolder();
        using var first = Run(folder, "before", "loss=-1", "12");
        using var again = Run(folder, "after", "loss=3", "12", "--reevaluate");
        Assert.Contains(
            again.Events("message"),
            fields => fields[1] == "Scripted: 10 trials, the best of those that were computed from other inputs, are run again; 2 more count as they are, until another call runs them again");
        Assert.Contains(
            "     2 trials of other inputs are not worse than the best of today's inputs, trial 12 with loss 3; each call with HyperOptReevaluate=true runs the best ten again\n", Summary(again), StringComparison.Ordinal);
        using var rest = Run(folder, "after", "loss=4", "12", "--reevaluate");
        Assert.Contains("best loss 3 at trial 12", Summary(rest), StringComparison.Ordinal);
        Assert.DoesNotContain("HyperOptReevaluate", Summary(rest), StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_that_violate_a_constraint_are_run_again_too_because_today_they_may_keep_it()
    {
        using var folder = new SearchFolder();
        var manifest = TestWorkflow.ManifestVariable + "="
            + SearchTests.Manifest("true", "false", "\"constraints\":{\"size\":\"<= 10\"}");
        using var first = folder.Run(
            0, "score=size=50,11:score=size=5,3:score=size=90,4:score=size=80",
            ["--max-evals", "12", "--inputs", Inputs(folder, "before")], [manifest]);
        using var again = folder.Run(
            0, "score=size=5", ["--max-evals", "12", "--reevaluate", "--inputs", Inputs(folder, "after")], [manifest]);

        // The feasible one is the first, and those with the largest violations have to wait.
        var rows = folder.Rows();
        Assert.Equal(
            ["0", "1", "2", "5", "6", "7", "8", "9", "10", "11"],
            rows.Where(row => row["state"] == "repeated").Select(row => row["number"]).OrderBy(int.Parse));
        Assert.Equal(10, rows.Count(row => row["feasible"] == "true"));
        Assert.Contains("; of all 12 trials 2 infeasible\n", Summary(again), StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_are_run_again_also_where_an_earlier_call_wanted_more_of_them()
    {
        using var folder = new SearchFolder();
        using var first = Run(folder, "before", "loss=-1,11:loss=-5,10:throw", "12");
        using var again = Run(folder, "after", "loss=3", "4", "--reevaluate", "--retry-failed");
        Assert.Contains(again.Events("message"), fields => fields[1] == "Scripted: 1 failed trial is run again");
        Assert.Equal("12", Assert.Single(again.Events("started"))[1]);
        Assert.All(
            again.Events("progress"),
            fields => Assert.InRange(int.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture), 0, 12));
        var rows = folder.Rows().ToDictionary(row => row["number"], row => row["state"]);
        Assert.Equal(("repeated", "repeated", 23), (rows["10"], rows["11"], rows.Count));
    }

    [Fact]
    public void A_call_that_is_killed_while_it_runs_trials_again_leaves_each_with_a_result_and_the_next_one_goes_on()
    {
        using var folder = new SearchFolder();
        using var first = Run(folder, "before", "loss=-1,2:loss=-5", "5");
        using (var killed = folder.Start("7:pid,7:hang,loss=3", ["--max-evals", "5", "--reevaluate", "--inputs", Inputs(folder, "after")]))
        {
            ProcessList.WaitForPid(folder.Trial(7, "worker.pid"));
            // The best is the first that is run again.
            Assert.Contains("loss -1 at trial 1\n# The trial " + Remark, File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
            killed.Signal("KILL");
            killed.WaitForExit();
        }

        using (var cut = folder.Start("10:pid,10:hang,loss=3", ["--max-evals", "5", "--inputs", Inputs(folder, "after")]))
        {
            ProcessList.WaitForPid(folder.Trial(10, "worker.pid"));
            cut.Signal("INT");
            Assert.Equal(130, cut.WaitForExit());
            Assert.Contains(cut.Events("message"), fields => fields[1] == "Scripted: 3 trials that an earlier call was to run again are run again");
            Assert.Contains("best loss -1 at trial 1", Summary(cut), StringComparison.Ordinal);
            Assert.Contains("     1 trial waits to be run, by the next call\n", Summary(cut), StringComparison.Ordinal);
        }

        Assert.Equal(
            "repeated complete repeated repeated repeated complete complete repeated complete complete",
            string.Join(' ', folder.Rows()
                .OrderBy(row => int.Parse(row["number"], System.Globalization.CultureInfo.InvariantCulture))
                .Select(row => row["state"])));

        // With or without the property, each trial runs once.
        using var last = Run(folder, "after", "loss=3,10:loss=2", "5", "--reevaluate");
        Assert.Contains("best loss 2 at trial 10", Summary(last), StringComparison.Ordinal);
        var rows = folder.Rows();
        Assert.Equal((11, 5), (rows.Length, rows.Count(row => row["state"] == "complete")));
        Assert.DoesNotContain(Remark, Summary(last) + File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_fails_with_the_new_inputs_has_no_result_any_more_and_the_others_keep_theirs()
    {
        using var folder = new SearchFolder();
        using var first = Run(folder, "before", "loss=-1,2:loss=-5", "5");
        using var again = Run(folder, "after", "5:throw,loss=3", "5", "--reevaluate");
        var row = folder.Rows().Single(row => row["number"] == "2");
        Assert.Equal(("repeated", ""), (row["state"], row["loss"]));
        Assert.Equal(4, folder.Rows().Count(each => each["state"] == "complete"));
        Assert.Contains("best loss 3 at trial 6", Summary(again), StringComparison.Ordinal);
        Assert.Contains(
            "     1 earlier result no longer counts: run again with today's inputs, its trial gave none\n",
            Summary(again),
            StringComparison.Ordinal);
        Assert.Contains("5 trials in ", Summary(again), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_seed_in_mid_study_is_another_input()
    {
        using var folder = new SearchFolder();
        using var first = Run(folder, "code", "loss=-1", "3", "--random-seed", "3");
        using var other = Run(folder, "code", "", "4", "--random-seed", "8");
        Assert.Contains(
            other.Events("message"),
            fields => fields[1] == "Scripted: goes on after 3 finished trials, now with seed 8 instead of 3: the default split has other rows, and steps get other random numbers");
        Assert.StartsWith(
            "Since the last trials of this study there are changes: seed 3 -> 8. 3 finished trials from before count",
            Assert.Single(other.Events("warning"))[4],
            StringComparison.Ordinal);
        Assert.Contains("was computed from other inputs than today's: seed 3 -> 8", Summary(other), StringComparison.Ordinal);
        using var back = Run(folder, "code", "throw", "4", "--random-seed", "3");
        Assert.DoesNotContain("other inputs", Summary(back), StringComparison.Ordinal);
    }

    [Fact]
    public void The_final_run_is_done_again_when_the_inputs_changed_and_only_then()
    {
        using var folder = new SearchFolder();
        var (best, previous) =
            (Path.Combine(folder.Output, folder.Study, "best"), Path.Combine(folder.Output, folder.Study, "best.previous"));
        using var first = RunFinal(folder, "before", "1:loss=-1", "3");
        var note = File.ReadAllText(Path.Combine(best, "final_run.json"));
        Assert.Contains("\"trial\": 1,", note, StringComparison.Ordinal);
        using var same = RunFinal(folder, "before", "throw", "3");
        Assert.Empty(same.Events("warning"));
        Assert.Contains("     test: loss ", Summary(same), StringComparison.Ordinal);
        Assert.False(Directory.Exists(previous));

        using var changed = RunFinal(folder, "after", "-1:print=anew", "3");
        Assert.Contains(changed.Events("message"), fields => fields[1].Contains("nothing was run but the final run, the study is complete: it has 3 trials.", StringComparison.Ordinal));
        Assert.Contains(changed.Events("message"), fields => fields[1] == "Scripted: the earlier final run is of another trial or of other inputs than today's, and is now in HyperOptResults/study/best.previous");
        Assert.Contains("anew", File.ReadAllText(Path.Combine(best, "stdout.log")), StringComparison.Ordinal);
        Assert.Equal(note, File.ReadAllText(Path.Combine(previous, "final_run.json")));
        Assert.NotEqual(note, File.ReadAllText(Path.Combine(best, "final_run.json")));
    }

    [Fact]
    public void The_folder_best_never_contradicts_best_yaml_when_a_search_is_interrupted()
    {
        using var folder = new SearchFolder();
        var best = Path.Combine(folder.Output, folder.Study, "best");
        using var first = RunFinal(folder, "code", "1:loss=-1", "3");
        using var cut = folder.Start("3:loss=-2,4:pid,4:hang", ["--max-evals", "6", "--inputs", Inputs(folder, "code")], [Final]);
        ProcessList.WaitForPid(folder.Trial(4, "worker.pid"));
        Assert.Contains("loss -2 at trial 3", File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
        Assert.False(Directory.Exists(best));
        cut.Signal("INT");
        Assert.Equal(130, cut.WaitForExit());
        Assert.False(Directory.Exists(best));
        Assert.Contains("\"trial\": 1,", File.ReadAllText(Path.Combine(best + ".previous", "final_run.json")), StringComparison.Ordinal);

        // An interrupted final run is no result either, and the next call repeats it.
        using var cutAgain = folder.Start("-1:hang", ["--max-evals", "6", "--inputs", Inputs(folder, "code")], [Final]);
        HostProcess.WaitUntil(() => File.Exists(Path.Combine(best, "parameters.yaml")), "the final run");
        cutAgain.Signal("INT");
        Assert.Equal(130, cutAgain.WaitForExit());
        using var whole = RunFinal(folder, "code", "", "6");
        Assert.Contains("\"trial\": 3,", File.ReadAllText(Path.Combine(best, "final_run.json")), StringComparison.Ordinal);
        Assert.Contains("\"trial\": 1,", File.ReadAllText(Path.Combine(best + ".previous", "final_run.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_of_other_inputs_that_arrive_while_a_search_runs_are_a_warning()
    {
        using var folder = new SearchFolder();
        using var one = folder.Start("0:wait_for=go", ["--max-evals", "4", "--inputs", Inputs(folder, "mine", "one.list")]);
        HostProcess.WaitUntil(() => File.Exists(folder.Trial(0, "parameters.yaml")), "trial 0");
        using var other = folder.Start("", ["--max-evals", "4", "--inputs", Inputs(folder, "theirs", "other.list")]);
        HostProcess.WaitUntil(() => folder.CompleteTrials() == 3, "three trials of the other");
        File.WriteAllText(Path.Combine(folder.Root, "go"), "");
        Assert.Equal((0, 0), (one.WaitForExit(), other.WaitForExit()));
        foreach (var (host, count) in new[] { (one, "3 trials"), (other, "1 trial") })
        {
            var warning = Assert.Single(host.Events("warning"));
            Assert.Equal("LOGML2018", warning[0]);
            Assert.StartsWith($"While the search ran, another one has run {count} of the study, computed from other inputs: Steps.cs changed.", warning[4], StringComparison.Ordinal);
        }
    }

    private static string Final => TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "true");

    private static HostProcess Run(SearchFolder folder, string code, string script, string maxEvals, params string[] further) =>
        folder.Run(0, script, ["--max-evals", maxEvals, "--inputs", Inputs(folder, code), .. further]);

    private static HostProcess RunFinal(SearchFolder folder, string code, string script, string maxEvals) =>
        folder.Run(0, script, ["--max-evals", maxEvals, "--inputs", Inputs(folder, code)], [Final]);

    private static string Summary(HostProcess host) => string.Concat(host.Events("summary").Select(fields => fields[0] + "\n"));

    private static string Inputs(SearchFolder folder, string code, string list = "inputs")
    {
        var (file, path) = (Path.Combine(folder.Root, "Steps.cs"), Path.Combine(folder.Root, list));
        File.WriteAllText(file, code);
        File.WriteAllText(path, $"code\t{file}\n");
        return path;
    }
}

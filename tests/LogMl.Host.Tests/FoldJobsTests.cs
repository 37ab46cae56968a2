using LogMl.Host.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Trials whose folds run in several workers at the same time, with the real host and real workers.</summary>
public sealed class FoldJobsTests
{
    private const string Pruner = """{"name":"fold_bound","options":{"lower_bound":0}}""";
    private const string Broken = "System.InvalidOperationException: The data are broken.";

    [Fact]
    public void Folds_in_several_workers_give_what_one_worker_gives_whatever_their_speed()
    {
        using var one = new SearchFolder();
        using var host = Run(one, 1, Script(_ => "", _ => "", ""));
        using var two = new SearchFolder();
        using var other = Run(two, -1, Script(trial => $"wait~f{trial}|", trial => $"make~f{trial}|", ""));
        using var three = new SearchFolder();
        using var third = Run(three, 2, Script(_ => "", _ => "sleep~50|", "sleep~200|"));

        var expected = one.Rows();
        Assert.Equal("complete complete pruned complete pruned", string.Join(' ', expected.Select(row => row["state"])));
        Assert.Equal("3", expected[0]["loss"]);
        foreach (var folder in (SearchFolder[])[two, three])
        {
            Assert.Equal(expected.Select(Result), folder.Rows().Select(Result));
            for (var trial = 0; trial < expected.Length; trial++)
            {
                Assert.Equal(one.ReadTrial(trial, "intermediate.csv"), folder.ReadTrial(trial, "intermediate.csv"));
            }
        }

        Assert.DoesNotContain(host.Events("message"), fields => fields[1].Contains("run at the same time", StringComparison.Ordinal));
        Assert.Contains(
            "Scripted: cross_validation: up to 2 folds of a trial run at the same time",
            other.Events("message").Select(fields => fields[1]));

        // What a fold that does not count has printed is gone, and each other one has printed into its own folder.
        Assert.Equal(["fold-0", "fold-1"], Folds(two, 2));
        Assert.Contains("out of trial 2: é second", two.ReadTrial(2, "fold-1/stdout.log"), StringComparison.Ordinal);
        Assert.DoesNotContain("out of trial 2: é second", two.ReadTrial(2, "fold-0/stdout.log"), StringComparison.Ordinal);

        // Folds that wait for the next one are in trials that never run at the same time.
        static string Script(Func<int, string> first, Func<int, string> second, string third) =>
            $"0:folds=2|{first(0)}attribute~a=1;4|{second(0)}attribute~a=2|attribute~b=2;3|{third}attribute~a=3,"
            + "1:folds=3.01;3.03|attribute~a=2;3.04,"
            + $"2:folds=5|{first(2)}print~first;5.9|{second(2)}print~second;9|{third}attribute~late=1|print~third,"
            + "3:folds=1;1;8,4:folds=9.5;0;0";

        static string Result(Dictionary<string, string> row) => string.Join(
            ' ', row.Where(cell => cell.Key is not ("seconds" or "started" or "finished")).Select(cell => $"{cell.Key}={cell.Value}"));
    }

    [Fact]
    public void The_stored_end_of_the_output_is_that_of_the_fold_because_of_which_the_trial_failed()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, 2,
            "0:folds=1|print~first;2|print~second|throw;3|sleep~100|print~third,"
            + "1:folds=1|print~one;NaN|print~two;3|print~three,2:folds=1;2",
            3);

        var outputs = FailOutputTests.Outputs(StudyStorages.Sqlite(Path.Combine(folder.Output, folder.Study, "study.db")), folder.Study);
        Assert.Contains("é second\n", outputs[0], StringComparison.Ordinal);
        Assert.DoesNotContain("é first", outputs[0], StringComparison.Ordinal);
        Assert.Contains("é two\n", outputs[1], StringComparison.Ordinal);
        Assert.DoesNotContain("é three", outputs[1], StringComparison.Ordinal);
        Assert.Null(outputs[2]);
    }

    [Fact]
    public void A_fold_whose_worker_is_killed_is_run_again_alone_with_its_own_files_and_only_as_often_as_a_trial_is()
    {
        using var folder = new SearchFolder();
        var notes = Directory.CreateTempSubdirectory("logml-notes");
        try
        {
            const string Script =
                "0:folds=1|note;2|checkpoint|kill_first~k|note;3|note,"
                + "1:folds=1|wait~k2;2|kill_first~k1|kill_first~k2;3,2:folds=1;2;3";
            using var host = Run(folder, -1, Script, 3, environment: "LOGML_TEST_NOTES=" + notes.FullName);

            var rows = folder.Rows();
            Assert.Equal("complete failed complete", string.Join(' ', rows.Select(row => row["state"])));
            Assert.Equal("2", rows[0]["loss"]);
            Assert.Equal("of trial 0", rows[0]["user_attrs_resumed"]);
            Assert.Equal(3, Directory.GetFiles(notes.FullName).Length);
            Assert.StartsWith("The worker process ended in the middle of the trial", rows[1]["message"], StringComparison.Ordinal);
            Assert.DoesNotContain("fold-2", Folds(folder, 1));
            Assert.Single(
                host.Events("message"),
                fields => fields[1].StartsWith("Scripted: fold 1 of trial 0 was cut off, and is run again: ", StringComparison.Ordinal)
                    || fields[1].StartsWith("Scripted: fold 1 of trial 1 was cut off, and is run again: ", StringComparison.Ordinal));
            Assert.Contains(
                "     2 folds were run again, because their processes were killed", host.Events("summary").Select(fields => fields[0]));
        }
        finally
        {
            notes.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_first_fold_that_fails_is_the_reason_and_of_those_after_it_nothing_is_kept()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, -1,
            "0:folds=1|wait~f1|attribute~a=1|throw;2|attribute~b=1|print~x|make~f1|fail_fast;3,"
            + "1:folds=1;2|print~x|throw;3,2:throw,3:folds=1;2;4", 4);

        var rows = folder.Rows();
        Assert.Equal("failed failed failed complete", string.Join(' ', rows.Select(row => row["state"])));
        Assert.Equal([Broken, Broken, Broken], rows.Take(3).Select(row => row["message"]));
        Assert.Equal("1", rows[0]["user_attrs_a"]);
        Assert.DoesNotContain("user_attrs_b", rows[0].Keys);
        Assert.Equal(["fold-0"], Folds(folder, 0));
        Assert.Contains("fold-1", Folds(folder, 1));
        Assert.DoesNotContain("fold-2", Folds(folder, 1));
        Assert.Contains("This was in fold 1, whose output is in fold-1.", folder.ReadTrial(1, "error.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fold_that_does_not_matter_any_more_leaves_its_worker_to_the_next_trial()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, -1, 
            "0:folds=1;1;1,1:folds=1;1;1,2:folds=9|wait~h;1|make~h|hang;1,3:folds=.5;.5;.5,"
            + "4:folds=9|wait~d;1|make~d|delay~600000;1,5:folds=.1;.1;.1", 6);
        Assert.Equal("complete complete pruned complete pruned complete", string.Join(' ', folder.Rows().Select(row => row["state"])));
    }

    [Fact]
    public void The_folds_of_a_trial_have_its_time_limit_together()
    {
        using var folder = new SearchFolder();
        const string Sleep = "|sleep~900";
        using var host = Start(folder, -1, $"0:folds=1{Sleep};1{Sleep};1{Sleep};1{Sleep};1", 1, ["--trial-timeout", "3s"]);
        Assert.Equal(1, host.WaitForExit());
        Assert.StartsWith(
            "the trial took longer than trial_timeout (3 s)", Assert.Single(folder.Rows())["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_is_stopped_in_the_middle_of_folds_gives_the_trial_back_with_the_files_of_each_fold()
    {
        using var folder = new SearchFolder();
        using (var host = Start(folder, -1, "0:folds=1|checkpoint|pid|hang;2|checkpoint|pid|hang;3", 1))
        {
            ProcessList.WaitForPid(folder.Trial(0, "fold-0/worker.pid"));
            ProcessList.WaitForPid(folder.Trial(0, "fold-1/worker.pid"));
            host.Signal("INT");
            Assert.Equal(130, host.WaitForExit());
        }

        using var again = Run(folder, -1, "0:folds=1;2|checkpoint;3", 1);
        var row = Assert.Single(folder.Rows());
        Assert.Equal(("complete", "2", "of trial 0"), (row["state"], row["loss"], row["user_attrs_resumed"]));
    }

    [Theory]
    [InlineData("1", -1, "cross_validation: n_jobs has no effect with one worker, which runs the folds of a trial one after the other; set workers")]
    [InlineData("2", 8, "cross_validation: up to 2 folds of a trial run at the same time, and not 8 (n_jobs), because there are 2 workers")]
    public void What_bounds_the_number_of_folds_at_the_same_time_is_said(string workers, int jobs, string message)
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, jobs, "folds=1;2;6", 1, options: ["--workers", workers]);
        Assert.Contains("Scripted: " + message, host.Events("message").Select(fields => fields[1]));
        Assert.Equal("3", Assert.Single(folder.Rows())["loss"]);
    }

    private static IEnumerable<string> Folds(SearchFolder folder, int trial) =>
        Directory.GetDirectories(folder.Trial(trial, "")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static HostProcess Run(
        SearchFolder folder, int jobs, string script, int evaluations = 5, string[]? options = null, string? environment = null)
    {
        var host = Start(folder, jobs, script, evaluations, options, environment);
        var exitCode = host.WaitForExit();
        Assert.True(exitCode == 0, host.Text);
        return host;
    }

    private static HostProcess Start(
        SearchFolder folder, int jobs, string script, int evaluations, string[]? options = null, string? environment = null)
    {
        var manifest = SearchTests.Manifest("true", "false", $"\"pruner\":{Pruner}");
        manifest = manifest[..manifest.LastIndexOf('}')]
            + ", \"cross_validation\": { \"method\": \"LeaveOneOut\" }" + (jobs == 1 ? "" : $", \"fold_jobs\": {jobs}") + "}";
        return folder.Start(
            script,
            ["--max-evals", $"{evaluations}", "--workers", "2", "--deterministic", "true", "--random-seed", "7", .. options ?? []],
            [TestWorkflow.ManifestVariable + "=" + manifest, .. environment is null ? (string[])[] : [environment]]);
    }
}

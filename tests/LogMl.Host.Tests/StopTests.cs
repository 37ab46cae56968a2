using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Results;
using LogMl.Host.Tests.Faults;
using LogMl.Host.Tests.Kit;
using static LogMl.Host.Tests.Kit.ProcessList;

namespace LogMl.Host.Tests;

/// <summary>Searches that end early: no finished trial is lost, and no process stays.</summary>
public sealed class StopTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_cancelled_search_keeps_what_is_finished_and_leaves_no_process(string signal)
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("pid,3:child=600,3:hang", ["--max-evals", "50"]);
        var worker = WaitForPid(folder.Trial(3, "worker.pid"));
        var child = WaitForPid(folder.Trial(3, "child.pid"));
        HostProcess.WaitUntil(() => File.Exists(folder.BestYaml), "a best trial");
        host.Signal(signal);
        Assert.Equal(130, host.WaitForExit());

        Assert.Equal("complete complete complete", string.Join(' ', folder.Rows().Select(row => row["state"])));
        Assert.Contains(host.Events("summary"), fields => fields[0].Contains("best loss", StringComparison.Ordinal));
        Assert.Empty(host.Events("error"));
        AssertGone(worker, child);
    }

    [Fact]
    public void A_cancelled_search_of_a_large_study_makes_no_report_and_says_so()
    {
        using var folder = new SearchFolder { HasReport = true };
        using var begun = folder.Run(0, "", ["--max-evals", "1"]);
        var report = Path.Combine(folder.Output, folder.Study, "report.html");
        Assert.True(File.Exists(report));
        File.Delete(report);

        // The first trial 2,000 times more.
        StoppedSearch.Execute(Path.Combine(folder.Output, folder.Study, StudyFolder.DatabaseFile), """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete)
            SELECT n.i, t.study_id, t.state, t.datetime_start, t.datetime_complete FROM n, trials t WHERE t.number = 0;
            INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
            SELECT t.trial_id, p.param_name, p.param_value, p.distribution_json FROM trials t, trial_params p
            JOIN trials f ON f.trial_id = p.trial_id AND f.number = 0 WHERE t.number > 0;
            INSERT INTO trial_values (trial_id, objective, value, value_type)
            SELECT t.trial_id, v.objective, v.value, v.value_type FROM trials t, trial_values v
            JOIN trials f ON f.trial_id = v.trial_id AND f.number = 0 WHERE t.number > 0;
            """);
        using var host = folder.Start("pid,hang", ["--max-evals", "3000"]);
        WaitForPid(folder.Trial(2001, "worker.pid"));
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());

        Assert.Contains(
            "Scripted: the report of this large study takes longer than a search that is cancelled has; -t:HyperOptReport writes it",
            host.Events("message").Select(fields => fields[1]));
        Assert.False(File.Exists(report));
        Assert.True(File.Exists(Path.Combine(folder.Output, folder.Study, "result.json")));
    }

    [Fact]
    public void A_search_that_is_cancelled_before_it_has_a_result_says_so_by_its_name()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("pid,hang");
        WaitForPid(folder.Trial(0, "worker.pid"));
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
        var lines = host.Events("summary").Select(fields => fields[0]).ToArray();
        Assert.Equal(["Scripted: no trial is complete", "     0 trials, then it was cancelled"], lines[..2]);
    }

    [Fact]
    public void A_trial_that_observes_its_token_ends_at_once()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("pid,1:delay=600000");
        var worker = WaitForPid(folder.Trial(1, "worker.pid"));
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
        Assert.Equal("complete", string.Join(' ', folder.Rows().Select(row => row["state"])));
        AssertGone(worker);
    }

    [Fact]
    public void When_the_host_is_killed_its_workers_end_by_themselves()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("pid,hang", ["--workers", "2"]);
        var workers = new[] { WaitForPid(folder.Trial(0, "worker.pid")), WaitForPid(folder.Trial(1, "worker.pid")) };
        host.Signal("KILL");
        AssertGone(workers);
    }

    [Fact]
    public void When_the_build_is_gone_the_host_stops()
    {
        using var folder = new SearchFolder();
        using var build = Process.Start("sleep", ["600"]);
        using var host = folder.Start("pid,1:hang", ["--parent-process", build.Id.ToString(CultureInfo.InvariantCulture)]);
        var worker = WaitForPid(folder.Trial(1, "worker.pid"));
        build.Kill();
        build.WaitForExit();
        Assert.Equal(130, host.WaitForExit());
        AssertGone(worker);
    }

    [Fact]
    public void When_the_build_has_ended_and_nobody_asks_how_the_host_stops()
    {
        using var folder = new SearchFolder();

        // The process becomes tail, which inherits the shell's child and never waits for it.
        using var parent = Process.Start(
            new ProcessStartInfo("sh", ["-c", "sleep 600 & echo $!; exec tail -f /dev/null"]) { RedirectStandardOutput = true })!;
        var build = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        HostProcess.WaitUntil(() => File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{parent.Id}/comm")) == "tail\n", "the parent");
        using var host = folder.Start("pid,1:hang", ["--parent-process", build.ToString(CultureInfo.InvariantCulture)]);
        var worker = WaitForPid(folder.Trial(1, "worker.pid"));
        Signal(build, "KILL");
        Assert.Equal(130, host.WaitForExit());
        Assert.True(Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{build}")), "The build was to stay as a zombie.");
        AssertGone(worker);
        parent.Kill();
    }

    [Fact]
    public void When_nobody_reads_any_more_what_it_tells_the_host_stops()
    {
        using var folder = new SearchFolder { Launcher = ["sh", "-c", "\"$@\" | head -n 2", "sh"] };
        using var host = folder.Start("hang");

        // The shell waits for both of them.
        Assert.Equal(0, host.WaitForExit());
        Assert.Single(host.Events("started"));
    }

    [Fact]
    public void When_the_time_is_over_the_search_ends_with_what_there_is()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,2:hang", ["--timeout", "10", "--max-evals", "50"]);
        Assert.Equal("complete complete", string.Join(' ', folder.Rows().Select(row => row["state"])));
        Assert.Contains(host.Events("summary"), fields => fields[0].Contains("the time was over", StringComparison.Ordinal));
        AssertGone(WaitForPid(folder.Trial(2, "worker.pid")));
    }

    [Fact]
    public void Time_that_is_over_before_any_trial_is_an_error()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "hang", ["--timeout", "0.5"]);
        Assert.Equal("LOGML2010", Assert.Single(host.Events("error"))[0]);
    }

    [Theory]
    [InlineData(1, "complete repeated complete complete complete")]
    [InlineData(0, "complete failed complete complete")]
    public void The_trial_of_a_worker_that_is_killed_from_outside_is_repeated_unless_that_is_not_wanted(int maxRetries, string expected)
    {
        using var folder = new SearchFolder();
        using var host =
            folder.Start("pid,1:hang", ["--max-evals", "4", "--max-retries", maxRetries.ToString(CultureInfo.InvariantCulture)]);
        ProcessList.Signal(ProcessList.WaitForPid(folder.Trial(1, "worker.pid")), "KILL");
        Assert.Equal(0, host.WaitForExit());
        Assert.Equal(expected, string.Join(' ', folder.Rows().Select(row => row["state"])));
        Assert.Contains("SIGKILL", folder.Rows()[1]["message"], StringComparison.Ordinal);
    }
}

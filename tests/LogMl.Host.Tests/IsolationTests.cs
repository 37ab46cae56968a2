using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>A trial can do much to its process and to the machine. None of it reaches another trial, and nothing stays behind.</summary>
public sealed class IsolationTests
{
    private const string Descendants = "pid,0:child=600,0:orphan=600,0:session=600";

    private static readonly string[] PidFiles = ["worker.pid", "child.pid", "orphan.pid", "session.pid"];

    [Fact]
    public void What_steps_have_started_ends_with_the_search()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, Descendants, ["--max-evals", "2"]);
        ProcessList.AssertGone(Pids(folder));
    }

    [Fact]
    public void What_steps_have_started_ends_when_the_search_is_cancelled()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start(Descendants + ",1:hang");
        var all = Pids(folder, waitForTrial: 1);
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
        ProcessList.AssertGone(all);
    }

    [Fact]
    public void What_steps_have_started_ends_with_a_worker_that_dies()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start(Descendants + ",0:exit=3,1:hang");
        var all = Pids(folder, waitForTrial: 1);
        ProcessList.AssertGone(all);
        host.Signal("TERM");
        Assert.Equal(130, host.WaitForExit());
    }

    [Fact]
    public void What_steps_have_started_ends_when_the_host_is_killed()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start(Descendants + ",hang");
        var all = Pids(folder);
        host.Signal("KILL");
        ProcessList.AssertGone(all);
    }

    [Fact]
    public void What_steps_have_started_ends_when_the_build_is_killed()
    {
        using var folder = new SearchFolder();
        using var build = Process.Start("sleep", ["600"]);
        using var host = folder.Start(Descendants + ",hang", ["--parent-process", build.Id.ToString(CultureInfo.InvariantCulture)]);
        var all = Pids(folder);
        build.Kill();
        build.WaitForExit();
        Assert.Equal(130, host.WaitForExit());
        ProcessList.AssertGone(all);
    }

    [Fact]
    public void An_exception_with_a_message_of_any_length_costs_one_trial_and_is_stored_in_short()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,1:throw_long=200000000,2:throw_long=1000000", ["--max-evals", "4"]);
        var rows = folder.Rows();
        Assert.Equal("complete failed failed complete", string.Join(' ', rows.Select(row => row["state"])));
        Assert.All(rows[1..3], row => Assert.InRange(row["message"].Length, 1000, 5000));
        Assert.All(rows[1..3], row => Assert.StartsWith("System.InvalidOperationException: xxx", row["message"], StringComparison.Ordinal));
        Assert.InRange(new FileInfo(folder.Trial(1, "error.txt")).Length, 1000, 100_000);

        // One process has run all of them.
        Assert.Single(Enumerable.Range(0, 4).Select(number => folder.ReadTrial(number, "worker.pid")).Distinct());
    }

    [Fact]
    public void A_process_of_somebody_else_is_left_alone()
    {
        using var other = Process.Start("sleep", ["600"]);
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,child=600,1:kill", ["--max-evals", "3", "--workers", "2"]);
        Assert.True(LinuxProcess.IsAlive(other.Id));
        other.Kill();
    }

    [Fact]
    public void A_worker_leads_a_group_and_is_what_the_kernel_takes_first()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("pid,hang");
        var worker = ProcessList.WaitForPid(folder.Trial(0, "worker.pid"));
        var stat = File.ReadAllText($"/proc/{worker}/stat");
        Assert.Equal(worker.ToString(CultureInfo.InvariantCulture), stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2]);
        Assert.Equal("1000", File.ReadAllText($"/proc/{worker}/oom_score_adj").TrimEnd());
        Assert.Equal(File.ReadAllText("/proc/self/oom_score_adj"), File.ReadAllText($"/proc/{host.Id}/oom_score_adj"));
        host.Signal("TERM");
        host.WaitForExit();
    }

    [Fact]
    public void A_trial_that_prints_a_gigabyte_keeps_the_beginning_and_costs_the_host_no_memory()
    {
        const int Most = 16 * 1024 * 1024;
        using var folder = new SearchFolder();
        using var host = folder.Start("0:print=before,0:print_megabytes=1000,print=after", ["--max-evals", "2"]);
        var peak = 0L;
        HostProcess.WaitUntil(
            () =>
            {
                peak = Math.Max(peak, PeakKilobytes(host.Id));
                return host.Events("progress") is [.., ["2", ..]];
            },
            "two trials");
        Assert.Equal(0, host.WaitForExit());

        Assert.All(folder.Rows(), row => Assert.Equal("complete", row["state"]));
        var log = folder.ReadTrial(0, "stdout.log");
        Assert.StartsWith("creating", log, StringComparison.Ordinal);
        Assert.Contains("out of trial 0: é before", log, StringComparison.Ordinal);
        var dropped = new FileInfo(folder.Trial(0, "stdout.log")).Length - Most;
        Assert.InRange(dropped, 1, 100);
        var printed = 1_000_000_000L - Most;
        var note = log[log.LastIndexOf('[')..];
        Assert.Matches(@"^\[LogMl: [0-9]+ more bytes were printed and are not kept\]\n$", note);
        Assert.InRange(long.Parse(note.Split(' ')[1], CultureInfo.InvariantCulture), printed, printed + 200);
        Assert.Contains("out of trial 1: é after", folder.ReadTrial(1, "stdout.log"), StringComparison.Ordinal);
        Assert.InRange(peak, 1, 250_000);
    }

    [Fact]
    public void A_worker_whose_output_a_trial_has_closed_is_replaced()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,print=x,print_native,1:close_descriptors", ["--max-evals", "4"]);
        Assert.All(folder.Rows(), row => Assert.Equal("complete", row["state"]));
        for (var number = 0; number < 4; number++)
        {
            Assert.Contains($"out of trial {number}: é x\n", folder.ReadTrial(number, "stdout.log"), StringComparison.Ordinal);
            Assert.Equal(
                number != 1, folder.ReadTrial(number, "stdout.log").Contains($"native out of trial {number}\n", StringComparison.Ordinal));
            Assert.DoesNotContain("LOGML-END", folder.ReadTrial(number, "stdout.log"), StringComparison.Ordinal);
        }

        var workers = Enumerable.Range(0, 4).Select(number => folder.ReadTrial(number, "worker.pid")).ToArray();
        Assert.Equal(workers[0], workers[1]);
        Assert.NotEqual(workers[1], workers[2]);
        Assert.Equal(workers[2], workers[3]);
    }

    [Fact]
    public void A_missing_native_library_is_told_with_the_first_trial()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "library_missing", ["--max-evals", "2"]);
        var warning = Assert.Single(host.Events("warning"));
        Assert.Equal("LOGML2007", warning[0]);
        Assert.Contains("System.DllNotFoundException", warning[4], StringComparison.Ordinal);
        Assert.Contains("logml_no_such_library", warning[4], StringComparison.Ordinal);
    }

    private static int[] Pids(SearchFolder folder, int waitForTrial = 0)
    {
        int[] all = [.. PidFiles.Select(file => ProcessList.WaitForPid(folder.Trial(0, file)))];
        ProcessList.WaitForPid(folder.Trial(waitForTrial, "worker.pid"));
        return all;
    }

    private static long PeakKilobytes(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

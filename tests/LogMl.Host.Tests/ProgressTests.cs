using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>The progress of a search. docs/architecture.md, seam 4, lists the fields of the event <c>progress</c>.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void A_search_that_hangs_tells_how_many_trials_run_for_how_long_and_in_which_step_and_promises_no_end()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("0:hang", ["--max-evals", "5", "--workers", "2"]);
        HostProcess.WaitUntil(
            () => Told(host).Any(progress => progress is { Finished: "4", Running: "1", Step: "model_train", Eta: "" } && progress.Age > 5),
            "a progress that tells the hanging trial");

        // This holds before any trial has ended too.
        var first = Told(host)[0];
        Assert.True(first.Finished != "0" || first.Running != "0", "The first progress has neither a finished nor a running trial.");
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
    }

    [Fact]
    public void Before_the_first_trial_ends_the_search_tells_that_trials_run()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("hang", ["--max-evals", "5", "--workers", "2"]);
        HostProcess.WaitUntil(() => Told(host).Any(progress => progress is { Finished: "0", Running: "2", Step: "model_train", Eta: "" }), "a progress with two running trials");
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
    }

    [Fact]
    public void Failed_and_pruned_trials_are_counted_and_the_first_failure_is_told_at_once_with_number_reason_and_file()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(
            0, "1:give_up,3:throw,5:throw_long=4000", ["--max-evals", "7", "--shell-directory", Path.GetDirectoryName(folder.Root)!]);

        var file = Path.Combine(Path.GetFileName(folder.Root), "HyperOptResults", "study", "trials", "3", "error.txt");
        var message = Assert.Single(Messages(host), text => text.Contains("failed", StringComparison.Ordinal));
        Assert.Equal(
            $"Scripted: trial 3 failed: model_train: System.InvalidOperationException: The data are broken. (see {file})", message);
        Assert.DoesNotContain(host.Events("warning"), fields => fields[0] == "LOGML2007");
        var last = Told(host)[^1];
        Assert.Equal(("7", "2", "1"), (last.Finished, last.Failed, last.Pruned));

        // The first failure comes with its trial, and a later one with one of the next events. A long one is cut in the event, and whole in
        // its file.
        var failures = Told(host).Select(progress => progress.Failure).Where(failure => failure.Length > 0).ToArray();
        Assert.StartsWith("trial 3 failed: model_train: ", failures[0], StringComparison.Ordinal);
        Assert.StartsWith("trial 5 failed: model_train: System.InvalidOperationException: xxx", failures[^1], StringComparison.Ordinal);
        Assert.InRange(failures[^1].Length, 200, 300);
        Assert.Contains(new string('x', 4000), folder.ReadTrial(5, "error.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_whose_worker_was_killed_is_told_and_is_not_counted_twice()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "2:kill,4:kill", ["--max-evals", "6"]);

        var message = Assert.Single(Messages(host), text => text.Contains("cut off", StringComparison.Ordinal));
        Assert.StartsWith("Scripted: trial 2 was cut off, and is run again: model_train: The worker process ended in the middle of the trial: exit code 137, SIGKILL", message, StringComparison.Ordinal);
        Assert.Contains(host.Events("summary"), line => line[0].StartsWith("     6 trials in ", StringComparison.Ordinal));
        Assert.All(Told(host), progress => Assert.Equal("0", progress.Failed));
    }

    [Fact]
    public void A_search_of_an_assembly_that_is_not_optimized_says_so_in_one_line()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "", ["--max-evals", "2"]);
        string[] expected = Repository.Configuration == "Debug"
            ? ["Scripted: LogMl.TestWorkflows.dll is not optimized (Debug). Trials mostly take less time when the command has -c Release; the study stays the same."]
            : [];
        Assert.Equal(expected, Messages(host));

        // When no trial runs, it has no effect.
        using var again = folder.Run(0, "", ["--max-evals", "2"]);
        Assert.DoesNotContain(Messages(again), text => text.Contains("-c Release", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_that_waits_for_the_trials_of_another_says_so_and_when_it_takes_over()
    {
        using var folder = new SearchFolder();
        using var one = folder.Start("0:hang", ["--max-evals", "3"]);
        HostProcess.WaitUntil(() => Told(one).Any(progress => progress.Running == "1"), "the trial that hangs");
        using var other = folder.Start("", ["--max-evals", "3"]);
        HostProcess.WaitUntil(() => Told(other).Any(progress => progress is { Finished: "2", Running: "0", Elsewhere: "1" }), "a progress that tells the trial of the other host");
        HostProcess.WaitUntil(
            () => Messages(other).Any(text => text.Contains("waits for trials that other processes run", StringComparison.Ordinal)),
            "the message that it waits");

        // The other host dies, and its trial runs here. It hangs only in the other host.
        one.Signal("KILL");
        Assert.Equal(0, other.WaitForExit());
        Assert.Equal("3", Told(other)[^1].Finished);
    }

    private static string[] Messages(HostProcess host) =>
        [.. host.Events("message").Where(fields => fields[0] == "high").Select(fields => fields[1])];

    private static Progress[] Told(HostProcess host) =>
    [
        .. host.Events("progress").Select(fields => new Progress(
            fields[0],
            fields[5],
            fields[7],
            fields[8],
            fields[9],
            fields[10].Length == 0 ? 0 : double.Parse(fields[10], CultureInfo.InvariantCulture),
            fields[11],
            fields[12],
            fields[13])),
    ];

    private sealed record Progress(
        string Finished,
        string Eta,
        string Failed,
        string Pruned,
        string Running,
        double Age,
        string Step,
        string Elsewhere,
        string Failure);
}

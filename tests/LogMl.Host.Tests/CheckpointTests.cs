using System.Globalization;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests;

/// <summary>What the steps of a trial that was cut off have left in its folder: real workers and hosts that are killed.</summary>
public sealed class CheckpointTests
{
    private static readonly string[] Options = ["--max-evals", "4", "--workers", "1"];

    [Fact]
    public void The_repetition_of_a_trial_whose_worker_was_killed_has_copies_of_the_files_of_its_steps()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "2:print=x,2:checkpoint,2:pipe,2:artifact=a,2:kill,3:checkpoint", Options);
        Assert.Equal(["", "", "", "of trial 2", ""], folder.Rows().Select(Resumed));
        Assert.Equal(["checkpoint.txt", "error.txt", "parameters.yaml", "pipe", "stderr.log", "stdout.log"], Files(folder, 2));

        // The new worker prints that it makes the data.
        Assert.Equal(["checkpoint.txt", "parameters.yaml", "stdout.log"], Files(folder, 3));
        Assert.Contains(
            host.Events("message").Select(fields => fields[1]),
            text => text.StartsWith(
                "Scripted: trial 3 goes on without what is no file, but a pipe, a socket or a device: '", StringComparison.Ordinal));
        foreach (var trial in (int[])[2, 3])
        {
            Assert.Equal("kept too", folder.ReadTrial(trial, Path.Combine("artifacts", "a", "below", "part.txt")));
        }
    }

    [Fact]
    public void A_trial_that_was_cancelled_has_its_files_when_it_is_run_again_under_its_number()
    {
        using var folder = new SearchFolder();
        CutOff(folder, 3, "INT", 130);
        folder.Run(0, "3:checkpoint", [.. Options, "--inputs", Inputs(folder, "before")]).Dispose();
        Assert.Equal("of trial 3", Resumed(folder.Rows()[3]));
        Assert.Equal(["checkpoint.txt", "parameters.yaml", "stdout.log"], Files(folder, 3));
    }

    [Theory]
    [InlineData("before", "of trial 3")]
    [InlineData("after", "")]
    public void The_repetition_of_a_trial_whose_host_was_killed_has_its_files_unless_the_code_has_changed(string code, string resumed)
    {
        using var folder = new SearchFolder();
        CutOff(folder, 3, "KILL", null);
        folder.Run(0, "4:checkpoint", [.. Options, "--inputs", Inputs(folder, code)]).Dispose();
        Assert.Equal(resumed, Resumed(folder.Rows()[4]));
    }

    [Fact]
    public void A_cancelled_trial_of_other_code_begins_anew()
    {
        using var folder = new SearchFolder();
        CutOff(folder, 3, "INT", 130);
        folder.Run(0, "3:checkpoint", [.. Options, "--inputs", Inputs(folder, "after")]).Dispose();
        Assert.Equal("", Resumed(folder.Rows()[3]));
    }

    [Fact]
    public void A_failed_trial_that_is_run_again_on_request_begins_anew()
    {
        using var folder = new SearchFolder();
        folder.Run(0, "1:checkpoint,1:throw", Options).Dispose();
        folder.Run(0, "checkpoint", [.. Options, "--retry-failed"]).Dispose();
        Assert.Equal("", Resumed(folder.Rows()[4]));
        Assert.Equal("of trial 4", folder.ReadTrial(4, "checkpoint.txt"));
        Assert.Equal("of trial 1", folder.ReadTrial(1, "checkpoint.txt"));
    }

    private static void CutOff(SearchFolder folder, int trial, string signal, int? exitCode)
    {
        var number = trial.ToString(CultureInfo.InvariantCulture);
        using var host = folder.Start(
            $"{number}:checkpoint,{number}:pid,{number}:hang", [.. Options, "--inputs", Inputs(folder, "before")]);
        ProcessList.WaitForPid(folder.Trial(trial, "worker.pid"));
        host.Signal(signal);
        var actual = host.WaitForExit();
        Assert.Equal(exitCode ?? actual, actual);
        File.Delete(folder.Trial(trial, "worker.pid"));
    }

    private static string Inputs(SearchFolder folder, string code)
    {
        var (file, path) = (Path.Combine(folder.Root, "Steps.cs"), Path.Combine(folder.Root, "inputs"));
        File.WriteAllText(file, code);
        File.WriteAllText(path, $"code\t{file}\n");
        return path;
    }

    private static string Resumed(Dictionary<string, string> row) => row.GetValueOrDefault("user_attrs_resumed", "");

    private static IEnumerable<string> Files(SearchFolder folder, int trial) =>
        Directory.GetFiles(folder.Trial(trial, "")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}

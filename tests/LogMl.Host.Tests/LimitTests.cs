using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>
/// trial_timeout and trial_memory: a trial that exceeds them fails and says so, and does not affect other trials. The limits are long
/// enough for ordinary trials on a busy machine.
/// </summary>
public sealed class LimitTests
{
    [Fact]
    public void A_trial_that_heeds_its_token_at_the_time_limit_leaves_its_worker_to_the_others()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,1:delay=600000", ["--max-evals", "3", "--trial-timeout", "4.5"]);
        AssertOnlyTrialOneFailed(folder, "the trial took longer than trial_timeout (4.5 s)");
        Assert.Equal("model_train", folder.Rows()[1]["step"]);
        Assert.Contains("TaskCanceledException", folder.ReadTrial(1, "error.txt"), StringComparison.Ordinal);
        Assert.Single(Workers(folder));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("spin")]
    public void A_trial_that_goes_on_at_the_time_limit_is_ended_with_its_worker(string action)
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, $"pid,1:child=600,1:{action}", ["--max-evals", "3", "--trial-timeout", "4"]);
        AssertOnlyTrialOneFailed(folder, "the trial took longer than trial_timeout (4 s), and its process was ended");
        Assert.Equal("model_train", folder.Rows()[1]["step"]);
        Assert.Equal(2, Workers(folder).Length);
        ProcessList.AssertGone(ProcessList.WaitForPid(folder.Trial(1, "child.pid")));
    }

    [Fact]
    public void A_loss_that_comes_after_the_time_limit_does_not_count()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,1:sleep=4500,1:loss=-100", ["--max-evals", "3", "--trial-timeout", "4"]);
        AssertOnlyTrialOneFailed(folder, "the trial took longer than trial_timeout (4 s)");
        Assert.Single(Workers(folder));
    }

    [Theory]
    [InlineData("hog_managed=3000")]
    [InlineData("hog_native=3000")]
    [InlineData("hog_child=3000")]
    public void A_trial_that_takes_all_memory_is_ended_at_the_limit(string action)
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, $"pid,1:{action}", ["--max-evals", "3", "--trial-memory", "300MB"]);
        AssertOnlyTrialOneFailed(folder, " of memory, more than trial_memory (300 MB), and its process was ended");
        Assert.Equal(2, Workers(folder).Length);
    }

    [Fact]
    public void A_trial_that_heeds_its_token_at_the_memory_limit_ends_by_itself_and_its_memory_with_the_worker()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,1:hog_politely=3000", ["--max-evals", "3", "--trial-memory", "300MB"]);
        AssertOnlyTrialOneFailed(folder, " of memory, more than trial_memory (300 MB)");
        Assert.Equal(2, Workers(folder).Length);
    }

    [Fact]
    public void Limits_of_the_yaml_hold_and_those_of_the_command_line_stand_in_front_of_them()
    {
        var manifest = TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false", "\"trial_timeout\":4,\"workers\":2,\"trial_memory\":2000000000,\"max_retries\":0");
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "pid,sleep=200,1:delay=600000", ["--max-evals", "6"], [manifest]);
        AssertOnlyTrialOneFailed(folder, "trial_timeout (4 s)");
        Assert.Equal(2, Workers(folder).Length);

        using var other = new SearchFolder();
        using var second = other.Run(0, "pid,1:delay=5000", ["--max-evals", "3", "--trial-timeout", "60", "--workers", "1"], [manifest]);
        Assert.All(other.Rows(), row => Assert.Equal("complete", row["state"]));
        Assert.Single(Workers(other));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, "--trial-timeout", "60")]
    [InlineData(1, "--trial-memory", "2GB")]
    public void A_trial_is_watched_only_when_it_has_a_limit(int watches, params string[] options)
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("pid,hang", options);
        ProcessList.WaitForPid(folder.Trial(0, "worker.pid"));
        Assert.Equal(watches, Directory.GetDirectories($"/proc/{host.Id}/task").Count(
            thread => File.ReadAllText(thread + "/comm").StartsWith("Limits of a tri", StringComparison.Ordinal)));
        host.Signal("TERM");
        Assert.Equal(130, host.WaitForExit());
    }

    private static void AssertOnlyTrialOneFailed(SearchFolder folder, string reason)
    {
        var rows = folder.Rows();
        Assert.All(rows.Where(row => row["number"] != "1"), row => Assert.Equal("complete", row["state"]));
        Assert.Equal(("failed", ""), (rows[1]["state"], rows[1]["loss"]));
        Assert.EndsWith(reason, rows[1]["message"], StringComparison.Ordinal);
    }

    private static string[] Workers(SearchFolder folder) =>
        [.. Enumerable.Range(0, folder.Rows().Length).Select(number => folder.ReadTrial(number, "worker.pid")).Distinct()];
}

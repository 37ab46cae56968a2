using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Pruned trials, with the real host and real workers.</summary>
public sealed class PruningTests
{
    private const string Threshold = """{"name":"threshold","options":{"upper":1,"warmup_steps":3}}""";

    [Fact]
    public void A_trial_that_reports_what_the_pruner_refuses_ends_as_pruned_at_that_step()
    {
        using var folder = new SearchFolder();
        using var host =
            Run(folder, 0, Threshold, "0:train=0.5,1:train=2,2:train_return=2,3:give_up,4:train_return=0.5,5:give_up_group", 6);
        var rows = folder.Rows();
        Assert.Equal("complete pruned pruned pruned complete pruned", string.Join(' ', rows.Select(row => row["state"])));
        Assert.All(rows, row => Assert.Equal(row["state"] == "pruned", row["loss"].Length == 0));
        Assert.Equal("step,value\n0,2\n1,2\n2,2\n3,2\n", folder.ReadTrial(1, "intermediate.csv"));
        Assert.Equal(folder.ReadTrial(1, "intermediate.csv"), folder.ReadTrial(2, "intermediate.csv"));
        Assert.Equal(11, folder.ReadTrial(4, "intermediate.csv").Count(c => c == '\n'));
        Assert.Contains(host.Events("progress"), fields => fields[6] == "pruned");
        Assert.Empty(host.Events("warning"));
        Assert.Contains(host.Events("summary"), line => line[0].Contains("6 trials in", StringComparison.Ordinal) && line[0].EndsWith(", of them 4 pruned", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_pruner_nothing_is_given_up()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, 0, null, "train=2,1:train_return=7", 3);
        Assert.All(folder.Rows(), row => Assert.Equal("complete", row["state"]));
    }

    [Fact]
    public void The_median_pruner_compares_with_earlier_trials()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, 0, """{"name":"median","options":{"startup_trials":3,"warmup_steps":2}}""", "0:train=1,1:train=2,2:train=1,3:train=1,4:train=5,5:train=0.5", 6);
        Assert.Equal("complete complete complete complete pruned complete", string.Join(' ', folder.Rows().Select(row => row["state"])));
        Assert.Equal("step,value\n0,5\n1,5\n2,5\n", folder.ReadTrial(4, "intermediate.csv"));
    }

    [Fact]
    public void A_search_in_which_every_trial_is_pruned_is_an_error()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, 1, Threshold, "train=3", 2);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2011", error[0]);
        Assert.Contains("2 trials were given up", error[4], StringComparison.Ordinal);
    }

    [Fact]
    public void The_final_run_is_never_given_up()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, 0, Threshold, "-1:train=3", 1, finalRun: true);
        Assert.Empty(host.Events("warning"));
        Assert.Equal(11, File.ReadAllText(Path.Combine(folder.Output, folder.Study, "best", "intermediate.csv")).Count(c => c == '\n'));
    }

    [Fact]
    public void Options_that_the_compiler_would_not_let_through_are_told()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, 1, """{"name":"threshold","options":{"uper":1}}""", "", 1);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2003", error[0]);
        Assert.Contains("'uper' is not an option of threshold; did you mean 'upper'?", error[4], StringComparison.Ordinal);
    }

    private static HostProcess Run(SearchFolder folder, int exitCode, string? pruner, string script, int evaluations, bool finalRun = false)
    {
        var manifest = SearchTests.Manifest("true", finalRun ? "true" : "false", pruner is null ? "" : $"\"pruner\":{pruner}");
        return folder.Run(exitCode, script, ["--max-evals", $"{evaluations}"], [TestWorkflow.ManifestVariable + "=" + manifest]);
    }
}

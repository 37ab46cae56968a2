using System.Diagnostics;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>The tool shows what a search has left in its own files.</summary>
public sealed class ToolTests
{
    [Fact]
    public void The_tool_writes_the_trials_as_trials_csv_and_the_best_one_as_best_yaml()
    {
        using var folder = new SearchFolder();
        const string Threshold = "\"pruner\":{\"name\":\"threshold\",\"options\":{\"upper\":1,\"warmup_steps\":3}}";
        using var host = folder.Run(
            0, "1:train=2,2:throw_inner,3:kill,4:train=0.5,5:give_up", ["--max-evals", "7", "--workers", "1"],
            [TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false", Threshold)]);
        Assert.Contains(folder.Rows(), row => row["state"] == "pruned");
        Assert.Contains(folder.Rows(), row => row["state"] == "repeated");
        var results = Path.Combine(folder.Output, folder.Study);
        string Tool(params string[] arguments) => BoundedProcess.Run(
            new ProcessStartInfo(CommandLine.Dotnet, ["exec", TestWorkflow.Tool, .. arguments, Path.Combine(results, "study.db")]));

        Assert.Equal(File.ReadAllText(Path.Combine(results, "best.yaml")), Tool("best", "--yaml"));
        Assert.Equal(
            File.ReadAllLines(Path.Combine(results, "trials.csv")).Order(StringComparer.Ordinal),
            Tool("trials", "--csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }
}

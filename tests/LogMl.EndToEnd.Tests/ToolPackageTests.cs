using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.EndToEnd.Tests;

/// <summary>The tool as users install it.</summary>
public sealed class ToolPackageTests
{
    [Fact]
    public async Task The_installed_tool_shows_the_best_trial_of_a_search_in_the_folder_of_its_project()
    {
        var feed = await PackedFeed.GetAsync();
        using var folder = new TempDirectory("installed");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "nuget.config"), feed.NuGetConfig());
        var tools = Path.Combine(folder.Path, "tools");
        var install = await CommandLine.DotnetAsync(
            folder.Path, ["tool", "install", "LogMl.Tool", "--tool-path", tools, "--version", feed.Version], folder);
        install.Expect(install.ExitCode == 0, "the tool is installed");
        var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "logml.exe" : "logml");

        // Without a study it says where it has looked.
        var nothing = await CommandLine.RunAsync(folder.Path, tool, ["best"], folder);
        nothing.Expect(nothing.ExitCode == 1, "the exit code 1").Shows("error LOGML3002: There is no study.db in the present folder");

        var results = Directory.CreateDirectory(Path.Combine(folder.Path, "HyperOptResults", "xor"));
        using (var storage = StudyStorages.Sqlite(Path.Combine(results.FullName, "study.db")))
        {
            using var study = StoredStudy.Open(
                storage, "xor", new SearchSpace { ["model_train.rate"] = Distribution.Uniform(0, 1) },
                new StudyOptions { Sampler = Samplers.Random(seed: 1) });
            study.Optimize(trial => trial.GetDouble("model_train.rate"), maxEvals: 5);
        }

        var best = await CommandLine.RunAsync(folder.Path, tool, ["best", "--yaml"], folder);
        best.Expect(best.ExitCode == 0, "the exit code 0").Shows("# xor: loss 0.").Shows("functions:").Shows("    rate: 0.");
    }
}

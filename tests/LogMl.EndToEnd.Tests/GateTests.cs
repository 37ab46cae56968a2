using System.Text.RegularExpressions;
using LogMl.TestKit;
using YamlDotNet.Serialization;

namespace LogMl.EndToEnd.Tests;

/// <summary>
/// The workflow of GitHub Actions in the README: it can be read, and its commands tune, go on, and fail when the code gets worse.
/// </summary>
public sealed partial class GateTests
{
    [Fact]
    public async Task The_commands_of_the_readme_go_on_from_the_last_search_and_fail_when_the_code_has_become_worse()
    {
        var steps = Steps();
        Assert.Equal(
            ["actions/checkout@v4", "actions/setup-dotnet@v4", "actions/upload-artifact@v4"],
            steps.Select(step => step.GetValueOrDefault("uses")).OfType<string>());
        var upload = (Dictionary<object, object>)steps[^1]["with"];
        Assert.Equal(("always()", "study", "HyperOptResults"), (steps[^1]["if"], upload["name"], upload["path"]));

        using var project = await Consumer.ApplicationAsync();
        (await project.BuildAsync("-t:HyperOpt", "-p:HyperOptBaseline=baseline.json"))
            .FailedOnlyWith("LOGML1041", "there is no file", "Write it with -t:HyperOptBaseline");
        Assert.False(project.Has("bin"));
        (await project.BuildAsync("-c", "Release", "-t:HyperOpt", "-t:HyperOptBaseline")).Succeeded().Shows("app -> baseline.json");
        var baseline = project.Read("baseline.json");
        Assert.Contains("\"model_evaluate.x\": ", baseline, StringComparison.Ordinal);

        (await NightAsync(1)).Succeeded().Shows("gate passed: loss ");
        Assert.Contains("**Gate passed.** The loss is ", project.Read("job.md"), StringComparison.Ordinal);

        project.Replace("Tuned.cs", "(x - 1);", "(x - 1) + 50;");
        (await NightAsync(2)).Failed().Shows("error LOGML2091: The loss is 50").Shows("gate failed: loss 50");
        Assert.Contains("**Gate failed.** The loss is 50", project.Read("job.md"), StringComparison.Ordinal);
        Assert.Contains("\"outcome\": \"failed\"", project.Read("HyperOptResults/app/result.json"), StringComparison.Ordinal);
        Assert.Contains("\"finished\": 200", project.Read("HyperOptResults/app/result.json"), StringComparison.Ordinal);
        Assert.Equal(baseline, project.Read("baseline.json"));

        Task<CommandResult> NightAsync(int number)
        {
            var commands = steps.Select(step => step.GetValueOrDefault("run")).OfType<string>()
                .Select(command => RunNumber().Replace(command, $"{number}"));
            return project.ShellAsync(
                "gh() { return 1; }\ndotnet() { \"$DOTNET\" \"$@\"; }\nexport GITHUB_STEP_SUMMARY=\"$PWD/job.md\"\nset -e\n"
                + string.Join('\n', commands));
        }
    }

    private static Dictionary<object, object>[] Steps()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var block = Assert.Single(Blocks().Matches(readme), block => block.Value.Contains("runs-on:", StringComparison.Ordinal));
        var workflow = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<object, object>>>(
            block.Groups[1].Value);
        Assert.Equal(["workflow_dispatch", "schedule"], workflow["on"].Keys);
        var job = (Dictionary<object, object>)Assert.Single(workflow["jobs"]).Value;
        return [.. ((List<object>)job["steps"]).Cast<Dictionary<object, object>>()];
    }

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\$\{\{ github\.run_number \}\}")]
    private static partial Regex RunNumber();
}

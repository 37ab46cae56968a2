using System.Text.Json;

namespace LogMl.Tasks.Tests;

public sealed class DescribeRequestTests
{
    private readonly RecordingBuildEngine _engine = new();

    [Fact]
    public void The_host_gets_every_value_as_it_was_given()
    {
        var task = Task(
            ("HyperOptMaxEvals", "100"), ("HyperOptAlgorithm", "tpe"), ("HyperOptSeed", "7"), ("HyperOptTimeout", "1h 30m"), ("HyperOptTrialMemory", "1.5 GiB"),
            ("HyperOptRetryFailed", "True"), ("HyperOptReevaluate", "true"), ("HyperOptShowProgress", "FALSE"), ("HyperOptReport", "false"),
            ("HyperOptMaxLoss", "-0.5"), ("HyperOptMaxRegression", "5 %"),
            ("HyperOptTrial", "17"), ("HyperOptDryRun", "true"),
            ("HyperOptFrom", "a; b"), ("HyperOptStudy", "say \"50%; $(x)\" é"));
        task.Study = "say \"50%; $(x)\" é";
        (task.Workflow, task.ProbingPaths) = ("forest", "/a folder/;/b/ ; ");
        (task.Configuration, task.Parameters, task.Baseline) = ("/p/forest.yaml", "/p/best; 2.yaml", "/p/base line.json");
        (task.StorageFile, task.InputsFile, task.ShellDirectory) = ("/secret place/file", "/obj/list", "/shell/");

        Assert.True(task.Execute());
        Assert.Equal(
            JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["project_directory"] = "/p",
                ["shell_directory"] = "/shell",
                ["study"] = task.Study,
                ["workflow"] = "forest",
                ["from"] = "a; b",
                ["output"] = "/p/HyperOptResults",
                ["storage_file"] = "/secret place/file",
                ["assembly"] = "/p/X.dll",
                ["depsfile"] = "/p/X.deps.json",
                ["runtimeconfig"] = "/p/X.runtimeconfig.json",
                ["probing_paths"] = new[] { "/a folder", "/b" },
                ["worker"] = "/w.dll",
                ["inputs"] = "/obj/list",
                ["overrides"] = new Dictionary<string, string>
                {
                    ["algorithm"] = "tpe", ["max_evals"] = "100", ["random_seed"] = "7", ["timeout"] = "1h 30m", ["trial_memory"] = "1.5 GiB",
                },
                ["retry_failed"] = true,
                ["reevaluate"] = true,
                ["configuration"] = "/p/forest.yaml",
                ["max_loss"] = "-0.5",
                ["baseline"] = "/p/base line.json",
                ["max_regression"] = "5 %",
                ["trial"] = "17",
                ["parameters"] = "/p/best; 2.yaml",
                ["dry_run"] = true,
                ["no_progress"] = true,
                ["no_report"] = true,
                ["parent_process"] = Environment.ProcessId,
            }),
            JsonSerializer.Serialize(JsonDocument.Parse(RequestText.Unpack(task.Request))));
    }

    [Fact]
    public void What_is_not_set_is_not_there_but_that_the_study_has_the_default_name()
    {
        var task = Task();
        (task.TargetAssembly, task.DepsFile, task.RuntimeConfigFile, task.ProbingPaths) = ("", "", null, ";");

        Assert.True(task.Execute());
        Assert.Equal(
            ["project_directory", "study", "default_study", "output", "worker", "parent_process"],
            JsonDocument.Parse(RequestText.Unpack(task.Request)).RootElement.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public void The_request_can_pass_through_a_list_of_properties()
    {
        var task = Task(("HyperOptStudy", "a;b%c$(d)@(e)*?'f\\g"));
        task.Study = "a;b%c$(d)@(e)*?'f\\g";

        Assert.True(task.Execute());
        Assert.All(task.Request, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '='));
        Assert.Equal(task.Study, JsonDocument.Parse(RequestText.Unpack(task.Request)).RootElement.GetProperty("study").GetString());
    }

    private DescribeRequest Task(params (string Name, string Value)[] properties) => new()
    {
        BuildEngine = _engine,
        Properties = PropertyItems.Of(properties),
        ProjectDirectory = "/p",
        Study = "x",
        ResultsDirectory = "/p/HyperOptResults/",
        TargetAssembly = "/p/X.dll",
        DepsFile = "/p/X.deps.json",
        RuntimeConfigFile = "/p/X.runtimeconfig.json",
        WorkerAssembly = "/w.dll",
    };
}

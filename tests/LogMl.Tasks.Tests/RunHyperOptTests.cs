using System.Diagnostics;
using System.Globalization;
using LogMl.Shared;
using Microsoft.Build.Framework;

namespace LogMl.Tasks.Tests;

/// <summary>The task with a real process at the other end, which plays a script.</summary>
public sealed class RunHyperOptTests : IDisposable
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("sp ace é@1 ").FullName;
    private readonly RecordingBuildEngine _engine = new();

    private string Project => Path.Combine(_folder, "Xor.csproj");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_host_gets_every_option_as_it_was_given()
    {
        var task = TaskThatPlays("args");
        (task.MaxEvals, task.Algorithm, task.Seed, task.Workers, task.TimeoutSeconds) = ("100", "tpe", "7", "2", "1.5");
        (task.TrialTimeoutSeconds, task.TrialMemory, task.MaxRetries) = ("30", "1.5 GiB", "0");
        (task.MaxFailures, task.RetryFailed, task.Reevaluate) = ("5", "True", "true");
        task.Study = "say \"50%; $(x)\" é";
        task.ProbingPaths = "/a folder/;/b/;";
        (task.StorageFile, task.InputsFile) = ("/secret place/file", "/obj/list");
        task.ShowProgress = false;
        task.HasDefaultStudy = true;

        Assert.True(task.Execute());
        string[] expected =
        [
            "hyperopt",
            "--project-directory", _folder,
            "--study", task.Study,
            "--output", Path.Combine(_folder, "HyperOptResults"),
            "--storage-file", "/secret place/file",
            "--assembly", task.TargetAssembly,
            "--depsfile", task.DepsFile,
            "--runtimeconfig", task.RuntimeConfigFile,
            "--probing-path", "/a folder",
            "--probing-path", "/b",
            "--worker", task.WorkerAssembly,
            "--default-study",
            "--inputs", "/obj/list",
            "--max-evals", "100",
            "--algorithm", "tpe",
            "--seed", "7",
            "--workers", "2",
            "--timeout", "1.5",
            "--trial-timeout", "30",
            "--trial-memory", "1.5 GiB",
            "--max-retries", "0",
            "--max-failures", "5",
            "--retry-failed",
            "--reevaluate",
            "--parent-pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            "--no-progress",
        ];
        Assert.Equal(expected, _engine.LowMessages.TakeLast(expected.Length));
    }

    [Fact]
    public void Options_that_are_not_set_are_not_given()
    {
        var task = TaskThatPlays("args");
        (task.MaxEvals, task.Algorithm, task.ProbingPaths) = ("", null, ";");

        Assert.True(task.Execute());
        Assert.DoesNotContain("--max-evals", _engine.LowMessages);
        Assert.DoesNotContain("--probing-path", _engine.LowMessages);
        Assert.DoesNotContain("--no-progress", _engine.LowMessages);
    }

    [Fact]
    public void Cleaning_needs_no_assembly_and_gets_only_what_names_the_study()
    {
        var task = TaskThatPlays("args");
        (task.Verb, task.StorageFile, task.MaxEvals, task.InputsFile) = ("clean", "/s", "5", "/obj/list");
        (task.TargetAssembly, task.DepsFile, task.RuntimeConfigFile) = ("", "/absent", "");

        Assert.True(task.Execute());
        string[] expected = ["clean", "--project-directory", _folder, "--study", "xor", "--output", Path.Combine(_folder, "HyperOptResults"), "--storage-file", "/s"];
        Assert.Equal(expected, _engine.LowMessages.TakeLast(expected.Length));
    }

    [Fact]
    public void The_host_runs_in_the_folder_of_the_project()
    {
        Assert.True(TaskThatPlays("cwd").Execute());
        Assert.Contains(_folder, _engine.LowMessages);
    }

    [Fact]
    public void Events_of_both_streams_arrive_in_utf8()
    {
        var task = TaskThatPlays(
            "out " + HostEvent.Format(HostEventKinds.Summary, "größer als 日本"),
            "err warm-up of the user's library",
            "out " + HostEvent.Format(HostEventKinds.Output, "/r/best.yaml"));

        Assert.True(task.Execute());
        Assert.Contains(_engine.Rows, row => row.Message == "größer als 日本");
        Assert.Contains("warm-up of the user's library", _engine.LowMessages);
        Assert.Equal("/r/best.yaml", Assert.Single(task.Outputs).ItemSpec);
        Assert.Empty(_engine.Warnings);
    }

    [Fact]
    public void An_error_of_the_host_is_the_only_error()
    {
        var task = TaskThatPlays("out " + HostEvent.Format(HostEventKinds.Error, "LOGML2003", "", "", "", "All trials failed."), "exit 1");

        Assert.False(task.Execute());
        Assert.Equal("LOGML2003", Assert.Single(_engine.Errors).Code);
    }

    [Fact]
    public void A_host_that_dies_without_a_word_is_an_error_with_its_exit_code_and_last_output()
    {
        var task = TaskThatPlays("err Out of memory.", "exit 134");

        Assert.False(task.Execute());
        var error = Assert.Single(_engine.Errors);
        Assert.Equal(("LOGML1020", Project), (error.Code, error.File));
        Assert.Contains("exit code 134", error.Message, StringComparison.Ordinal);
        Assert.Contains("Out of memory.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_was_interrupted_alone_is_an_error()
    {
        Assert.False(TaskThatPlays("exit 130").Execute());
        Assert.Equal("LOGML1021", Assert.Single(_engine.Errors).Code);
    }

    [Fact]
    public void A_missing_file_is_named_before_anything_starts()
    {
        var task = TaskThatPlays("out never");
        task.DepsFile = Path.Combine(_folder, "absent.deps.json");

        Assert.False(task.Execute());
        var error = Assert.Single(_engine.Errors);
        Assert.Equal("LOGML1022", error.Code);
        Assert.Contains("absent.deps.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("GenerateDependencyFile", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("never", _engine.LowMessages);
    }

    [Theory]
    [InlineData("wait")]
    [InlineData("stubborn")]
    public async Task Cancelling_ends_the_host_without_an_error(string waiting)
    {
        var ready = Path.Combine(_folder, "ready");
        var task = TaskThatPlays("ready " + ready, waiting);
        var running = Task.Run(task.Execute);
        var processId = await ContentOf(ready);

        task.Cancel();

        Assert.False(await running.WaitAsync(TooLong));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(processId));
        Assert.Empty(_engine.Errors);
        Assert.True(_engine.AllowFailureWithoutError);
        Assert.Contains(_engine.Messages, m => m.Message!.Contains("Finished trials are kept", StringComparison.Ordinal));
    }

    private static async Task<int> ContentOf(string file)
    {
        using var patience = new CancellationTokenSource(TooLong);
        while (true)
        {
            if (File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file, patience.Token), CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private RunHyperOpt TaskThatPlays(params string[] script)
    {
        var scriptFile = Path.Combine(_folder, "script");
        File.WriteAllLines(scriptFile, script);
        return new RunHyperOpt
        {
            BuildEngine = _engine,
            EnvironmentVariables = ["FAKE_HOST_SCRIPT=" + scriptFile],
            Verb = "hyperopt",
            DotNetHostPath = Environment.ProcessPath!,
            HostAssembly = Path.Combine(AppContext.BaseDirectory, "LogMl.FakeHost.dll"),
            WorkerAssembly = Existing("LogMl.Worker.dll"),
            TargetAssembly = Existing("Xor.dll"),
            DepsFile = Existing("Xor.deps.json"),
            RuntimeConfigFile = Existing("Xor.runtimeconfig.json"),
            ProjectFile = Project,
            ProjectDirectory = _folder,
            Study = "xor",
            ResultsDirectory = Path.Combine(_folder, "HyperOptResults") + "/",
        };
    }

    private string Existing(string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, "");
        return path;
    }
}

using System.Diagnostics;
using System.Globalization;
using LogMl.Shared;
using LogMl.Shared.Wire;
using Microsoft.Build.Framework;

namespace LogMl.Tasks.Tests;

/// <summary>Runs the task with a real process as its host, which follows a script.</summary>
public sealed class RunHyperOptTests : IDisposable
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(5);

    private const string Request = "{\"study\":\"first\"}";

    private readonly string _folder = Directory.CreateTempSubdirectory("sp ace é@1 ").FullName;
    private readonly RecordingBuildEngine _engine = new();

    private string Project => Path.Combine(_folder, "Xor.csproj");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_host_gets_the_verb_and_the_path_of_the_request_and_nothing_else()
    {
        var task = TaskThatPlays("args");

        Assert.True(task.Execute());
        Assert.Equal(["hyperopt", task.RequestFile], _engine.LowMessages.TakeLast(2));
        Assert.Equal(Request, File.ReadAllText(task.RequestFile));
    }

    [Fact]
    public void What_a_search_has_found_is_an_item_whose_metadata_are_empty_where_there_is_nothing()
    {
        var found = TaskThatPlays("out " + new HostEvent.Result
        {
            Path = "/r/result.json",
            Trial = 7,
            Loss = 0.1 + 0.2,
            TestLoss = double.NaN,
            BestFile = "/r/best.yaml",
            ReportFile = "/r/report.html",
            Gate = "passed",
        }.ToLine());
        Assert.True(found.Execute());
        Assert.Equal(
            ["/r/result.json", "7", "0.30000000000000004", "NaN", "/r/best.yaml", "/r/report.html", "passed"],
            Texts(Assert.Single(found.Result)));

        var nothing = TaskThatPlays("out " + new HostEvent.Result { Path = "/r/result.json" }.ToLine());
        Assert.True(nothing.Execute());
        Assert.Equal(["/r/result.json", "", "", "", "", "", ""], Texts(Assert.Single(nothing.Result)));

        static string[] Texts(ITaskItem item) =>
            [item.ItemSpec, .. ((string[])["Trial", "Loss", "TestLoss", "BestFile", "ReportFile", "Gate"]).Select(item.GetMetadata)];
    }

    [Fact]
    public async Task Two_builds_with_one_intermediate_folder_take_turns_until_the_host_has_read_its_request()
    {
        var (begun, go) = (Path.Combine(_folder, "begun"), Path.Combine(_folder, "go"));
        var first = TaskThatPlays("ready " + begun, "until " + go, "out " + new HostEvent.Ready().ToLine(), "wait");
        var running = Task.Run(first.Execute);
        await ContentOf(begun);
        var second = TaskThatPlays("args");
        (second.Request, second.BuildEngine) = (RequestText.Pack("{\"study\":\"second\"}"), new RecordingBuildEngine());
        var other = Task.Run(second.Execute);

        Assert.NotSame(other, await Task.WhenAny(other, Task.Delay(TimeSpan.FromSeconds(1))));
        Assert.Equal(Request, await File.ReadAllTextAsync(first.RequestFile));
        await File.WriteAllTextAsync(go, "");
        Assert.True(await other.WaitAsync(TooLong));
        Assert.Equal(RequestText.Unpack(second.Request), await File.ReadAllTextAsync(first.RequestFile));

        first.Cancel();
        Assert.False(await running.WaitAsync(TooLong));
    }

    [Fact]
    public void A_link_in_the_place_of_the_request_is_replaced_and_what_it_leads_to_stays()
    {
        var task = TaskThatPlays("args");
        var precious = Existing("precious");
        var before = File.ReadAllText(precious);
        Directory.CreateDirectory(Path.GetDirectoryName(task.RequestFile)!);
        File.CreateSymbolicLink(task.RequestFile, precious);

        Assert.True(task.Execute());
        Assert.Equal(before, File.ReadAllText(precious));
        Assert.Equal(Request, File.ReadAllText(task.RequestFile));
    }

    [Fact]
    public void A_request_that_cannot_be_written_is_one_error()
    {
        var task = TaskThatPlays("args");
        task.RequestFile = Path.Combine(Existing("file"), "request.json");

        Assert.False(task.Execute());
        Assert.Equal("LOGML1022", Assert.Single(_engine.Errors).Code);
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
            "out " + new HostEvent.Summary("größer als 日本").ToLine(),
            "err warm-up of the user's library",
            "out " + new HostEvent.Output("/r/best.yaml").ToLine());

        Assert.True(task.Execute());
        Assert.Contains(_engine.Rows, row => row.Message == "größer als 日本");
        Assert.Contains("warm-up of the user's library", _engine.LowMessages);
        Assert.Equal("/r/best.yaml", Assert.Single(task.Outputs).ItemSpec);
        Assert.Empty(_engine.Warnings);
    }

    [Fact]
    public void An_error_of_the_host_is_the_only_error()
    {
        var task = TaskThatPlays("out " + new HostEvent.Error("LOGML2003", "", 0, 0, "All trials failed.").ToLine(), "exit 1");

        Assert.False(task.Execute());
        Assert.Equal("LOGML2003", Assert.Single(_engine.Errors).Code);
    }

    [Fact]
    public void A_host_that_crashes_is_an_error_with_its_exit_code_what_it_means_and_the_one_line_that_says_why()
    {
        var task = TaskThatPlays(
            "err warming up", "err Unhandled exception. System.TypeInitializationException: The type initializer for 'A' threw an exception.",
            "err  ---> System.DllNotFoundException: No 'libx'.", "err    at A..cctor()", "exit 134");

        Assert.False(task.Execute());
        var error = Assert.Single(_engine.Errors);
        Assert.Equal(("LOGML1020", Project), (error.Code, error.File));
        Assert.Equal(
            "The LogMl host ended unexpectedly with exit code 134 (SIGABRT: it aborted, as .NET does for a stack overflow or a fatal error). Finished trials are kept, and the next call goes on. It said: Unhandled exception. "
            + "System.TypeInitializationException: The type initializer for 'A' threw an exception. ---> System.DllNotFoundException: No 'libx'. "
            + $"({HelpLink.Of("LOGML1020")})",
            error.Message);
    }

    [Fact]
    public void A_warning_that_the_project_makes_an_error_fails_the_build_and_does_not_hide_that_the_host_crashed()
    {
        var engine = new RecordingBuildEngine { WarningAsError = "LOGML2018" };
        var warning = "out " + new HostEvent.Warning("LOGML2018", "", 0, 0, "The inputs changed.").ToLine();

        Assert.False(Play(warning));
        Assert.Equal(["LOGML2018"], engine.Errors.Select(error => error.Code));
        Assert.False(Play(warning, "exit 134"));
        Assert.Equal(["LOGML2018", "LOGML2018", "LOGML1020"], engine.Errors.Select(error => error.Code));
        Assert.Empty(engine.Warnings);

        bool Play(params string[] script)
        {
            var task = TaskThatPlays(script);
            task.BuildEngine = engine;
            return task.Execute();
        }
    }

    [Fact]
    public void A_host_that_was_killed_is_an_error_that_explains_the_exit_code()
    {
        Assert.False(TaskThatPlays("exit 137").Execute());
        Assert.Equal(
            "The LogMl host ended unexpectedly with exit code 137 (SIGKILL: somebody killed it, or the system was out of memory). Finished trials are kept, and the next call goes on. "
            + $"({HelpLink.Of("LOGML1020")})",
            Assert.Single(_engine.Errors).Message);
    }

    [Fact]
    public void A_host_that_was_interrupted_alone_is_an_error()
    {
        Assert.False(TaskThatPlays("exit 130").Execute());
        Assert.Equal("LOGML1021", Assert.Single(_engine.Errors).Code);
    }

    [Fact]
    public async Task A_host_that_has_heard_Ctrl_C_before_the_build_has_is_cancelled()
    {
        var ready = Path.Combine(_folder, "ready");
        var task = TaskThatPlays("ready " + ready, "exit 130");
        var running = Task.Run(task.Execute);
        var processId = await ContentOf(ready);
        while (File.Exists(FormattableString.Invariant($"/proc/{processId}/stat")))
        {
            await Task.Delay(5);
        }

        task.Cancel();

        Assert.False(await running.WaitAsync(TooLong));
        Assert.Empty(_engine.Errors);
        Assert.Contains(_engine.Messages, m => m.Message!.Contains("The search was cancelled.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_file_is_named_before_anything_starts()
    {
        var task = new ValidateOutput
        {
            BuildEngine = _engine,
            ProjectFile = Project,
            TargetAssembly = Existing("Xor.dll"),
            DepsFile = Path.Combine(_folder, "absent.deps.json"),
            RuntimeConfigFile = Existing("Xor.runtimeconfig.json"),
        };

        Assert.False(task.Execute());
        var error = Assert.Single(_engine.Errors);
        Assert.Equal("LOGML1022", error.Code);
        Assert.Contains("absent.deps.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("GenerateDependencyFile", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "The run was cancelled.")]
    [InlineData("clean", "The removal of the results was cancelled.")]
    public async Task Only_a_search_is_called_one_when_it_is_cancelled(string verb, string told)
    {
        var ready = Path.Combine(_folder, "ready");
        var task = TaskThatPlays("ready " + ready, "wait");
        task.Verb = verb;
        var running = Task.Run(task.Execute);
        await ContentOf(ready);
        task.Cancel();

        Assert.False(await running.WaitAsync(TooLong));
        Assert.Equal(told, Assert.Single(_engine.Rows).Message);
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
            if (File.Exists(file)
                && int.TryParse(await File.ReadAllTextAsync(file, patience.Token), CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private RunHyperOpt TaskThatPlays(params string[] script)
    {
        var scriptFile = Path.Combine(_folder, $"script-{Guid.NewGuid():N}");
        File.WriteAllLines(scriptFile, script);
        return new RunHyperOpt
        {
            BuildEngine = _engine,
            EnvironmentVariables = ["FAKE_HOST_SCRIPT=" + scriptFile],
            Verb = "hyperopt",
            DotNetHostPath = Environment.ProcessPath!,
            HostAssembly = Path.Combine(AppContext.BaseDirectory, "LogMl.FakeHost.dll"),
            Request = RequestText.Pack(Request),
            RequestFile = Path.Combine(_folder, "obj", "request.json"),
            ProjectFile = Project,
            ProjectDirectory = _folder,
        };
    }

    private string Existing(string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, "");
        return path;
    }
}

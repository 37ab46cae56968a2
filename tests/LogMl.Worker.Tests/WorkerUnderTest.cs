using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using LogMl.TestKit;

namespace LogMl.Worker.Tests;

/// <summary>A real worker process; the test is its host.</summary>
internal sealed class WorkerUnderTest : IDisposable
{
    /// <summary>A limit that only ends hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly TempDirectory _folder;
    private readonly NamedPipeServerStream _pipe;
    private readonly StreamReader _messages;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private WorkerUnderTest(
        TestWorkflow workflow, string folder, bool probe, string[] names, (string Name, string Value)[] environment,
        string? assembly = null)
    {
        _folder = new TempDirectory(folder);
        var name = "logml-test-" + Guid.NewGuid().ToString("N");
        _pipe = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        Process = Start(workflow, [name, assembly ?? workflow.Assembly, .. names], _folder.Path, probe, environment);
        _output = Process.StandardOutput.ReadToEndAsync();
        _error = Process.StandardError.ReadToEndAsync();
        _messages = new StreamReader(_pipe, Encoding.UTF8);
    }

    public Process Process { get; }

    /// <summary>The working directory, below which the trials have their folders.</summary>
    public string Folder => _folder.Path;

    /// <summary>Starts a worker, and does not read its greeting.</summary>
    public static WorkerUnderTest Launch(
        TestWorkflow workflow, bool probe = true, string folder = "work", params (string Name, string Value)[] environment) =>
        new(workflow, folder, probe, [], environment);

    /// <summary>Starts a worker that is asked for a workflow with a name, and does not read its greeting.</summary>
    public static WorkerUnderTest LaunchNamed(string name) => new(TestWorkflow.Library, "work", probe: true, [name], []);

    /// <summary>Starts a worker that loads another assembly than the class library, and does not read its greeting.</summary>
    public static WorkerUnderTest LaunchOther(string assembly) => new(TestWorkflow.Library, "work", probe: true, [], [], assembly);

    /// <summary>Starts a worker of the class library, and reads its greeting.</summary>
    /// <param name="script">What its trials do.</param>
    public static async Task<WorkerUnderTest> GreetedAsync(string script = "")
    {
        var worker = Launch(TestWorkflow.Library, environment: (TestWorkflow.ScriptVariable, script));
        using var hello = await worker.FirstMessageAsync();
        Assert.Equal("hello", hello.Type());
        return worker;
    }

    public Task ConnectedAsync() => _pipe.WaitForConnectionAsync(_patience.Token);

    public async Task<JsonDocument> FirstMessageAsync()
    {
        await ConnectedAsync();
        return await ReceiveAsync() ?? throw new InvalidOperationException("The worker says nothing. " + await ErrorAsync());
    }

    /// <summary>The steps that the worker has reported, each after the number of its trial.</summary>
    public List<(int Trial, string Step)> Entered { get; } = [];

    /// <summary>The next message, except those about the steps of a trial (<see cref="Entered"/>); null when the worker is gone.</summary>
    public async Task<JsonDocument?> ReceiveAsync()
    {
        while (await _messages.ReadLineAsync(_patience.Token) is { } line)
        {
            var message = JsonDocument.Parse(line);
            if (message.Type() != "entered")
            {
                return message;
            }

            using (message)
            {
                Entered.Add(((int)message.Number("number"), message.Text("step")!));
            }
        }

        return null;
    }

    public Task SendAsync(string line) => _pipe.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), _patience.Token).AsTask();

    public Task SendTrialAsync(
        int number, string parameters = "{}", string kind = "search", long seed = 1, long studySeed = 1, bool prune = false,
        string more = "")
    {
        var directory = TrialFolder(number);
        return SendAsync(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"trial","number":{{number}},"kind":"{{kind}}","seed":{{seed}},"study_seed":{{studySeed}},"directory":{{JsonSerializer.Serialize(directory)}},"prune":{{(prune ? "true" : "false")}},"parameters":{{parameters}}{{more}}}"""));
    }

    /// <summary>Runs a trial, and returns the message that ends it; null when the worker died.</summary>
    public async Task<JsonDocument?> RunAsync(
        int number, string parameters = "{}", string kind = "search", long seed = 1, long studySeed = 1)
    {
        await SendTrialAsync(number, parameters, kind, seed, studySeed);
        return await ReceiveAsync();
    }

    public string TrialFolder(int number) => Path.Combine(Folder, "trials", number.ToString(CultureInfo.InvariantCulture));

    public Task CancelAsync(int number, string more = "") =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"cancel","number":{{number}}{{more}}}"""));

    public Task StopAsync() => SendAsync("""{"type":"stop"}""");

    /// <summary>What a host that is killed leaves behind.</summary>
    public void BreakPipe() => _pipe.Dispose();

    public async Task<int> ExitCodeAsync()
    {
        await Process.WaitForExitAsync(_patience.Token);
        return Process.ExitCode;
    }

    /// <summary>Everything on standard output, once the process has ended.</summary>
    public Task<string> OutputAsync() => _output.WaitAsync(_patience.Token);

    /// <summary>Everything on standard error, once the process has ended.</summary>
    public Task<string> ErrorAsync() => _error.WaitAsync(_patience.Token);

    /// <summary>Stops the worker, and returns its output in parts: before the first trial, in the first, and so on.</summary>
    public async Task<(string[] Output, string[] Error)> StopAndCutAsync()
    {
        await StopAsync();
        await ExitCodeAsync();
        return (Cut(await OutputAsync()), Cut(await ErrorAsync()));
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            Process.WaitForExit(Patience);
        }

        _pipe.Dispose();
        Process.Dispose();
        _patience.Dispose();
        _folder.Dispose();
    }

    private static string[] Cut(string text) => System.Text.RegularExpressions.Regex.Split(text, "\u001eLOGML-END (?:start|-?[0-9]+)\n");

    private static Process Start(
        TestWorkflow workflow, string[] arguments, string folder, bool probe, (string Name, string Value)[] environment)
    {
        string[] probing = probe ? ["--additionalprobingpath", TestWorkflow.PackageFolder] : [];
        var start = new ProcessStartInfo(
            CommandLine.Dotnet, [
                "exec",
                "--depsfile",
                workflow.DepsFile,
                "--runtimeconfig",
                workflow.RuntimeConfig,
                .. probing,
                TestWorkflow.Worker,
                .. arguments,
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

/// <summary>Reads a message; null stands for a worker that has died.</summary>
internal static class MessageReading
{
    public static string? Type(this JsonDocument? message) => message is null ? "none: the worker died" : message.Text("type");

    public static string? Text(this JsonDocument? message, string name) => Field(message, name).GetString();

    public static double Number(this JsonDocument? message, string name) => Field(message, name).GetDouble();

    public static double Score(this JsonDocument? message, string part, string name) =>
        Field(message, "scores").GetProperty(part).GetProperty(name).GetDouble();

    /// <summary>The validation loss as it is written: a number, or a text for one that is not finite.</summary>
    public static JsonElement Loss(this JsonDocument? message) =>
        Field(message, "scores").GetProperty("validate").GetProperty("loss");

    private static JsonElement Field(JsonDocument? message, string name)
    {
        Assert.NotNull(message);
        return message.RootElement.GetProperty(name);
    }
}

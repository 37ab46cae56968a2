using System.Collections;
using System.Diagnostics;
using System.Text;

namespace LogMl.TestKit;

/// <summary>Runs commands in a clean environment and with a time limit, only a few at the same time.</summary>
public static class CommandLine
{
    private const int MostAtOnce = 2;

    /// <summary>The time limit, far more than any command here takes. A command that hangs becomes a failed test with its output.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly SemaphoreSlim Turn = new(MostAtOnce);

    /// <summary>
    /// The environment variables that are removed: those that the test process has from the command line and MSBuild above it, and those
    /// that would make a result depend on the machine.
    /// </summary>
    private static readonly string[] ForeignPrefixes = ["MSBUILD", "DOTNET_CLI_", "DOTNET_HOST_PATH", "VSTEST", "TESTINGPLATFORM", "COREHOST_", "CI", "LC_", "LANG"];

    /// <summary>The <c>dotnet</c> that runs these tests.</summary>
    public static string Dotnet { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? path
        : "dotnet";

    /// <summary>Runs <c>dotnet</c>.</summary>
    public static Task<CommandResult> DotnetAsync(
        string directory, string[] arguments, TempDirectory? folder = null, params (string Name, string Value)[] environment) =>
        RunAsync(directory, Dotnet, arguments, folder, environment);

    /// <summary>Runs a command. Its output is that of both streams.</summary>
    public static async Task<CommandResult> RunAsync(
        string directory,
        string command,
        string[] arguments,
        TempDirectory? folder = null,
        params (string Name, string Value)[] environment)
    {
        await Turn.WaitAsync();
        try
        {
            var start = new ProcessStartInfo(command, arguments)
            {
                WorkingDirectory = directory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            };
            Clean(start.Environment);
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }

            var shown = command + " " + string.Join(" ", arguments);
            return await FinishAsync(start, shown, folder);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task<CommandResult> FinishAsync(ProcessStartInfo start, string shown, TempDirectory? folder)
    {
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Append(e.Data);
        process.ErrorDataReceived += (_, e) => Append(e.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            folder?.Keep();
            throw new ExpectationException($"Not finished after {Patience}, in {start.WorkingDirectory}:{Environment.NewLine}$ {shown}{Environment.NewLine}{output}");
        }

        lock (output)
        {
            return new CommandResult(shown, process.ExitCode, output.ToString(), folder);
        }

        void Append(string? line)
        {
            if (line is not null)
            {
                lock (output)
                {
                    output.Append(line).Append('\n');
                }
            }
        }
    }

    private static void Clean(IDictionary<string, string?> environment)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (Array.Exists(ForeignPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                environment.Remove(name);
            }
        }

        environment["LANG"] = "C.UTF-8";
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "0";
        // A node that is reused would keep the task of one test's package loaded.
        environment["MSBUILDDISABLENODEREUSE"] = "1";
    }
}

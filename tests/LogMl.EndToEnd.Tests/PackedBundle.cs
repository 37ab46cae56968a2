using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LogMl.EndToEnd.Tests;

/// <summary>A bundle that the tests of launchers share, in the folder <c>xor.bundle</c>, with the archive of it.</summary>
public sealed class PackedBundle : IAsyncLifetime
{
    /// <summary>The trials of its study.</summary>
    public const int MaxEvals = 8;

    /// <summary>
    /// The environment variable with a folder: a trial notes there that it runs, and waits while the file <c>hold</c> is there.
    /// </summary>
    public const string Gate = "TEST_GATE";

    private const string Objective = $$"""
        if (Environment.GetEnvironmentVariable("{{Gate}}") is { } folder)
        {
            File.WriteAllText(Path.Combine(folder, Environment.GetEnvironmentVariable("JOB_COMPLETION_INDEX")!), "");
            while (File.Exists(Path.Combine(folder, "hold")))
            {
                Thread.Sleep(20);
            }
        }

        return x * x;
        """;

    /// <summary>The folder of the .NET that runs these tests.</summary>
    public static string DotNetRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private TestProject? _project;

    /// <summary>The folder that it is in.</summary>
    public string Folder => _project!.Path;

    /// <summary>Its start script.</summary>
    public string Search => Path.Combine(Folder, "xor.bundle", "search");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _project = await TestProject.CreateAsync(
            "launch", ("xor.csproj", Consumer.Project), ("logml.yaml", Consumer.Yaml), ("Program.cs", Consumer.Main),
            ("Tuned.cs", Consumer.Objective(Objective)));
        (await _project.BuildAsync("-t:HyperOptPack", $"-p:HyperOptMaxEvals={MaxEvals}", "-p:HyperOptPackPath=xor.bundle")).Succeeded();
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _project?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A program in an environment as a scheduler or a container has it, without what these tests have.</summary>
    public static ProcessStartInfo Clean(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = folder;
        start.Environment["DOTNET_ROOT"] = DotNetRoot;
        return start;
    }
}

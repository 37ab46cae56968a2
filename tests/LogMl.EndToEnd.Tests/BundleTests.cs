using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using LogMl.TestKit.Postgres;

namespace LogMl.EndToEnd.Tests;

/// <summary>
/// Bundles, moved to another place and started as on a machine that has the .NET runtime and no more: no SDK, no sources, no packages, no
/// home folder.
/// </summary>
public sealed class BundleTests
{
    private const int MaxEvals = 14;

    /// <summary>Hangs in the worker that is told to, and else computes with a declared file in the folder of the project.</summary>
    private const string Objective = """
        if (Environment.GetEnvironmentVariable("HANG") is { } file)
        {
            File.WriteAllText(file, "");
            Thread.Sleep(Timeout.Infinite);
        }

        return Math.Abs(x - double.Parse(File.ReadAllText("data/shift.txt"), System.Globalization.CultureInfo.InvariantCulture));
        """;

    private const string Yaml = """
        functions:
          model_evaluate: { x: 0.5 }
        hyper_parameter_optimization:
          algorithm: random
          space:
            model_evaluate: { x: ['uniform', -5, 10] }
        """;

    [PostgresFact]
    public async Task Workers_of_a_moved_bundle_share_a_study_and_one_that_is_terminated_gives_its_trial_back()
    {
        using var project = await ProjectAsync();
        using var place = new TempDirectory("node é");
        var packed = await project.BuildAsync("-t:HyperOptPack", $"-p:HyperOptMaxEvals={MaxEvals}", "-p:HyperOptPackPath=out/app.bundle");
        packed.Succeeded().Shows("app -> out/app.bundle/ (");
        var search = await UnpackAsync(project, "out/app.bundle", place);
        var database = new Dictionary<string, string>
        {
            ["LOGML_STORAGE"] = PostgresServer.Shared.CreateDatabase().ConnectionString, ["DOTNET_ROOT"] = RuntimeAlone(place),
        };
        var hangs = Path.Combine(place.Path, "hangs");

        var first = Start(
            search, place, new(database) { ["HANG"] = hangs, ["SLURM_JOB_ID"] = "4711", ["SLURMD_NODENAME"] = "n17" }, "worker");
        while (!File.Exists(hangs))
        {
            Assert.False(first.Process.HasExited, first.Output.Task.IsCompleted ? await first.Output.Task : "The worker has ended.");
            await Task.Delay(20);
        }

        var second = Start(search, place, database, "worker", "--workers", "2");
        await Run("kill", "-TERM", first.Process.Id.ToString(CultureInfo.InvariantCulture));
        await ExpectAsync(first, 143, "Worker of the study 'app' on n17 (slurm 4711)", "gave its running trials back");
        await ExpectAsync(second, 0, $"the search is over; {MaxEvals} trials ended here, {MaxEvals} of {MaxEvals} in the study");
        await ExpectAsync(Start(search, place, database, "worker"), 0, "the search is over; 0 trials ended here");
        await ExpectAsync(Start(search, place, database, "show"), 0, $"trials         {MaxEvals} complete\n");
        await ExpectAsync(Start(search, place, new() { ["DOTNET_ROOT"] = database["DOTNET_ROOT"] }, "worker"), 64, "error LOGML3002: ");
        await ExpectAsync(Start(search, place, new(), "worker"), 64, "There is no dotnet");

        // What the bundle has computed is what the project would have: it writes the results, and warns of nothing.
        var results = await project.DotnetAsync(
            ["build", "-t:HyperOpt", $"-p:HyperOptMaxEvals={MaxEvals}"], ("LOGML_STORAGE", database["LOGML_STORAGE"]));
        results.Succeeded().Shows("best loss");
        Assert.True(project.Has("HyperOptResults/app/best.yaml"));

        // A bundle of other code.
        project.Replace("Tuned.cs", "Math.Abs(x", "2 * Math.Abs(x");
        (await project.BuildAsync("-t:HyperOptPack", "-p:HyperOptMaxEvals=99", "-p:HyperOptPackPath=out/app.bundle")).Succeeded();
        search = await UnpackAsync(project, "out/app.bundle", place);
        await ExpectAsync(
            Start(search, place, database, "worker"), 64,
            "error LOGML2105: This bundle is not what the study 'app' is computed from: Tuned.cs changed. Nothing was run.");
    }

    [Fact]
    public async Task A_bundle_with_a_runtime_needs_nothing_on_its_machine()
    {
        using var project = await ProjectAsync();
        using var place = new TempDirectory("node");
        var packed = await project.BuildAsync(
            "-t:HyperOptPack", "-p:HyperOptMaxEvals=3", "-p:SelfContained=true", "-r", RuntimeInformation.RuntimeIdentifier);
        packed.Succeeded().Shows("app -> HyperOptResults/app.bundle/ (");

        var search = await UnpackAsync(project, "HyperOptResults/app.bundle", place);
        var worker = Start(search, place, new() { ["LOGML_STORAGE"] = $"sqlite:///{place.Path}/study.db" }, "worker", "--max-trials", "3");
        await ExpectAsync(worker, 0, "3 trials ended here, 3 of 3 in the study");
    }

    [Fact]
    public async Task A_single_file_is_packed_too()
    {
        using var project = await TestProject.CreateAsync(
            "single",
            ("tune.cs", "#:sdk LogMl.Sdk@{version}\n#:property PublishAot=false\n" + SdkFormTests.UsingFirst(Consumer.Objective())),
            ("logml.yaml", Consumer.Yaml));
        using var place = new TempDirectory("node");
        (await project.BuildAsync("tune.cs", "-t:HyperOptPack", "-p:HyperOptPackPath=out/app.bundle")).Succeeded()
            .Shows("tune -> out/app.bundle/ (");

        var search = await UnpackAsync(project, "out/app.bundle", place);
        var worker = Start(
            search, place,
            new() { ["LOGML_STORAGE"] = $"sqlite:///{place.Path}/study.db", ["DOTNET_ROOT"] = RuntimeAlone(place) }, "worker");
        await ExpectAsync(worker, 0, "6 trials ended here, 6 of 6 in the study");
    }

    private static Task<TestProject> ProjectAsync() => TestProject.CreateAsync(
        "app", ("app.csproj", Consumer.Project.Replace(
            "</ItemGroup>", "  <HyperOptData Include=\"data/*.txt\" />\n  </ItemGroup>", StringComparison.Ordinal)
            .Replace("<UseAppHost>", "<InvariantGlobalization>true</InvariantGlobalization>\n    <UseAppHost>", StringComparison.Ordinal)),
        ("logml.yaml", Yaml), ("Program.cs", Consumer.Main), ("Tuned.cs", Consumer.Objective(Objective)), ("data/shift.txt", "1"));

    /// <summary>Unpacks the archive beside nothing of the project, read-only, with a link to the start script.</summary>
    /// <returns>The link.</returns>
    private static async Task<string> UnpackAsync(TestProject project, string bundle, TempDirectory place)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place.Path, Guid.NewGuid().ToString("N"))).FullName;
        await Run("tar", "-xzf", project.At(bundle + ".tar.gz"), "-C", folder);
        await Run("chmod", "-R", "a-w", Path.Combine(folder, "app.bundle"));
        var link = Path.Combine(folder, "search-link");
        File.CreateSymbolicLink(link, "app.bundle/search");
        return link;
    }

    /// <summary>What a machine with the runtime alone has: no SDK, no package folder.</summary>
    private static string RuntimeAlone(TempDirectory place)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place.Path, "runtime")).FullName;
        File.Copy(Path.Combine(PackedBundle.DotNetRoot, "dotnet"), Path.Combine(folder, "dotnet"));
        foreach (var part in (string[])["host", "shared"])
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, part), Path.Combine(PackedBundle.DotNetRoot, part));
        }

        return folder;
    }

    private static (Process Process, TaskCompletionSource<string> Output) Start(
        string search, TempDirectory place, Dictionary<string, string> environment, params string[] arguments)
    {
        // The two programs that the start script needs, and nothing else is on the PATH.
        var programs = Directory.CreateDirectory(Path.Combine(place.Path, "programs")).FullName;
        foreach (var program in (string[])["dirname", "readlink"])
        {
            if (!File.Exists(Path.Combine(programs, program)))
            {
                File.CreateSymbolicLink(Path.Combine(programs, program), $"/usr/bin/{program}");
            }
        }

        var start = new ProcessStartInfo("/bin/sh", [search, .. arguments])
        {
            WorkingDirectory = Directory.CreateDirectory(Path.Combine(place.Path, "work")).FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = programs;
        start.Environment["HOME"] = "/nonexistent";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var output = new TaskCompletionSource<string>();
        _ = ReadAsync();
        return (process, output);

        async Task ReadAsync()
        {
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            output.SetResult(string.Concat(texts));
        }
    }

    private static async Task ExpectAsync(
        (Process Process, TaskCompletionSource<string> Output) worker, int exitCode, params string[] texts)
    {
        var output = await worker.Output.Task;
        Assert.True(worker.Process.ExitCode == exitCode, $"Exit code {worker.Process.ExitCode}, expected {exitCode}.\n{output}");
        Assert.All(texts, text => Assert.Contains(text, output, StringComparison.Ordinal));
        worker.Process.Dispose();
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}

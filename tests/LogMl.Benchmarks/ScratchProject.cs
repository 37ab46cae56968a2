using System.Diagnostics;
using System.Globalization;
using LogMl.TestKit;

namespace LogMl.Benchmarks;

/// <summary>
/// A small project in a temporary folder that uses the package's content as the build lays it out in artifacts/sdk. Its objective does
/// nothing but note when it was called; it takes no generated type, so that it compiles without the generator, too.
/// </summary>
internal sealed class ScratchProject : IDisposable
{
    public const string Steps = """
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using LogMl;

        namespace Bench;

        public static class Steps
        {
            private static readonly List<double> Gaps = new();
            private static long _end;

            [WorkflowStep("model_evaluate")]
            public static double Evaluate(double x, int repetitions, ITrial trial)
            {
                var now = Stopwatch.GetTimestamp();
                if (trial.Number == 0)
                {
                    File.WriteAllText(Path.Combine(trial.Directory, "first.txt"), System.DateTime.UtcNow.Ticks.ToString());
                }
                else if (trial.Number > 0)
                {
                    Gaps.Add(Stopwatch.GetElapsedTime(_end, now).TotalMilliseconds);
                }

                if (trial.Number == repetitions - 1)
                {
                    File.WriteAllLines(Path.Combine(trial.Directory, "gaps.txt"), Gaps.Select(gap => gap.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
                }

                var loss = x * x;
                _end = Stopwatch.GetTimestamp();
                return loss;
            }
        }
        """;

    private const string Name = "Bench";
    private readonly string _sdk = Path.Combine(Repository, "artifacts", "sdk") + "/";

    public ScratchProject(bool withGenerator, int maxEvals = 1, string algorithm = "random")
    {
        Folder = Directory.CreateTempSubdirectory("logml-bench-").FullName;
        var analyzer = withGenerator ? $"<Analyzer Include=\"{_sdk}analyzers/dotnet/cs/*.dll\" />" : "";
        Write($"{Name}.csproj", $"""
            <Project>
              <PropertyGroup><LogMlSdkDirectory>{_sdk}</LogMlSdkDirectory></PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Import Project="{_sdk}build/LogMl.Sdk.props" />
              <ItemGroup><Reference Include="{_sdk}lib/net10.0/LogMl.dll" />{analyzer}</ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{_sdk}build/LogMl.Sdk.targets" />
            </Project>
            """);
        Write("logml.yaml", Yaml(maxEvals, algorithm));
        Write("Steps.cs", Steps);
    }

    private string Folder { get; }

    /// <summary>The arguments with which the task starts the host.</summary>
    public string[] HostArguments
    {
        get
        {
            var target = Path.Combine(Folder, "bin", "Debug", "net10.0", Name);
            var request = HostRequestFile.Write(
                Folder,
                "--assembly", target + ".dll", "--depsfile", target + ".deps.json", "--runtimeconfig", target + ".runtimeconfig.json",
                "--worker", _sdk + "tools/worker/LogMl.Worker.dll", "--project-directory", Folder,
                "--study", Name.ToLowerInvariant(), "--output", Path.Combine(Folder, "HyperOptResults"), "--workers", "1",
                "--parent-process", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return ["exec", _sdk + "tools/host/LogMl.Host.dll", "hyperopt", request];
        }
    }

    private static string Repository { get; } = FindRepository();

    public static string Yaml(int maxEvals, string algorithm) => string.Create(CultureInfo.InvariantCulture, $"""
        functions:
          model_evaluate: {'{'} x: 1.0, repetitions: {maxEvals} {'}'}
        hyper_parameter_optimization:
          algorithm: {algorithm}
          max_evals: {maxEvals}
          random_seed: 1
          space:
            model_evaluate: {'{'} x: [uniform, -5, 5] {'}'}

        """);

    /// <summary>Lays out artifacts/sdk from the sources as they are.</summary>
    public static void LayOutSdk() => Run(Repository, "build", Path.Combine("src", "LogMl.Sdk"), "-v", "quiet", "-nologo");

    /// <summary>Runs <c>dotnet</c> in the project's folder.</summary>
    /// <returns>Milliseconds until it ended.</returns>
    public double DotNet(params string[] arguments) => Run(Folder, arguments);

    /// <summary>The file that a trial's objective wrote into the trial's folder.</summary>
    public string[] ReadOfTrial(int number, string file) => File.ReadAllLines(Path.Combine(
        Folder, "HyperOptResults", Name.ToLowerInvariant(), "trials", number.ToString(CultureInfo.InvariantCulture), file));

    public void DeleteResults() => Directory.Delete(Path.Combine(Folder, "HyperOptResults"), recursive: true);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    private static double Run(string folder, params string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed in {folder}:\n{output}");
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LogMl.Sdk.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Run it from the repository: there is no LogMl.Sdk.sln above " + AppContext.BaseDirectory);
    }
}

using System.Diagnostics;
using System.Globalization;
using LogMl.Storage;
using LogMl.TestKit;

namespace LogMl.Host.Tests.Kit;

/// <summary>A project folder with searches of the test workflow in it.</summary>
internal sealed class SearchFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("logml host é ").FullName;
    private readonly string _requests = Directory.CreateTempSubdirectory("logml-requests").FullName;

    public TestWorkflow Workflow { get; init; } = TestWorkflow.Library;

    public string Study { get; init; } = "study";

    /// <summary>The command before the host's own command line. It replaces itself with the program that follows it.</summary>
    public string[] Launcher { get; init; } = [];

    /// <summary>Whether searches write a report. It takes each some time.</summary>
    public bool HasReport { get; init; }

    /// <summary>The results folder.</summary>
    public string Output => Path.Combine(_root, "HyperOptResults");

    public string Root => _root;

    /// <summary>The names of the folders of studies.</summary>
    public string[] Studies() => Directory.Exists(Output)
        ? [.. Directory.GetDirectories(Output).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.'))]
        : [];

    public string Csv => Path.Combine(Output, Study, "trials.csv");

    public string BestYaml => Path.Combine(Output, Study, "best.yaml");

    public string Report => Path.Combine(Output, Study, "report.html");

    public string Trial(int number, string file) =>
        Path.Combine(Output, Study, "trials", number.ToString(CultureInfo.InvariantCulture), file);

    public string ReadTrial(int number, string file) => File.ReadAllText(Trial(number, file));

    /// <summary>Starts a search.</summary>
    /// <param name="script">What the trials do (tests/LogMl.TestWorkflows/Script.cs).</param>
    /// <param name="options">Further fields of the request, as <see cref="HostRequestFile.Write"/> takes them.</param>
    /// <param name="environment">Further environment variables, <c>name=value</c>.</param>
    /// <param name="verb">hyperopt or run.</param>
    public HostProcess Start(string script, string[]? options = null, string[]? environment = null, string verb = "hyperopt")
    {
        string[] arguments =
        [
            "--assembly", Workflow.Assembly, "--depsfile", Workflow.DepsFile, "--runtimeconfig", Workflow.RuntimeConfig,
            "--probing-paths", TestWorkflow.PackageFolder, "--worker", TestWorkflow.Worker, .. options ?? [],
        ];
        return Start(verb, arguments, [$"{TestWorkflow.ScriptVariable}={script}", .. environment ?? []]);
    }

    /// <summary>Starts to remove the study.</summary>
    /// <param name="environment">Further environment variables, <c>name=value</c>.</param>
    public HostProcess StartClean(string[]? environment = null) => Start("clean", [], environment ?? []);

    private HostProcess Start(string verb, string[] options, string[] environment)
    {
        // A shell that starts these tests in the background may ignore SIGINT, and children inherit that. A process in the foreground of a
        // terminal does not.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        var request = HostRequestFile.Write(_requests, [
            "--project-directory", _root, "--study", Study, "--output", Output, .. HasReport ? [] : (string[])["--no-report"], .. options,
        ]);
        string[] arguments = ["--default-signal=INT", .. Launcher, TestKit.CommandLine.Dotnet, "exec", TestWorkflow.Host, verb, request];
        Array.ForEach(arguments, start.ArgumentList.Add);
        // Searches of tests are no news for the job that runs the tests.
        start.Environment.Remove("GITHUB_STEP_SUMMARY");
        foreach (var variable in environment)
        {
            var parts = variable.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        return new HostProcess(start);
    }

    /// <summary>Runs a search to its end.</summary>
    public HostProcess Run(int exitCode, string script, string[]? options = null, string[]? environment = null, string verb = "hyperopt")
    {
        var host = Start(script, options, environment, verb);
        var actual = host.WaitForExit();
        Assert.True(actual == exitCode, $"Exit code {actual}, expected {exitCode}.\n{host.Text}");
        return host;
    }

    /// <summary>The number of complete trials in the store, from all hosts.</summary>
    public int CompleteTrials()
    {
        using var storage = StudyStorages.Sqlite(Path.Combine(Output, Study, "study.db"));
        return storage.ReadTrials(storage.FindStudy(Study)!.Id, -1, []).Count(trial => trial.State == StoredState.Complete);
    }

    /// <summary>The rows of trials.csv in the order of the trials' numbers, by column.</summary>
    public Dictionary<string, string>[] Rows()
    {
        var records = Rfc4180.Read(File.ReadAllText(Csv));
        return
        [
            .. records.Skip(1).Select(record =>
            {
                Assert.Equal(records[0].Length, record.Length);
                return records[0].Zip(record).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal);
            }).OrderBy(row => int.Parse(row["number"], CultureInfo.InvariantCulture)),
        ];
    }

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        Directory.Delete(_requests, recursive: true);
    }
}

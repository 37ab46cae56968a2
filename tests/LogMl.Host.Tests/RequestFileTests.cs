using LogMl.Host.Requests;
using LogMl.Shared.Requests;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>The request of a build, written as the tasks do, or by hand.</summary>
public sealed class RequestFileTests : IDisposable
{
    private static readonly string[] Needed =
    [
        "--project-directory", "/a", "--study", "x", "--output", "/a/out", "--assembly", "/a/X.dll", "--depsfile", "/a/X.deps.json",
        "--runtimeconfig", "/a/X.runtimeconfig.json", "--worker", "/w.dll",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("logml-request").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_a_task_writes_is_what_the_host_reads()
    {
        var request = new HostRequest
        {
            ProjectDirectory = "/a \"50%; $(x)\" é😀\\",
            ShellDirectory = "/shell",
            Study = "it's @(me)*?\u0007\n",
            HasDefaultStudy = true,
            Workflow = "forest",
            From = "another \"one\"",
            Output = "/a/out",
            StorageFile = "/s",
            Assembly = "/a/X.dll",
            DepsFile = "/a/X.deps.json",
            RuntimeConfig = "/a/X.runtimeconfig.json",
            ProbingPaths = ["/p", "/q"],
            Worker = "/w.dll",
            Inputs = "/i",
            Overrides = new Dictionary<string, string> { ["max_evals"] = "5", ["timeout"] = "1h 30m" },
            RetryFailed = true,
            Reevaluate = true,
            NoProgress = true,
            Lease = 1.5,
            ParentProcess = 77,
            Bundle = "/b/bundle.json",
            NewSeed = 4711,
            Packing = new PackTerms { Folder = "/b", Runtime = "/r", RuntimeIdentifier = "linux-x64", TargetFramework = "net10.0" },
            Joining = new JoinTerms
            {
                MaxTrials = 3, MaxSeconds = 1.5, AllowsOtherCode = true, Node = "n17", Slot = "slurm 4711_3", Devices = ["0", "GPU-a"],
            },
        };
        var text = RequestWriter.Write(request);

        var read = RequestFile.Read(FileWith(text), needsAssembly: true);

        Assert.Equal(request.ProbingPaths, read.ProbingPaths);
        Assert.Equal(request.Overrides, read.Overrides);
        Assert.Equal(request.Joining.Devices, read.Joining!.Devices);
        Assert.Equal(request, read with
        {
            ProbingPaths = request.ProbingPaths, Overrides = request.Overrides,
            Joining = read.Joining with { Devices = request.Joining.Devices },
        });
    }

    [Fact]
    public void The_paths_of_a_bundle_are_relative_to_its_folder()
    {
        using var json = System.Text.Json.JsonDocument.Parse("""{"project_directory":"files","study":"x","output":"/o","assembly":"app/X.dll"}""");

        var read = HostRequest.Pass(new RequestReader(json.RootElement, "/b/x.bundle"), null);

        Assert.Equal(("/b/x.bundle/files", "/o", "/b/x.bundle/app/X.dll"), (read.ProjectDirectory, read.Output, read.Assembly));
        Assert.Null(read.Joining);
    }

    [Fact]
    public void Fields_that_are_not_set_have_their_defaults()
    {
        var read = RequestFile.Read(HostRequestFile.Write(_folder, Needed), needsAssembly: true);

        Assert.Equal(("/a", "x", "/a/out"), (read.ShellDirectory, read.Study, read.Output));
        Assert.Equal((false, false, false, false), (read.HasDefaultStudy, read.RetryFailed, read.Reevaluate, read.NoProgress));
        Assert.Equal((null, null, null, null), (read.StorageFile, read.Inputs, read.Lease, read.ParentProcess));
        Assert.Empty(read.Overrides);
        Assert.Empty(read.ProbingPaths);
    }

    [Fact]
    public void Removing_results_needs_no_assembly()
    {
        var path = HostRequestFile.Write(_folder, Needed[..6]);

        Assert.Equal("x", RequestFile.Read(path, needsAssembly: false).Study);
        Assert.Contains("'assembly'", Refused(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-evals", "0", "HyperOptMaxEvals is '0', but must be a whole number of at least 1")]
    [InlineData("--max-evals", "1,5", "HyperOptMaxEvals is '1,5'")]
    [InlineData("--max-evals", "3000000000", "HyperOptMaxEvals is '3000000000', but must be a whole number of at most 2147483647")]
    [InlineData("--workers", "-1", "HyperOptWorkers is '-1'")]
    [InlineData("--random-seed", "99999999999999999999", "HyperOptSeed is '99999999999999999999'")]
    [InlineData("--timeout", "soon", "HyperOptTimeout is 'soon', but must be a time above 0")]
    [InlineData("--trial-timeout", "0", "HyperOptTrialTimeout is '0', but must be a time above 0")]
    [InlineData("--trial-memory", "1MB", "HyperOptTrialMemory is '1MB', but must be a size of at least 32MB")]
    [InlineData("--max-retries", "101", "HyperOptMaxRetries is '101', but must be a whole number from 0 to 100")]
    [InlineData("--max-failures", "0", "HyperOptMaxFailures is '0', but must be a whole number of at least 1")]
    [InlineData("--algorithm", "tpee", "(did you mean 'tpe'?)")]
    [InlineData("--max-eval", "5", "The field 'max_eval' is unknown")]
    [InlineData("--storage-fil", "/s", "The field 'storage_fil' is unknown; did you mean 'storage_file'?")]
    [InlineData("--inputs", "list", "The field 'inputs' must be an absolute path, not \"list\"")]
    [InlineData("--retry-failed", "yes", "The field 'retry_failed' must be true or false, not \"yes\"")]
    public void A_wrong_field_is_named_and_a_wrong_override_as_the_property_behind_it(string name, string value, string expected) =>
        Assert.Contains(expected, Refused(HostRequestFile.Write(_folder, [.. Needed, name, value])), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"study":"x"}""", "The field 'project_directory' is missing")]
    [InlineData("""{"study":"x","study":"y"}""", "study")]
    [InlineData("""{"overrides":{"pruner":"median"},"project_directory":"/a","study":"x","output":"/a"}""", "'pruner' is no key that a build overrides")]
    [InlineData("[]", "cannot be used")]
    [InlineData("{", "cannot be used")]
    [InlineData("", "cannot be used")]
    public void A_file_that_is_no_request_is_one_error(string text, string expected) =>
        Assert.Contains(expected, Refused(FileWith(text)), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_does_not_exist_is_one_error() =>
        Assert.Contains("absent", Refused(Path.Combine(_folder, "absent")), StringComparison.Ordinal);

    private static string Refused(string path)
    {
        var exception = Assert.Throws<HostException>(() => RequestFile.Read(path, needsAssembly: true));
        Assert.Equal(HostErrors.Usage, exception.Code);
        return exception.Message;
    }

    private string FileWith(string text)
    {
        var path = Path.Combine(_folder, "request.json");
        File.WriteAllText(path, text);
        return path;
    }
}

using System.Diagnostics;
using System.Globalization;
using LogMl.TestKit.Postgres;
using LogMl.TestKit.Slurm;

namespace LogMl.EndToEnd.Tests;

/// <summary>The target that submits a bundle to a cluster.</summary>
public sealed class SlurmArrayTests
{
    private const int MaxEvals = 10;

    private const int Workers = 3;

    /// <summary>Notes on which node a trial runs, and waits while the file <c>hold</c> is there.</summary>
    private const string Objective = $$"""
        var folder = Environment.GetEnvironmentVariable("{{PackedBundle.Gate}}")!;
        File.WriteAllText(Path.Combine(folder, $"{Environment.GetEnvironmentVariable("SLURMD_NODENAME")}.{Guid.NewGuid()}"), "");
        while (File.Exists(Path.Combine(folder, "hold")))
        {
            Thread.Sleep(20);
        }

        return x * x;
        """;

    [Fact]
    public async Task What_is_missing_is_one_error_before_anything_is_built()
    {
        using var project = await Consumer.ApplicationAsync("does not compile");

        var storage = await project.DotnetAsync(["build", "-t:HyperOptSubmit", "-p:HyperOptCluster=slurm"], ("LOGML_STORAGE", ""));
        storage.FailedOnlyWith("LOGML3002", "Nothing says where the study is stored.", ": HyperOptStorageFile. (");
        var slurm = await project.DotnetAsync(
            ["build", "--no-restore", "-t:HyperOptSubmit", "-p:HyperOptCluster=slurm"],
            ("LOGML_STORAGE", "Host=127.0.0.1;Port=1;Database=x"), ("PATH", "/nonexistent"));
        slurm.FailedOnlyWith("LOGML3050", "There is no sbatch on the PATH.");
        (await project.BuildAsync("--no-restore", "-t:HyperOptSubmit")).FailedOnlyWith("LOGML1050", "Add -p:HyperOptCluster=slurm.");
    }

    [SlurmFact(NeedsPostgres = true)]
    public async Task A_search_in_a_cluster_that_loses_a_node_ends_with_all_its_trials_and_none_too_many()
    {
        using var project = await TestProject.CreateAsync(
            "cluster é", ("xor.csproj", Consumer.Project), ("logml.yaml", Consumer.Yaml), ("Program.cs", Consumer.Main),
            ("Tuned.cs", Consumer.Objective(Objective)));
        using var cluster = new SlurmCluster(nodes: 2);
        using var gate = new TempDirectory("gate");
        var hold = Path.Combine(gate.Path, "hold");
        await File.WriteAllTextAsync(hold, "");
        (string Name, string Value)[] environment =
        [
            cluster.Setting, ("DOTNET_ROOT", PackedBundle.DotNetRoot), (PackedBundle.Gate, gate.Path),
            ("LOGML_STORAGE", PostgresServer.Shared.CreateDatabase().ConnectionString),
        ];

        var submitted = await project.DotnetAsync(
            [
                "build", "-t:HyperOptSubmit", "-p:HyperOptCluster=slurm",
                Set("HyperOptMaxEvals", MaxEvals), Set("HyperOptWorkers", Workers),
                "-p:HyperOptClusterTime=1:00:00", "-p:HyperOptClusterOptions=--cpus-per-task=1 --nice=1",
            ],
            environment);
        submitted.Succeeded().Shows("Submitted job 1: ").Shows("xor.bundle.slurm/submit.sh");
        cluster.WaitFor("a trial runs in each worker", () => Running("n1") + Running("n2") == Workers && Running("n2") > 0);
        var status = Search("status");
        Assert.Contains(" RUNNING ", status, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $" {Workers} running\n"), status, StringComparison.Ordinal);

        cluster.Crash("n2");
        File.Delete(hold);
        cluster.WaitFor("the array has ended", cluster.IsQueueEmpty);

        status = Search("status");
        Assert.StartsWith("No task is in the queue.\n", status, StringComparison.Ordinal);
        Assert.Matches(string.Create(CultureInfo.InvariantCulture, $@"\ntrials .*\b{MaxEvals} complete\b"), status);
        Assert.Matches(@"\nbest +trial \d+: ", status);
        Assert.Equal(Workers, Restarts(cluster).Length);
        Assert.Contains(1, Restarts(cluster));

        int Running(string node) => Directory.GetFiles(gate.Path, node + ".*").Length;

        string Search(string verb)
        {
            var start = new ProcessStartInfo(project.At("HyperOptResults/xor.bundle/search"), ["slurm", verb]);
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }

            return BoundedProcess.Run(start);
        }
    }

    private static string Set(string property, int value) => string.Create(CultureInfo.InvariantCulture, $"-p:{property}={value}");

    /// <summary>How often Slurm has started each task again.</summary>
    private static int[] Restarts(SlurmCluster cluster) =>
    [
        .. cluster.Run("scontrol", "--oneliner", "show", "job", "1").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(job => job.Split(' ').Single(field => field.StartsWith("Restarts=", StringComparison.Ordinal)).Split('=')[1])
            .Select(count => int.Parse(count, CultureInfo.InvariantCulture)),
    ];
}

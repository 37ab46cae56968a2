using System.Diagnostics;
using LogMl.TestKit;
using LogMl.TestKit.Slurm;
using LogMl.Tool.Tests.Kit;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Tests;

/// <summary>The verb slurm. The jobs run in a real Slurm; their worker is a script that ends as a test wants it.</summary>
public sealed class SlurmTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public SlurmTests()
    {
        var version = typeof(Bundle).Assembly.GetName().Version!.ToString(3);
        Directory.CreateDirectory(_folder.At("x.bundle"));
        File.WriteAllText(
            _folder.At("x.bundle/bundle.json"), $$"""{ "format": 1, "version": "{{version}}", "request": { "study": "x" } }""");
        _folder.Set("LOGML_STORAGE", "Host=127.0.0.1;Port=1;Database=x");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("submit --workers 0", "--workers must be a number from 1 to 10000.")]
    [InlineData("submit --time soon", "--time is 'soon', but must be a time of Slurm: minutes,")]
    [InlineData("submit -- --partition gpu", "'gpu' is no option of sbatch in one word. Write --partition=gpu instead of --partition gpu.")]
    [InlineData("cancel 47x", "'47x' is no id of a job, such as 4711 or 4711_3.")]
    public void Wrong_input_is_one_error(string line, string message) => Assert.Contains(
        message, _folder.Run(Arguments(line)).Fails(ToolErrors.Usage, ExitCodes.WrongUsage), StringComparison.Ordinal);

    [Fact]
    public void Several_nodes_cannot_share_a_file_and_need_a_database()
    {
        _folder.Set("LOGML_STORAGE", "sqlite:////tmp/x.db");
        Assert.Contains(
            "Several nodes cannot share an SQLite file.", _folder.Run(Arguments("submit --workers 2")).Fails(ToolErrors.Location),
            StringComparison.Ordinal);

        _folder.Set("LOGML_STORAGE", "");
        Assert.Contains(
            "Nothing says where the study is stored.", _folder.Run(Arguments("submit")).Fails(ToolErrors.Location),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("x.bundle.slurm")));
    }

    [Fact]
    public void A_bundle_that_was_not_submitted_has_no_job() => Assert.Contains(
        "This bundle has not been submitted.", _folder.Run(Arguments("cancel")).Fails(ToolErrors.Slurm), StringComparison.Ordinal);

    [SlurmFact]
    public void A_task_whose_worker_has_crashed_is_started_again_and_a_cancelled_one_is_not()
    {
        using var cluster = new SlurmCluster(nodes: 2);

        // Each task crashes at its first start, and waits for the signal at its second one.
        WriteWorker("""
            echo "start $SLURM_ARRAY_TASK_ID ${SLURM_RESTART_COUNT:-0}" >> "$here/events"
            [ "${SLURM_RESTART_COUNT:-0}" -gt 0 ] || kill -9 $$
            trap 'echo "given back $SLURM_ARRAY_TASK_ID" >> "$here/events"; exit 143' TERM
            while :; do sleep 0.1; done
            """);
        var submitted = Tool(cluster, "submit --workers 2 --time 10:00 -- --cpus-per-task=1");
        Assert.Matches(@"^Submitted job \d+: ", submitted);
        Assert.Contains("#SBATCH --cpus-per-task=1\n", File.ReadAllText(_folder.At("x.bundle.slurm/submit.sh")), StringComparison.Ordinal);

        SlurmCluster.WaitFor(
            "both tasks have started again", () => Events().Count(line => line.EndsWith(" 1", StringComparison.Ordinal)) == 2);
        Tool(cluster, "cancel");
        SlurmCluster.WaitFor(
            "both workers have given back", () => Events().Count(line => line.StartsWith("given", StringComparison.Ordinal)) == 2);
        SlurmCluster.WaitFor("the queue is empty", () => cluster.Run("squeue", "-h") == "");

        Assert.Equal(4, Events().Count(line => line.StartsWith("start", StringComparison.Ordinal)));
    }

    [SlurmFact]
    public void A_task_goes_on_after_its_time_limit_until_its_worker_is_done_and_a_wrong_partition_is_an_error()
    {
        using var cluster = new SlurmCluster(nodes: 1);

        // With a limit of a minute, the signal comes at once. It is the second start that finishes the study.
        WriteWorker("""
            echo "start ${SLURM_RESTART_COUNT:-0}" >> "$here/events"
            [ "${SLURM_RESTART_COUNT:-0}" -eq 0 ] || exit 0
            trap 'echo "given back" >> "$here/events"; exit 143' TERM
            while :; do sleep 0.1; done
            """);
        Tool(cluster, "submit --time 1");
        SlurmCluster.WaitFor("the queue is empty", () => cluster.Run("squeue", "-h") == "");

        Assert.Equal(["start 0", "given back", "start 1"], Events());
        var (code, _, errors) = TryTool(cluster, "submit -- --partition=none");
        Assert.Equal(ExitCodes.Failed, code);
        Assert.StartsWith("error LOGML3050: sbatch has failed: ", errors, StringComparison.Ordinal);
    }

    private static string[] Arguments(string line)
    {
        var words = line.Split(' ');
        return ["slurm", words[0], "--bundle", "x.bundle", .. words[1..]];
    }

    private string[] Events() => File.Exists(_folder.At("x.bundle/events")) ? File.ReadAllLines(_folder.At("x.bundle/events")) : [];

    private void WriteWorker(string body)
    {
        var script = _folder.At("x.bundle/search");
        File.WriteAllText(script, $"#!/bin/bash\nhere=${{0%/*}}\n{body}\n".ReplaceLineEndings("\n"));
        BoundedProcess.Run(new ProcessStartInfo("chmod", ["+x", script]));
    }

    private string Tool(SlurmCluster cluster, string line)
    {
        var (code, output, errors) = TryTool(cluster, line);
        Assert.True(code == 0, errors);
        return output;
    }

    private (int ExitCode, string Output, string Errors) TryTool(SlurmCluster cluster, string line)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "LogMl.Tool.dll");
        var start = cluster.InCluster(new ProcessStartInfo(CommandLine.Dotnet, ["exec", tool, .. Arguments(line)])
        {
            WorkingDirectory = _folder.Path,
        });
        start.Environment["LOGML_STORAGE"] = "Host=127.0.0.1;Port=1;Database=x";
        return BoundedProcess.TryRun(start);
    }
}

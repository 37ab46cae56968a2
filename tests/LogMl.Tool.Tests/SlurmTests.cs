using System.Diagnostics;
using System.Globalization;
using LogMl.TestKit;
using LogMl.TestKit.Slurm;
using LogMl.Tool.Tests.Kit;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Tests;

/// <summary>The verbs of Slurm. The jobs run in a real Slurm; their worker is a script that ends as a test wants it.</summary>
public sealed class SlurmTests : IDisposable
{
    private const string Storage = "Host=127.0.0.1;Port=1;Database=x";

    /// <summary>A name of a folder that breaks careless scripts: a blank, a pattern of Slurm, a quote, a comment.</summary>
    private const string Name = "it's 5%a #1.bundle";

    private readonly ToolFolder _folder = new();

    public SlurmTests()
    {
        var version = typeof(Bundle).Assembly.GetName().Version!.ToString(3);
        Directory.CreateDirectory(_folder.At(Name));
        File.WriteAllText(
            _folder.At(Name + "/bundle.json"), $$"""{ "format": 1, "version": "{{version}}", "request": { "study": "it's #1" } }""");
        _folder.Set("LOGML_STORAGE", Storage);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("submit --workers 0", "--workers must be a number from 1 to 10000.")]
    [InlineData("submit --time soon", "--time is 'soon', but must be a time of Slurm: minutes,")]
    [InlineData("submit -- --partition gpu", "'gpu' is no option of sbatch in one word. Write --partition=gpu instead of --partition gpu.")]
    [InlineData("submit --partition=gpu", "'--partition=gpu' is no option of logml slurm submit. Options of sbatch stand after --")]
    [InlineData("submit --worker=4 -- --mem=1G", "'--worker=4' is no option of logml slurm submit.")]
    [InlineData("submit -- --signal=TERM@10", "'--signal=TERM@10' would change an option of the script: --signal.")]
    [InlineData("submit -- --sig=TERM@10", "'--sig=TERM@10' would change an option of the script: --signal.")]
    [InlineData("submit -- -a0-3", "'-a0-3' would change an option of the script: --array. --workers before the --")]
    [InlineData("submit -- --time=1", "'--time=1' would change an option of the script: --time. Write --time before the --.")]
    [InlineData("submit -- --export=NONE", "With '--export=NONE' the tasks would not know the storage of the study.")]
    [InlineData("cancel 47x", "'47x' is no id of a job, such as 4711 or 4711_3.")]
    [InlineData("status 4711 --workers=1", "'--workers=1' is no option of logml slurm status")]
    public void Wrong_input_is_one_error(string line, string message) => Assert.Contains(
        message, _folder.Run(Arguments(line)).Fails(ToolErrors.Usage, ExitCodes.WrongUsage), StringComparison.Ordinal);

    [Fact]
    public void Nodes_cannot_share_a_file_and_need_a_database()
    {
        _folder.Set("LOGML_STORAGE", "sqlite:////tmp/x.db");
        Assert.Contains(
            "which the nodes of a cluster cannot share.", _folder.Run(Arguments("submit --workers 2")).Fails(ToolErrors.Location),
            StringComparison.Ordinal);

        _folder.Set("LOGML_STORAGE", "");
        Assert.Contains(
            "Nothing says where the study is stored.", _folder.Run(Arguments("submit --check")).Fails(ToolErrors.Location),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At(Name + ".slurm")));
    }

    [Fact]
    public void A_bundle_that_was_not_submitted_has_no_job() => Assert.Contains(
        "This bundle has not been submitted", _folder.Run(Arguments("cancel")).Fails(ToolErrors.Slurm), StringComparison.Ordinal);

    [Fact]
    public void A_machine_without_Slurm_is_an_error_and_no_script_is_written()
    {
        var start = Tool("submit");
        start.Environment["PATH"] = "/nonexistent";
        var (code, _, errors) = BoundedProcess.TryRun(start);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Equal(
            "error LOGML3050: There is no sbatch on the PATH. Run this on a machine from which jobs are submitted to Slurm.\n", errors);
        Assert.False(Directory.Exists(_folder.At(Name + ".slurm")));
    }

    [SlurmFact]
    public void A_worker_that_crashes_starts_again_and_a_cancelled_one_does_not()
    {
        using var cluster = new SlurmCluster(nodes: 2);
        WriteWorker("exit 0");
        Assert.Matches(
            @"^Submitted job \d+: .*/submit\.sh\n$", Run(cluster, "submit --workers 2 --time 10:00 -- --cpus-per-task=1 --comment=#1"));
        cluster.WaitFor("the array has ended", cluster.IsQueueEmpty);
        Assert.Equal("No task is in the queue.\n", Run(cluster, "cancel"));
        var (refused, _, errors) = BoundedProcess.TryRun(cluster.InCluster(Tool("submit -- --partition=none")));
        Assert.Equal(ExitCodes.Failed, refused);
        Assert.StartsWith("error LOGML3050: sbatch has failed: ", errors, StringComparison.Ordinal);

        // A file where the folder should be.
        File.WriteAllText(_folder.At("file"), "");
        var (failed, _, reason) = BoundedProcess.TryRun(cluster.InCluster(Tool("submit --output file")));
        Assert.Equal(ExitCodes.Failed, failed);
        Assert.StartsWith("error LOGML3007: The script of the job cannot be kept in ", reason, StringComparison.Ordinal);

        // The script is there to be edited. Each worker crashes at its first start, and then waits for the signal.
        var script = _folder.At(Name + ".slurm/submit.sh");
        File.WriteAllText(script, File.ReadAllText(script).Replace("pause=60", "pause=1", StringComparison.Ordinal));
        WriteWorker("""
            note "start $SLURM_ARRAY_TASK_ID"
            [ "$(grep -c "start $SLURM_ARRAY_TASK_ID" "$events")" -gt 1 ] || kill -9 $$
            await_signal
            """);
        var job = cluster.Run("sbatch", "--parsable", script).Trim();
        cluster.WaitFor("both workers have started again", () => Count("start") == 4);
        _folder.With("none.db", _ => { });
        Assert.Contains(
            $"job  state    tasks  nodes  reason\n{job}    RUNNING      2  ", Run(cluster, $"status {job}"), StringComparison.Ordinal);

        Assert.Contains($"Job {job} is cancelled.", Run(cluster, $"cancel {job}"), StringComparison.Ordinal);
        Assert.True(cluster.IsQueueEmpty());
        Assert.Equal((4, 2), (Count("start"), Count("given back")));
    }

    [SlurmFact]
    public void A_task_goes_on_after_its_time_limit_and_after_a_preemption_and_not_when_it_is_cancelled_at_its_limit()
    {
        using var cluster = new SlurmCluster(nodes: 3);

        // With a limit of a minute, the signal comes at the next look of Slurm. It is the second start that finishes the study.
        WriteWorker("""
            note "$SLURMD_NODENAME start ${SLURM_RESTART_COUNT:-0}"
            [ "${SLURM_RESTART_COUNT:-0}" -eq 0 ] || exit 0
            await_signal
            """);
        Run(cluster, "submit --time 1 -- --nodelist=n1");
        Run(cluster, "submit -- --nodelist=n2");
        Run(cluster, "submit --time 1 -- --nodelist=n3");
        Assert.Equal(
            ["submit-2.sh", "submit-3.sh", "submit.sh"],
            Directory.GetFiles(_folder.At(Name + ".slurm"), "*.sh").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var cancelled = File.ReadAllLines(_folder.At(Name + ".slurm/jobs"))[2];
        cluster.WaitFor("all workers have started", () => Count("start") == 3);
        File.WriteAllText(_folder.At("slow"), "");

        cluster.Run(
            "sbatch", "--partition=" + SlurmCluster.UrgentPartition, "--nodelist=n2", "--exclusive", "--output=/dev/null",
            "--wrap=sleep 1");
        cluster.WaitFor("a worker has the signal of its time limit", () => Count("n3 signal") == 1);
        Run(cluster, $"cancel {cancelled}");
        File.Delete(_folder.At("slow"));
        cluster.WaitFor("the queue is empty", cluster.IsQueueEmpty);

        Assert.Equal(
            ["n1 given back", "n1 start 0", "n1 start 1", "n2 given back", "n2 start 0", "n2 start 1", "n3 given back", "n3 start 0"],
            Events().Where(line => !line.EndsWith("signal", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static string[] Arguments(string line)
    {
        var words = line.Split(' ');
        return ["slurm", words[0], "--bundle", Name, .. words[1..]];
    }

    private int Count(string text) => Events().Count(line => line.Contains(text, StringComparison.Ordinal));

    private string[] Events() => File.Exists(_folder.At("events")) ? File.ReadAllLines(_folder.At("events")) : [];

    private void WriteWorker(string body)
    {
        var script = _folder.At(Name + "/search");
        File.WriteAllText(script, $$"""
            #!/bin/bash
            here=${0%/*}/..
            events=$here/events
            note() { echo "$*" >> "$events"; }
            await_signal() {
                trap 'signal=yes' TERM
                while [ -z "$signal" ] && [ -e "$0" ]; do sleep 0.1; done
                note "$SLURMD_NODENAME signal"
                [ "$SLURMD_NODENAME" != n3 ] || while [ -e "$here/slow" ] && [ "$((++looks))" -lt 30 ]; do sleep 0.1; done
                note "$SLURMD_NODENAME given back"
                exit 143
            }
            {{body}}

            """.ReplaceLineEndings("\n"));
        BoundedProcess.Run(new ProcessStartInfo("chmod", ["+x", script]));
    }

    private ProcessStartInfo Tool(string line)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "LogMl.Tool.dll");
        var start = new ProcessStartInfo(CommandLine.Dotnet, ["exec", tool, .. Arguments(line)]) { WorkingDirectory = _folder.Path };
        start.Environment["LOGML_STORAGE"] =
            line.StartsWith("status", StringComparison.Ordinal) ? $"sqlite:///{_folder.At("none.db")}" : Storage;
        return start;
    }

    private string Run(SlurmCluster cluster, string line)
    {
        var (code, output, errors) = BoundedProcess.TryRun(cluster.InCluster(Tool(line)));
        Assert.True(code == ExitCodes.Done, string.Create(CultureInfo.InvariantCulture, $"{line}: exit code {code}\n{output}{errors}"));
        return output;
    }
}

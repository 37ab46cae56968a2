using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.Host.Workers;
using LogMl.Shared.Requests;
using LogMl.Shared.Wire;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>One worker process, and the messages about its end.</summary>
public sealed class WorkerProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("logml worker ");

    public WorkerProcessTests() => Environment.SetEnvironmentVariable(TestWorkflow.ScriptVariable, "pid,0:hang,2:exit=3,3:stack_overflow,4:native_crash,5:loss=0.5");

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public void A_worker_that_somebody_else_has_ended_is_lost(string signal)
    {
        using var worker = Launch();
        var killer =
            new Thread(() => ProcessList.Signal(ProcessList.WaitForPid(Path.Combine(_folder.FullName, "trial", "worker.pid")), signal));
        killer.Start();
        var outcome = Run(worker, 0);
        killer.Join();
        Assert.False(worker.IsAlive);
        Assert.Contains("SIG" + signal, Assert.IsType<TrialOutcome.Lost>(outcome).Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(129, true)]
    [InlineData(137, true)]
    [InlineData(143, true)]
    [InlineData(130, false)]
    [InlineData(134, false)]
    [InlineData(139, false)]
    [InlineData(1, false)]
    [InlineData(9, false)]
    public void Hang_up_kill_and_terminate_come_from_outside(int exitCode, bool isFromOutside) =>
        Assert.Equal(isFromOutside, Ending.IsFromOutside(exitCode));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_worker_that_crashes_by_the_doing_of_its_trial_is_not_lost(int trial)
    {
        using var worker = Launch();
        Assert.IsType<TrialOutcome.Failed>(Run(worker, trial));
        Assert.False(worker.IsAlive);
    }

    [Theory]
    [InlineData(0.5, null)]
    [InlineData(null, 40_000_000)]
    public void A_worker_that_is_ended_at_a_limit_is_not_lost(double? seconds, int? memory)
    {
        using var worker = Launch();
        var limits = new TrialLimits(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value), memory);
        var failed = Assert.IsType<TrialOutcome.Failed>(Run(worker, 0, limits));
        Assert.Contains(
            seconds is null ? "trial_memory (40 MB)" : "trial_timeout (0.5 s)", failed.Failure.Summary, StringComparison.Ordinal);
        Assert.False(worker.IsAlive);
    }

    [Fact]
    public void A_limit_that_is_not_reached_changes_nothing()
    {
        using var worker = Launch();
        for (var i = 0; i < 2; i++)
        {
            var outcome = Run(worker, 5, new TrialLimits(TimeSpan.FromMinutes(10), 4_000_000_000));
            Assert.Equal(0.5, Assert.IsType<TrialOutcome.Completed>(outcome).Validation["loss"]);
        }

        Assert.True(worker.IsAlive);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(TestWorkflow.ScriptVariable, null);
        _folder.Delete(recursive: true);
    }

    private WorkerProcess Launch()
    {
        var workflow = TestWorkflow.Library;
        var options = new HostRequest
        {
            Assembly = workflow.Assembly,
            DepsFile = workflow.DepsFile,
            RuntimeConfig = workflow.RuntimeConfig,
            ProbingPaths = [TestWorkflow.PackageFolder],
            Worker = TestWorkflow.Worker,
            ProjectDirectory = _folder.FullName,
            Study = "study",
            Output = _folder.FullName,
        };
        return WorkerProcess.Launch(options, 0, CancellationToken.None);
    }

    private TrialOutcome Run(WorkerProcess worker, int number, TrialLimits limits = default)
    {
        var folder = new TrialFolder(_folder.FullName, Path.Combine(_folder.FullName, "trial"), () => "");
        var request = new HostMessage.Trial(number, RunKind.Search, 1, 1, folder.Path, IsPrunable: false, new Dictionary<string, double>());
        return worker.Run(new TrialRun(request, folder) { Limits = limits });
    }
}

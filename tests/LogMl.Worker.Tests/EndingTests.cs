using System.Diagnostics;
using System.Globalization;
using LogMl.TestKit;

namespace LogMl.Worker.Tests;

public sealed class EndingTests
{
    [Fact]
    public async Task Stop_ends_an_idle_worker()
    {
        using var worker = await WorkerUnderTest.GreetedAsync();
        await worker.StopAsync();
        Assert.Equal(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task Stop_ends_a_worker_that_still_loads()
    {
        using var worker = WorkerUnderTest.Launch(TestWorkflow.Library, environment: (TestWorkflow.LoadVariable, "slow"));
        await worker.ConnectedAsync();
        await worker.StopAsync();
        Assert.Equal(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task Stop_cancels_the_token_of_the_trial()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("pid,delay=600000");
        await worker.SendTrialAsync(0);
        await RunningAsync(worker);
        await worker.StopAsync();
        using var failed = await worker.ReceiveAsync();
        Assert.Equal("failed", failed.Type());
        Assert.Equal("System.Threading.Tasks.TaskCanceledException", failed.Text("exception"));
        Assert.Equal(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task A_trial_that_ignores_the_stop_is_ended_with_its_process()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("pid,hang");
        await worker.SendTrialAsync(0);
        await RunningAsync(worker);
        await worker.StopAsync();
        Assert.NotEqual(0, await worker.ExitCodeAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("pid,hang")]
    [InlineData("pid,exit_hanging")]
    public async Task A_worker_ends_when_its_host_is_gone(string script)
    {
        using var worker = await WorkerUnderTest.GreetedAsync(script);
        if (script.Length > 0)
        {
            await worker.SendTrialAsync(0);
            await RunningAsync(worker);
        }

        worker.BreakPipe();
        Assert.NotEqual(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task A_worker_whose_host_is_gone_ends_what_its_steps_have_started()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("child=600,orphan=600,pid,hang");
        await worker.SendTrialAsync(0);
        await RunningAsync(worker);
        worker.BreakPipe();
        Assert.NotEqual(0, await worker.ExitCodeAsync());
        foreach (var file in new[] { "child.pid", "orphan.pid" })
        {
            var stat = $"/proc/{(await File.ReadAllTextAsync(Path.Combine(worker.TrialFolder(0), file))).TrimEnd()}/stat";
            while (File.Exists(stat) && !(await File.ReadAllTextAsync(stat)).Contains(") Z ", StringComparison.Ordinal))
            {
                await Task.Delay(10);
            }
        }
    }

    [Fact]
    public async Task A_trial_that_is_cancelled_leaves_the_worker_to_the_next_one()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("pid,0:delay=600000,1:loss=0.5");
        await worker.SendTrialAsync(0);
        await RunningAsync(worker);
        await worker.CancelAsync(3);
        await worker.CancelAsync(0);
        using var failed = await worker.ReceiveAsync();
        Assert.Equal(("failed", "System.Threading.Tasks.TaskCanceledException"), (failed.Type(), failed.Text("exception")));
        using var completed = await worker.RunAsync(1);
        Assert.Equal(0.5, completed.Loss().GetDouble());
    }

    [Fact]
    public async Task A_trial_that_is_cancelled_before_it_runs_is_cancelled_when_it_does()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("0:sleep=500,1:delay=600000");
        await worker.SendTrialAsync(0);
        await worker.SendTrialAsync(1);
        await worker.CancelAsync(1);
        using var completed = await worker.ReceiveAsync();
        Assert.Equal("completed", completed.Type());
        using var failed = await worker.ReceiveAsync();
        Assert.Equal(("failed", 1), (failed.Type(), failed.Number("number")));
    }

    [Fact]
    public async Task A_worker_whose_host_is_gone_before_it_came_says_so_and_ends()
    {
        using var worker = WorkerUnderTest.Launch(TestWorkflow.Library);
        worker.BreakPipe();
        Assert.Equal(2, await worker.ExitCodeAsync());
        Assert.Contains("No host answers", await worker.ErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_of_the_terminal_is_for_the_host_to_handle()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("pid,sleep=500");
        await worker.SendTrialAsync(0);
        await RunningAsync(worker);
        var pid = worker.Process.Id.ToString(CultureInfo.InvariantCulture);
        using (var kill = Process.Start("kill", ["-INT", pid]))
        {
            await kill.WaitForExitAsync();
        }

        using var completed = await worker.ReceiveAsync();
        Assert.Equal("completed", completed.Type());
    }

    [Fact]
    public async Task A_process_that_a_step_has_started_does_not_keep_the_worker()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("child=600");
        using var completed = await worker.RunAsync(0);
        var child = int.Parse(await File.ReadAllTextAsync(Path.Combine(worker.TrialFolder(0), "child.pid")), CultureInfo.InvariantCulture);
        await worker.StopAsync();
        var code = await worker.ExitCodeAsync();
        using var orphan = Process.GetProcessById(child);
        orphan.Kill();
        Assert.Equal(0, code);
    }

    /// <summary>Waits until the trial runs, that is, until its script has written a file.</summary>
    private static async Task RunningAsync(WorkerUnderTest worker)
    {
        var file = Path.Combine(worker.TrialFolder(0), "worker.pid");
        while (!File.Exists(file))
        {
            Assert.False(worker.Process.HasExited);
            await Task.Delay(10);
        }
    }
}

using System.Diagnostics;

namespace LogMl.Worker.Tests;

/// <summary>The worker's side of pruning.</summary>
public sealed class PruningTests
{
    [Fact]
    public async Task A_report_of_a_prunable_trial_waits_for_no_answer_but_the_question_does()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("train=2");
        await worker.SendTrialAsync(3, prune: true);
        for (var step = 0; step < 3; step++)
        {
            using var report = await worker.ReceiveAsync();
            Assert.Equal(("report", step, 2), (report.Type(), report.Number("step"), report.Number("value")));

            // The answer to another trial's report changes nothing.
            await worker.SendAsync("""{"type":"decision","number":2,"prune":true}""");
            await worker.SendAsync($$"""{"type":"decision","number":3,"prune":{{(step == 2 ? "true" : "false")}}}""");
        }

        using var pruned = await worker.ReceiveAsync();
        Assert.Equal(("pruned", 3), (pruned.Type(), pruned.Number("number")));
    }

    [Fact]
    public async Task A_step_that_returns_when_it_is_told_to_ends_the_trial_before_the_next_step()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("train_return=2");
        await worker.SendTrialAsync(0, prune: true);
        using var report = await worker.ReceiveAsync();
        await worker.SendAsync("""{"type":"decision","number":0,"prune":true}""");
        using var pruned = await worker.ReceiveAsync();
        Assert.Equal("pruned", pruned.Type());
    }

    [Fact]
    public async Task A_trial_that_waits_for_a_decision_is_cancelled_when_the_search_stops()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("train=2");
        await worker.SendTrialAsync(0, prune: true);
        using var report = await worker.ReceiveAsync();
        var stopped = Stopwatch.GetTimestamp();
        await worker.StopAsync();
        using var failed = await worker.ReceiveAsync();
        if (failed is null)
        {
            // On a busy machine the worker may not have got that far. It must not give up before that.
            Assert.True(
                Stopwatch.GetElapsedTime(stopped) >= TimeSpan.FromSeconds(5), "The worker has ended without a word about its trial.");
            return;
        }

        Assert.Equal(("failed", "System.OperationCanceledException"), (failed.Type(), failed.Text("exception")));
    }

    [Fact]
    public async Task Nobody_answers_when_the_search_has_no_pruner()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("train=2");
        await worker.SendTrialAsync(0);
        for (var step = 0; step < 10; step++)
        {
            using var report = await worker.ReceiveAsync();
            Assert.Equal(step, report.Number("step"));
        }

        using var completed = await worker.ReceiveAsync();
        Assert.Equal("completed", completed.Type());
    }

    [Fact]
    public async Task Giving_up_outside_of_a_search_is_a_failure()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("give_up");
        using var failed = await worker.RunAsync(-1, kind: "full");
        Assert.Equal(("failed", "LogMl.TrialPrunedException"), (failed.Type(), failed.Text("exception")));
    }
}

namespace LogMl.Worker.Tests;

/// <summary>A worker that is asked for one fold of a trial.</summary>
public sealed class FoldTests
{
    [Fact]
    public async Task A_worker_that_is_asked_for_one_fold_says_how_many_there_are_and_gives_its_scores_without_a_report()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("folds=4;5;6");
        await worker.SendTrialAsync(7, more: ",\"fold\":1");
        using var split = await worker.ReceiveAsync();
        Assert.Equal(("split", 7, 3), (split.Type(), split.Number("number"), split.Number("folds")));
        using var completed = await worker.ReceiveAsync();
        Assert.Equal(5, completed.Loss().GetDouble());

        // The host knows it, so that there is nothing to say.
        await worker.SendTrialAsync(7, more: ",\"fold\":2,\"folds\":3");
        using var next = await worker.ReceiveAsync();
        Assert.Equal(6, next.Loss().GetDouble());
    }

    [Fact]
    public async Task Rows_that_make_another_number_of_folds_than_in_another_worker_fail_the_trial()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("folds=4;5;6");
        await worker.SendTrialAsync(7, more: ",\"fold\":1,\"folds\":4");
        using var failed = await worker.ReceiveAsync();
        Assert.Equal("failed", failed.Type());
        Assert.StartsWith(
            "cross_validation: the rows of this worker make 3 folds, and those of another worker made 4 for the same trial.",
            failed.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_cancel_a_fold_means_no_other_fold_of_the_trial()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("folds=4;5|delay~600000;6|delay~1");
        await worker.SendTrialAsync(7, more: ",\"fold\":1,\"folds\":3");
        await worker.CancelAsync(7, ",\"fold\":1");
        using var cancelled = await worker.ReceiveAsync();
        Assert.Equal("failed", cancelled.Type());
        await worker.SendTrialAsync(7, more: ",\"fold\":2,\"folds\":3");
        using var completed = await worker.ReceiveAsync();
        Assert.Equal(6, completed.Loss().GetDouble());
    }
}

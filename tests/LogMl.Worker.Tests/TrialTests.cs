namespace LogMl.Worker.Tests;

public sealed class TrialTests
{
    [Fact]
    public async Task Values_of_the_trial_stand_in_front_of_the_defaults()
    {
        using var worker = await WorkerUnderTest.GreetedAsync();
        using var defaults = await worker.RunAsync(0);
        Assert.Equal(0.25, defaults.Loss().GetDouble());
        Assert.Equal(0, defaults.Number("number"));
        Assert.Equal(2, defaults.Score("validate", "rows"));

        using var set = await worker.RunAsync(1, """{"model_train.x":4,"model_train.kind":2,"dataset_create.rows":3}""");
        Assert.Equal(11, set.Loss().GetDouble());
        Assert.Equal(11, set.Score("validate", "loss"));
        Assert.Equal(3, set.Score("validate", "rows"));
    }

    [Fact]
    public async Task A_worker_says_which_step_a_trial_enters()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("1:throw");
        using var first = await worker.RunAsync(0);
        using var second = await worker.RunAsync(1);
        Assert.Equal(("completed", "failed"), (first.Type(), second.Type()));
        Assert.Equal(
            [(0, "dataset_create"), (0, "model_train"), (0, "model_evaluate"), (1, "dataset_create"), (1, "model_train")],
            worker.Entered);
    }

    [Fact]
    public async Task The_folder_of_a_trial_is_made_when_a_step_asks_for_it()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("1:write_file=own.txt");
        using var first = await worker.RunAsync(0);
        using var second = await worker.RunAsync(1);
        Assert.False(Directory.Exists(worker.TrialFolder(0)));
        Assert.Equal("written by the step\n", await File.ReadAllTextAsync(Path.Combine(worker.TrialFolder(1), "own.txt")));
    }

    [Fact]
    public async Task A_full_run_scores_the_test_set_too()
    {
        using var worker = await WorkerUnderTest.GreetedAsync();
        using var completed = await worker.RunAsync(-1, kind: "full");
        Assert.Equal(-1, completed.Number("number"));
        Assert.Equal(0.25, completed.Loss().GetDouble());
        Assert.Equal(0.75, completed.Score("test", "loss"));
    }

    [Fact]
    public async Task A_data_set_is_computed_once_for_the_same_parameters()
    {
        using var worker = await WorkerUnderTest.GreetedAsync();
        using var first = await worker.RunAsync(0, """{"dataset_create.rows":1,"model_train.x":1}""");
        using var second = await worker.RunAsync(1, """{"dataset_create.rows":1,"model_train.x":2}""");
        using var other = await worker.RunAsync(2, """{"dataset_create.rows":2,"model_train.x":2}""");
        using var again = await worker.RunAsync(3, """{"dataset_create.rows":1,"model_train.x":3}""");
        Assert.Equal(first.Score("validate", "first"), again.Score("validate", "first"));

        var (output, _) = await worker.StopAndCutAsync();
        Assert.Equal(["", "creating 1 rows\n", "", "creating 2 rows\n", "", ""], output);
    }

    [Fact]
    public async Task The_random_numbers_of_a_data_set_follow_from_the_study_not_from_the_trial()
    {
        using var one = await WorkerUnderTest.GreetedAsync();
        using var two = await WorkerUnderTest.GreetedAsync();
        using var a = await one.RunAsync(0, seed: 1, studySeed: 5);
        using var b = await two.RunAsync(7, seed: 2, studySeed: 5);
        using var c = await two.RunAsync(8, """{"dataset_create.rows":1}""", seed: 2, studySeed: 6);
        using var other = await two.RunAsync(9, """{"dataset_create.rows":3}""", seed: 2, studySeed: 5);
        Assert.Equal(a.Score("validate", "first"), b.Score("validate", "first"));

        // The seed does not depend on the searched parameters either, so that two values are compared on the same data.
        Assert.Equal(3, other.Score("validate", "rows"));
        Assert.Equal(a.Score("validate", "first"), other.Score("validate", "first"));
        Assert.NotEqual(a.Score("validate", "first"), c.Score("validate", "first"));
    }

    [Fact]
    public async Task An_exception_is_told_with_step_type_message_and_the_line_that_threw()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("0:throw");
        using var failed = await worker.RunAsync(0);
        Assert.Equal("failed", failed.Type());
        Assert.Equal("model_train", failed.Text("step"));
        Assert.Equal("System.InvalidOperationException", failed.Text("exception"));
        Assert.Equal("The data are broken.", failed.Text("message"));
        Assert.Contains("   at LogMl.TestWorkflows.Failures.Run(", failed.Text("stack"), StringComparison.Ordinal);
        Assert.Matches("Actions\\.cs:line [0-9]+", failed.Text("stack"));
        Assert.DoesNotContain("LogMl.TrialRunner", failed.Text("stack"), StringComparison.Ordinal);

        using var next = await worker.RunAsync(1);
        Assert.Equal("completed", next.Type());
    }

    [Theory]
    [InlineData("throw_inner", "The data\nare broken.", "Line 3: 'é\ufffd' is no number.")]
    [InlineData("throw_static", "FormatException: The input string 'not a number' was not in a correct format.", "Broken")]
    [InlineData("throw_unreadable", "its own code threw System.InvalidOperationException", "Failures.Run")]
    [InlineData("negative_step", "step ('-1') must be a non-negative value.", "Report")]
    public async Task Odd_exceptions_are_told_too(string action, string message, string stack)
    {
        using var worker = await WorkerUnderTest.GreetedAsync(action);
        using var failed = await worker.RunAsync(0);
        Assert.Equal("failed", failed.Type());
        Assert.Contains(message, failed.Text("message"), StringComparison.Ordinal);
        Assert.Contains(stack, failed.Text("stack"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Losses_that_are_not_finite_travel_as_text()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("0:loss=NaN,1:loss=Infinity,2:loss=-Infinity,3:loss=1e-300");
        foreach (var (number, text) in new[] { (0, "NaN"), (1, "Infinity"), (2, "-Infinity") })
        {
            using var completed = await worker.RunAsync(number);
            Assert.Equal("completed", completed.Type());
            Assert.Equal(text, completed.Loss().GetString());
        }

        using var tiny = await worker.RunAsync(3);
        Assert.Equal(1e-300, tiny.Loss().GetDouble());
    }

    [Fact]
    public async Task A_workflow_that_gives_no_scores_fails_the_trial()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("no_scores");
        using var failed = await worker.RunAsync(0);
        Assert.Equal("failed", failed.Type());
        Assert.Contains("gave no scores", failed.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scores_without_a_loss_are_a_result()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("no_loss,score=f1_score=0.9");
        using var completed = await worker.RunAsync(0);
        Assert.Equal("completed", completed.Type());
        Assert.Equal(0.9, completed.Score("validate", "f1_score"));
        Assert.False(completed!.RootElement.GetProperty("scores").GetProperty("validate").TryGetProperty("loss", out _));
    }

    [Fact]
    public async Task Intermediate_values_come_before_the_result()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("report=0.5,report=NaN");
        using var first = await worker.RunAsync(4);
        Assert.Equal("report", first.Type());
        Assert.Equal((4, 1, 0.5), (first.Number("number"), first.Number("step"), first.Number("value")));
        using var second = await worker.ReceiveAsync();
        Assert.Equal("NaN", second.Text("value"));
        using var completed = await worker.ReceiveAsync();
        Assert.Equal("completed", completed.Type());
    }

    [Theory]
    [InlineData("stack_overflow", "Stack overflow")]
    [InlineData("fail_fast", "The library gave up.")]
    [InlineData("throw_elsewhere", "On a thread of its own.")]
    [InlineData("kill", "")]
    [InlineData("exit=3", "")]
    public async Task What_takes_the_process_along_breaks_the_pipe_and_leaves_its_last_words(string action, string words)
    {
        using var worker = await WorkerUnderTest.GreetedAsync(action);
        using var nothing = await worker.RunAsync(0);
        Assert.Null(nothing);
        var code = await worker.ExitCodeAsync();
        Assert.True(action == "exit=3" ? code == 3 : code != 0, $"exit code {code}");
        Assert.Contains(words, await worker.ErrorAsync(), StringComparison.Ordinal);
    }
}

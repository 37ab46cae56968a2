using System.Globalization;
using LogMl.TestKit;

namespace LogMl.Worker.Tests;

public sealed class OutputTests
{
    [Fact]
    public async Task Output_of_many_quick_trials_is_cut_where_each_ends()
    {
        const int Trials = 300;
        using var worker = await WorkerUnderTest.GreetedAsync("print,print_native,print_unfinished");
        for (var number = 0; number < Trials; number++)
        {
            using var completed = await worker.RunAsync(number);
            Assert.Equal("completed", completed.Type());
        }

        var (output, error) = await worker.StopAndCutAsync();
        for (var number = 0; number < Trials; number++)
        {
            var n = number.ToString(CultureInfo.InvariantCulture);
            var created = number == 0 ? "creating 2 rows\n" : "";

            // The C library writes what it has buffered when the trial ends.
            Assert.Equal($"{created}out of trial {n}: é \nno line end in trial {n}native out of trial {n}\n", output[number + 1]);
            Assert.Equal($"error of trial {n}\n", error[number + 1]);
        }
    }

    [Theory]
    [InlineData("close_console")]
    [InlineData("redirect_console")]
    public async Task What_a_trial_does_to_the_console_does_not_hide_its_end(string action)
    {
        using var worker = await WorkerUnderTest.GreetedAsync($"0:print,0:{action},1:print");
        using var first = await worker.RunAsync(0);
        using var second = await worker.RunAsync(1);
        Assert.Equal("completed", second.Type());

        var (output, error) = await worker.StopAndCutAsync();
        Assert.Equal(4, output.Length);
        Assert.Contains("out of trial 0", output[1], StringComparison.Ordinal);
        Assert.Equal("error of trial 1\n", error[2]);
    }

    [Theory]
    [InlineData("close_console", false)]
    [InlineData("close_descriptors", true)]
    public async Task A_trial_that_has_closed_the_output_for_real_says_so_before_its_result(string action, bool isClosed)
    {
        using var worker = await WorkerUnderTest.GreetedAsync($"print,0:{action}");
        using var first = await worker.RunAsync(0);
        Assert.Equal(isClosed ? "spoilt" : "completed", first.Type());
        if (isClosed)
        {
            using var completed = await worker.ReceiveAsync();
            Assert.Equal("completed", completed.Type());
        }

        var (output, error) = await worker.StopAndCutAsync();
        Assert.Equal((3, "error of trial 0\n"), (output.Length, error[1]));
    }

    [Fact]
    public async Task A_console_that_a_trial_has_closed_is_open_in_the_next()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("0:close_console,1:print");
        using var first = await worker.RunAsync(0);
        using var second = await worker.RunAsync(1);
        Assert.Equal("completed", second.Type());
        var (output, _) = await worker.StopAndCutAsync();
        Assert.Contains("out of trial 1: é", output[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de_DE.UTF-8")]
    [InlineData("de_DE.ISO-8859-1")]
    public async Task Steps_run_in_the_culture_of_the_user_and_print_UTF_8(string locale)
    {
        using var worker = WorkerUnderTest.Launch(
            TestWorkflow.Library,
            environment: [("LC_ALL", locale), ("LANG", locale), (TestWorkflow.ScriptVariable, "print_place,print,loss=0.5")]);
        using var hello = await worker.FirstMessageAsync();
        using var completed = await worker.RunAsync(0, """{"model_train.x":1.5}""");
        Assert.Equal(0.5, completed.Loss().GetDouble());

        var (output, _) = await worker.StopAndCutAsync();
        Assert.Contains("culture=de-DE\nnumber=1,5\nencoding=utf-8\n", output[1], StringComparison.Ordinal);
        Assert.Contains("out of trial 0: é", output[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_reads_the_console_meets_the_end()
    {
        using var worker = await WorkerUnderTest.GreetedAsync("read_stdin");
        using var completed = await worker.RunAsync(0);
        Assert.Equal("completed", completed.Type());
        var (output, _) = await worker.StopAndCutAsync();
        Assert.Contains("read=end\n", output[1], StringComparison.Ordinal);
    }
}

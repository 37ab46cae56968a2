using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests;

/// <summary>Searches in which trials fail: when they end, what they say, and what the next call does.</summary>
public sealed class FailedTrialTests
{
    [Fact]
    public void A_failure_without_a_step_is_one_of_the_same_failures_whose_step_is_known()
    {
        var groups = FailureGroup.Of(
            [Failed(1, null, "gone after 3 s"), Failed(2, "model_train", "gone after 4 s"), Failed(3, null, "other")]);
        Assert.Equal([(2, 2), (3, 1)], groups.Select(group => (group.First.Number, group.Count)));

        // Which of two steps it was is not known.
        groups = FailureGroup.Of([Failed(1, null, "gone"), Failed(2, "model_train", "gone"), Failed(3, "model_create", "gone")]);
        Assert.Equal([(1, 1), (2, 1), (3, 1)], groups.Select(group => (group.First.Number, group.Count)));

        static FailedTrial Failed(int number, string? step, string message) =>
            new(number, DateTimeOffset.UnixEpoch, new TrialFailure(step, "", message, ""));
    }

    [Fact]
    public void A_study_in_which_no_trial_is_complete_is_run_again_by_the_next_call_as_if_nothing_had_failed()
    {
        using var whole = new SearchFolder();
        using var folder = new SearchFolder();
        using var one = whole.Run(0, "", ["--max-evals", "5", "--algorithm", "tpe"]);
        string[] options = ["--max-evals", "3", "--algorithm", "tpe"];
        for (var call = 0; call < 2; call++)
        {
            using var failed = folder.Run(1, "throw", options);
            Assert.Contains(
                "All 3 trials failed. The first was trial ", Assert.Single(failed.Events("error"))[4], StringComparison.Ordinal);
            Assert.Equal(call, Messages(failed, "Scripted: no trial is complete; 3 failed trials are run again"));
        }

        using var mended = folder.Run(0, "", ["--max-evals", "5", "--algorithm", "tpe"]);
        Assert.Equal(1, Messages(mended, "Scripted: no trial is complete; 3 failed trials are run again"));
        Assert.Contains(mended.Events("summary"), fields => fields[0].Contains("5 trials in", StringComparison.Ordinal));
        var rows = folder.Rows();
        Assert.Equal(
            "repeated repeated repeated repeated repeated repeated complete complete complete complete complete",
            string.Join(' ', rows.Select(row => row["state"])));
        Assert.Equal(Drawn(whole.Rows()), Drawn(rows[6..]));
    }

    [Fact]
    public void Failed_trials_are_run_again_on_demand_where_others_are_complete()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "1:throw,3:throw", ["--max-evals", "6"]);
        using var nothing = folder.Run(0, "throw", ["--max-evals", "6"]);
        var message = Assert.Single(nothing.Events("message"))[1];
        Assert.Contains("nothing was run", message, StringComparison.Ordinal);
        Assert.Contains("set HyperOptRetryFailed=true to run the 2 failed ones again", message, StringComparison.Ordinal);
        Assert.Matches(@"The best trial is of 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.$", message);

        using var retried = folder.Run(0, "", ["--max-evals", "6", "--retry-failed"]);
        Assert.Equal(1, Messages(retried, "Scripted: 2 failed trials are run again"));
        var rows = folder.Rows();
        Assert.Equal("complete repeated complete repeated complete complete complete complete", string.Join(' ', rows.Select(row => row["state"])));
        Assert.Equal([rows[1]["model_train.x"], rows[3]["model_train.x"]], rows[6..].Select(row => row["model_train.x"]));
        Assert.DoesNotContain(retried.Events("summary"), fields => fields[0].Contains("failed", StringComparison.Ordinal));
        using var again = folder.Run(0, "throw", ["--max-evals", "6", "--retry-failed"]);
        Assert.Equal(1, Messages(again, "Scripted: nothing was run"));
    }

    [Fact]
    public void A_repeated_trial_that_is_cut_off_has_its_retries_all_the_same()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "1:throw", ["--max-evals", "3"]);
        using var killed = folder.Run(0, "3:kill", ["--max-evals", "3", "--retry-failed"]);
        Assert.Equal("complete repeated complete repeated complete", string.Join(' ', folder.Rows().Select(row => row["state"])));
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData("3", 3)]
    public void A_search_whose_first_trials_all_fail_ends_with_an_error(string? maxFailures, int expected)
    {
        using var folder = new SearchFolder();
        using var host =
            folder.Run(1, "throw", ["--max-evals", "60", .. maxFailures is null ? (string[])[] : ["--max-failures", maxFailures]]);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2005", error[0]);
        Assert.EndsWith("Actions.cs", error[1], StringComparison.Ordinal);
        Assert.StartsWith($"The first {expected} trials failed, so that the search has ended (max_failures is {expected}). The first was trial 0: LOGML2007 says why (see ", error[4], StringComparison.Ordinal);
        Assert.Equal(expected, folder.Rows().Length);
        using var mended = folder.Run(0, "", ["--max-evals", "15"]);
        Assert.Equal(15, folder.Rows().Count(row => row["state"] == "complete"));
    }

    [Fact]
    public void A_continued_search_ends_too_when_all_of_its_trials_fail_at_first()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "3"]);
        using var broken = folder.Run(1, "throw", ["--max-evals", "60", "--max-failures", "4"]);
        var text = Assert.Single(broken.Events("error"))[4];
        Assert.StartsWith("The first 4 trials of this call failed", text, StringComparison.Ordinal);
        Assert.EndsWith("and set HyperOptRetryFailed=true to run failed trials again.", text, StringComparison.Ordinal);
        Assert.Equal(7, folder.Rows().Length);
        Assert.True(File.Exists(folder.BestYaml));
    }

    [Fact]
    public void A_search_in_which_some_trials_fail_at_first_and_others_do_not_goes_on()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "0:throw,1:throw,3:throw,4:throw,5:throw", ["--max-evals", "8", "--max-failures", "3"]);
        Assert.Equal(8, folder.Rows().Length);
    }

    [Fact]
    public void Failures_are_grouped_in_the_summary_and_from_a_fifth_of_all_they_are_a_warning()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "2:throw,3:throw,4:throw,5:loss=NaN", ["--max-evals", "8"]);
        var file = Path.Combine("HyperOptResults", folder.Study, "trials");
        Assert.Contains(
            $"     3 failed: model_train: System.InvalidOperationException: The data are broken. (first: {file}/2/error.txt)",
            Summary(host));
        Assert.Contains($"     1 failed: model_evaluate: the loss is NaN ({file}/5/error.txt)", Summary(host));
        var warning = Assert.Single(host.Events("warning"), fields => fields[0] == "LOGML2019");
        Assert.Equal($"4 of 8 trials failed. 3 of them so: model_train: System.InvalidOperationException: The data are broken. (first: {file}/2/error.txt)", warning[4]);
        Assert.EndsWith("Actions.cs", warning[1], StringComparison.Ordinal);

        // The count is of all trials, with those of earlier calls.
        using var more = folder.Run(0, "", ["--max-evals", "20"]);
        Assert.Contains(
            more.Events("warning"),
            fields => fields[0] == "LOGML2019" && fields[4].StartsWith("4 of 20 trials failed.", StringComparison.Ordinal));
        using var most = folder.Run(0, "", ["--max-evals", "21"]);
        Assert.DoesNotContain(most.Events("warning"), fields => fields[0] == "LOGML2019");
        Assert.Contains(Summary(most), line => line.StartsWith("     3 failed: ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_failed_in_earlier_calls_is_counted_apart_from_what_this_call_has_run()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "2:throw,3:throw", ["--max-evals", "5"]);
        Assert.Contains(Summary(first), line => line.StartsWith("     5 trials in ", StringComparison.Ordinal) && line.EndsWith(" s, of them 2 failed", StringComparison.Ordinal));
        using var more = folder.Run(0, "", ["--max-evals", "8"]);
        Assert.Contains(Summary(more), line => line.StartsWith("     3 of 8 trials in ", StringComparison.Ordinal) && line.EndsWith(" s; of all 8 trials 2 failed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_failure_is_told_once_and_by_the_number_of_its_trial()
    {
        using var folder = new SearchFolder();
        using var single = folder.Run(1, "throw", ["--max-evals", "1"]);
        Assert.Empty(single.Events("warning"));
        Assert.Contains(
            "The only trial failed. It was trial 0: model_train: System.InvalidOperationException: The data are broken.",
            Assert.Single(single.Events("error"))[4],
            StringComparison.Ordinal);
        using var three = folder.Run(1, "throw", ["--max-evals", "3"]);
        Assert.StartsWith("The first trial of this call, trial 1, failed: model_train: System.InvalidOperationException: The data are broken.", Assert.Single(three.Events("warning"))[4], StringComparison.Ordinal);
        var error = Assert.Single(three.Events("error"))[4];
        Assert.Contains("All 3 trials failed. The first was trial 1: LOGML2007 says why (see ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("The data are broken.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_whose_process_was_killed_counts_once_and_is_mentioned()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "4:kill", ["--max-evals", "6"]);
        Assert.Contains(Summary(host), line => line.StartsWith("     6 trials in ", StringComparison.Ordinal));
        Assert.Contains("     1 trial was run again, because its process was killed", Summary(host));
    }

    private static string[] Summary(HostProcess host) => [.. host.Events("summary").Select(fields => fields[0])];

    private static int Messages(HostProcess host, string start) =>
        host.Events("message").Count(fields => fields[1].StartsWith(start, StringComparison.Ordinal));

    private static string[] Drawn(Dictionary<string, string>[] rows) => [.. rows.Select(row => string.Join('|', row["loss"], row["model_train.x"], row["model_train.kind"], row["metrics.first"]))];
}

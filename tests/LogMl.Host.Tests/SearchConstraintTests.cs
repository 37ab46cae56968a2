using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Methods of the user that refuse points: the real host, real workers.</summary>
public sealed class SearchConstraintTests
{
    [Fact]
    public void Every_proposal_of_every_worker_is_asked_about_and_a_search_in_two_parts_equals_one()
    {
        using var whole = new SearchFolder();
        var asked = Path.Combine(whole.Root, "asked.txt");
        whole.Run(0, "", ["--max-evals", "12", "--workers", "1"], Constrained($"below,log={asked}")).Dispose();
        Assert.All(whole.Rows(), row => Assert.True(X(row) < 0));
        var points = File.ReadAllLines(asked).Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToList();
        Assert.All(whole.Rows(), row => Assert.Contains(X(row), points));
        Assert.Contains(points, x => x >= 0);

        using var parts = new SearchFolder();
        parts.Run(0, "", ["--max-evals", "5", "--workers", "1"], Constrained("below")).Dispose();
        parts.Run(0, "", ["--max-evals", "12", "--workers", "1"], Constrained("below")).Dispose();
        Assert.Equal(whole.Rows().Select(X), parts.Rows().Select(X));

        // Trials of several workers, one of which a trial ends.
        using var many = new SearchFolder();
        many.Run(0, "3:exit", ["--max-evals", "12", "--workers", "3"], Constrained("below")).Dispose();
        Assert.Equal(12, many.Rows().Length);
        Assert.All(many.Rows(), row => Assert.True(X(row) < 0));
    }

    [Fact]
    public void A_search_without_an_allowed_point_is_one_error_that_counts_what_was_refused()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", ["--max-evals", "5"], Constrained("below,Nothing"));
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2043", error[0]);
        Assert.StartsWith(
            "The search constraints leave no point for trial 0: of 10,100 points, 'Rules.below' refused ",
            error[^1],
            StringComparison.Ordinal);
        Assert.Contains(
            " and 'Rules.Nothing' refused 10,100. Let the search constraint allow more, or ", error[^1], StringComparison.Ordinal);
        Assert.EndsWith("Rules.cs", error[1], StringComparison.Ordinal);
        Assert.Equal("7", error[2]);
    }

    [Fact]
    public void A_search_constraint_that_throws_is_an_error_with_its_name()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", ["--max-evals", "50"], Constrained("throw"));
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2044", error[0]);
        Assert.Matches(
            @"^The search constraint 'Rules\.throw' failed: System\.InvalidOperationException: It divides by\\nwhat is not there\. "
            + @"The point was \{ .*model_train\.x: -\d.* \}\.$",
            error[^1]);
        Assert.EndsWith("Constraints.cs", error[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_ends_while_it_is_asked_is_replaced_and_one_that_always_does_ends_the_search()
    {
        using var folder = new SearchFolder();
        folder.Run(0, "", ["--max-evals", "4"], Constrained($"below,exit={Path.Combine(folder.Root, "ended")}")).Dispose();
        Assert.Equal(4, folder.Rows().Count(row => row["state"] == "complete" && X(row) < 0));

        using var always = new SearchFolder();
        using var host = always.Run(1, "", ["--max-evals", "4"], Constrained("exit"));
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2044", error[0]);
        Assert.Contains(
            "ended while they asked the search constraint 'Rules.exit' about the point { ", error[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_search_constraint_is_announced_and_the_summary_says_what_it_took()
    {
        using var folder = new SearchFolder();
        var slow = Path.Combine(folder.Root, "slow");
        using var host = folder.Run(0, "", ["--max-evals", "2"], Constrained($"slow={slow},log={slow}.log"));
        Assert.Contains(
            "Scripted: the search constraints 'Rules.slow' and 'Rules.log' have taken 5 s for one proposal; a worker begins its trial when a "
            + "point is allowed",
            host.Events("message").Select(fields => fields[1]));
        Assert.Matches(
            @"     the search constraints 'Rules\.slow' and 'Rules\.log' took \d+\.\d s for 2 points, in which workers waited\n",
            string.Concat(host.Events("summary").Select(fields => fields[0] + "\n")));
    }

    [Fact]
    public void A_search_that_is_cancelled_while_a_search_constraint_hangs_ends()
    {
        using var folder = new SearchFolder();
        var file = Path.Combine(folder.Root, "hangs");
        using var host = folder.Start("", ["--max-evals", "4"], Constrained($"hang={file}"));
        HostProcess.WaitUntil(() => File.Exists(file), "a question");
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
        Assert.Empty(host.Events("error"));
    }

    [Fact]
    public void A_refused_point_of_points_to_evaluate_is_not_run_and_a_warning_says_so()
    {
        using var folder = new SearchFolder();
        var settings = SearchTests.Manifest("true", "false", "\"points_to_evaluate\":[{\"model_train.x\":1.25},{\"model_train.x\":-1.25}]");
        using var host = folder.Run(
            0, "", ["--max-evals", "4", "--workers", "1"], [.. Constrained("Below"), $"{TestWorkflow.ManifestVariable}={settings}"]);
        var warning = Assert.Single(host.Events("warning"), fields => fields[0] == "LOGML2045");
        Assert.Equal(
            "The point { model_train.x: 1.25 } is not run: The point is refused by the search constraint 'Rules.Below'.", warning[^1]);
        Assert.EndsWith("Rules.cs", warning[1], StringComparison.Ordinal);
        Assert.Equal(-1.25, X(folder.Rows()[0]));
        Assert.Equal(4, folder.Rows().Length);
        Assert.All(folder.Rows(), row => Assert.True(X(row) < 0));

        // The next call says the same of the refused point, and something else of one that is added now.
        var added = settings.Replace("-1.25", "-1.25},{\"model_train.x\":-1.5", StringComparison.Ordinal);
        using var more = folder.Run(
            0, "", ["--max-evals", "5", "--workers", "1"], [.. Constrained("Below"), $"{TestWorkflow.ManifestVariable}={added}"]);
        Assert.Equal(
            [
                "Scripted: 1 point of points_to_evaluate is not tried: a search constraint refused it when the study began",
                "Scripted: 1 point of points_to_evaluate is not tried: they are for a study that begins",
            ],
            more.Events("message").Select(fields => fields[1]).Where(text => text.Contains("points_to", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_run_with_refused_defaults_warns_and_runs()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "", [], Constrained("Nothing"), verb: "run");
        var warning = Assert.Single(host.Events("warning"));
        Assert.Equal("LOGML2046", warning[0]);
        Assert.Contains("refused by the search constraint 'Rules.Nothing'", warning[^1], StringComparison.Ordinal);
        Assert.EndsWith("Rules.cs", warning[1], StringComparison.Ordinal);
    }

    private static string[] Constrained(string constraints) => [$"LOGML_TEST_CONSTRAINTS={constraints}"];

    private static double X(Dictionary<string, string> row) => double.Parse(row["model_train.x"], CultureInfo.InvariantCulture);
}

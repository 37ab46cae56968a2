using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Searches that end before max_evals.</summary>
public sealed class EarlyEndTests
{
    [Theory]
    [InlineData("\"loss_threshold\":0.5", "0:loss=3,1:loss=2,2:loss=0.4", 3, ", then the loss was good enough")]
    [InlineData("\"no_improvement\":{\"trials\":2}", "0:loss=3,1:loss=2,loss=4", 4, ", then it no longer improved")]
    public void A_search_ends_early_and_says_why(string settings, string script, int trials, string expected)
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(
            0, "loss=9," + script.Replace("loss=4", "2:loss=4", StringComparison.Ordinal), [], [TestWorkflow.ManifestVariable
                + "="
                + SearchTests.Manifest("true", "false", settings)]);
        Assert.Equal(trials, folder.Rows().Length);
        Assert.Contains(host.Events("summary"), line => line[0].Contains($"{trials} trials in", StringComparison.Ordinal)
            && line[0].EndsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"min_trials\":5,\"error_level\":0.2,\"candidates\":500}", 5)]
    [InlineData("{\"min_trials\":25,\"error_level\":0.2,\"delta\":0.2}", 25)]
    public void The_terminator_ends_a_search_that_has_little_left_to_gain(string options, int atLeast)
    {
        using var folder = new SearchFolder();
        var manifest = SearchTests.Manifest("true", "false", $"\"terminator\":{options}");
        using var host = folder.Run(0, "", ["--random-seed", "5", "--max-evals", "60"], [TestWorkflow.ManifestVariable + "=" + manifest]);
        var trials = folder.Rows().Length;
        Assert.InRange(trials, atLeast, 40);
        Assert.Contains(host.Events("summary"), line => line[0].Contains($"{trials} trials in", StringComparison.Ordinal)
            && line[0].EndsWith(", then little was left to gain", StringComparison.Ordinal));
    }

    [Fact]
    public void The_terminator_lets_a_search_go_on_that_may_still_gain()
    {
        using var folder = new SearchFolder();
        var manifest = SearchTests.Manifest("true", "false", "\"terminator\":{\"min_trials\":2,\"error_level\":1e-12}");
        using var host = folder.Run(0, "", ["--random-seed", "5"], [TestWorkflow.ManifestVariable + "=" + manifest]);
        Assert.Equal(10, folder.Rows().Length);
        Assert.DoesNotContain(host.Events("summary"), line => line[0].Contains("little was left", StringComparison.Ordinal));
    }

    [Fact]
    public void A_grid_that_is_finished_ends_the_search()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "", ["--algorithm", "grid"], [TestWorkflow.ManifestVariable + "=" + Manifest()]);
        Assert.Equal(["-5", "0", "5"], folder.Rows().Select(row => row["model_train.x"]).Order(StringComparer.Ordinal));
        Assert.Contains(host.Events("summary"), line => line[0].EndsWith(", then all points had been tried", StringComparison.Ordinal));

        static string Manifest() => SearchTests.Manifest("true", "false").Replace("\"dist\": \"uniform\", \"args\": [-5, 5]", "\"dist\": \"quniform\", \"args\": [-5, 5, 5]", StringComparison.Ordinal);
    }

    [Fact]
    public void Points_to_evaluate_are_the_first_trials()
    {
        using var folder = new SearchFolder();
        var settings = SearchTests.Manifest("true", "false", "\"points_to_evaluate\":[{\"model_train.x\":1.25},{\"model_train.x\":5}]");
        using var host = folder.Run(0, "", ["--max-evals", "4"], [TestWorkflow.ManifestVariable + "=" + settings]);
        Assert.Equal(["1.25", "5"], folder.Rows().Take(2).Select(row => row["model_train.x"]));
        Assert.Equal(4, folder.Rows().Length);

        // The study is stored: the next host reads the bound back.
        using var more = folder.Run(0, "", ["--max-evals", "5"], [TestWorkflow.ManifestVariable + "=" + settings]);
        Assert.Equal(5, folder.Rows().Length);
        Assert.DoesNotContain(more.Events("message"), fields => fields[1].Contains("points_to_evaluate", StringComparison.Ordinal));

        // A point that is added now is not tried.
        var added = settings.Replace("1.25", "1.5", StringComparison.Ordinal);
        using var last = folder.Run(0, "", ["--max-evals", "6"], [TestWorkflow.ManifestVariable + "=" + added]);
        Assert.Contains(last.Events("message"), fields => fields[1] == "Scripted: 1 point of points_to_evaluate is not tried: they are for a study that begins");
    }

    [Fact]
    public void A_point_outside_of_the_space_is_told_without_the_words_of_dotnet()
    {
        using var folder = new SearchFolder();
        var settings = SearchTests.Manifest("true", "false", "\"points_to_evaluate\":[{\"model_train.x\":5.1}]");
        using var host = folder.Run(1, "", [], [TestWorkflow.ManifestVariable + "=" + settings]);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2004", error[0]);
        Assert.EndsWith("Parameter 'model_train.x' cannot be 5.1: uniform does not give this value.", error[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("skip", 5, 3, ", then all points had been tried")]
    [InlineData("reuse", 1, 10, "10 trials in")]
    public void A_point_that_was_tried_before_is_not_evaluated_again(string duplicates, int q, int trials, string expected)
    {
        using var folder = new SearchFolder();
        var manifest = SearchTests.Manifest("true", "false", $"\"duplicates\":\"{duplicates}\"")
            .Replace(
                "\"dist\": \"uniform\", \"args\": [-5, 5]",
                "\"dist\": \"quniform\", \"args\": [-5, 5, " + q + "]",
                StringComparison.Ordinal);
        using var host = folder.Run(0, "print=x", ["--random-seed", "3"], [TestWorkflow.ManifestVariable + "=" + manifest]);
        var rows = folder.Rows();
        Assert.Equal(trials, rows.Length);
        Assert.All(rows.GroupBy(row => row["model_train.x"]), same => Assert.Single(same.Select(row => row["loss"]).Distinct()));
        var evaluated = Directory.EnumerateFiles(
            Path.Combine(folder.Output, folder.Study, "trials"),
            "stdout.log",
            SearchOption.AllDirectories).Count();
        Assert.Equal(rows.DistinctBy(row => row["model_train.x"]).Count(), evaluated);
        Assert.InRange(evaluated, 1, 9);
        Assert.Contains(host.Events("summary"), line => line[0].Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void The_time_of_the_yaml_ends_it()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "hang", [], [TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false", "\"timeout\":0.5")]);
        Assert.Equal("LOGML2010", Assert.Single(host.Events("error"))[0]);
        Assert.Empty(folder.Rows());
    }
}

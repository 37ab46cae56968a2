using LogMl.Host.Search;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Searches that end before max_evals.</summary>
public sealed class StoppingRulesTests
{
    [Fact]
    public void A_loss_that_is_good_enough_ends_it()
    {
        var rules = new StoppingRules(0.5, null);
        Assert.Equal([SearchEnd.None, SearchEnd.None, SearchEnd.LossThreshold], new double?[] { 0.6, null, 0.5 }.Select(rules.Told));
    }

    [Fact]
    public void So_many_trials_that_are_not_better_end_it_failed_ones_included()
    {
        var rules = new StoppingRules(null, new NoImprovement(3, 0));
        double?[] losses = [null, null, null, null, 5, 5, 4, 6, null];
        Assert.All(losses.Select(rules.Told), end => Assert.Equal(SearchEnd.None, end));
        Assert.Equal(SearchEnd.NoImprovement, rules.Told(4));
    }

    [Fact]
    public void A_gain_that_is_too_small_is_no_improvement()
    {
        var rules = new StoppingRules(null, new NoImprovement(2, 0.1));
        Assert.Equal([SearchEnd.None, SearchEnd.None, SearchEnd.NoImprovement], new double?[] { -10, -10.5, -10.9 }.Select(rules.Told));
    }

    [Theory]
    [InlineData("\"loss_threshold\":0.5", "0:loss=3,1:loss=2,2:loss=0.4", 3, ", then the loss was good enough")]
    [InlineData("\"no_improvement\":{\"trials\":2}", "0:loss=3,1:loss=2,loss=4", 4, ", then 2 trials had brought no improvement")]
    public void A_search_ends_early_and_says_why(string settings, string script, int trials, string expected)
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(
            0, "loss=9," + script.Replace("loss=4", "2:loss=4", StringComparison.Ordinal), [], [TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false", settings)]);
        Assert.Equal(trials, folder.Rows().Length);
        Assert.Contains(host.Events("summary"), line => line[0].Contains($"{trials} trials in", StringComparison.Ordinal) && line[0].EndsWith(expected, StringComparison.Ordinal));
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
        var settings = SearchTests.Manifest("true", "false", "\"points_to_evaluate\":[{\"model_train.x\":1.25},{\"model_train.x\":-3}]");
        using var host = folder.Run(0, "", ["--max-evals", "4"], [TestWorkflow.ManifestVariable + "=" + settings]);
        Assert.Equal(["1.25", "-3"], folder.Rows().Take(2).Select(row => row["model_train.x"]));
        Assert.Equal(4, folder.Rows().Length);
    }

    [Fact]
    public void The_time_of_the_yaml_ends_it()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "hang", [], [TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false", "\"timeout\":0.5")]);
        Assert.Equal("LOGML2010", Assert.Single(host.Events("error"))[0]);
        Assert.Equal("stopped", Assert.Single(folder.Rows())["state"]);
    }
}

using System.Text.RegularExpressions;
using LogMl.Configuration.Reading;

namespace LogMl.Configuration.Tests;

/// <summary>The keys of <c>hyper_parameter_optimization</c>: one row each.</summary>
public sealed class OptimizationKeyTests
{
    /// <summary>A value of each key that is not its default; space has no entry of its own.</summary>
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["enable"] = "false", ["algorithm"] = "random", ["max_evals"] = "7", ["random_seed"] = "7", ["show_progressbar"] = "false", ["pruner"] = "median",
        ["timeout"] = "10m", ["loss_threshold"] = "0.5", ["no_improvement"] = "5", ["terminator"] = "true", ["duplicates"] = "skip",
        ["points_to_evaluate"] = "[{model_train: {epochs: 3}}]", ["workers"] = "2", ["trial_timeout"] = "10m", ["trial_memory"] = "1GB", ["max_retries"] = "3",
        ["max_failures"] = "3",
    };

    public static TheoryData<string> Keys => [.. OptimizationKeys.Names.Where(name => name != OptimizationKeys.Space)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_that_is_set_changes_its_entry_and_no_other(string key)
    {
        const string Space = "space: {model_train: {epochs: [uniformint, 1, 9]}}";
        var before = Entries($"hyper_parameter_optimization: {{{Space}}}");
        var after = Entries($"hyper_parameter_optimization: {{{Space}, {key}: {Samples[key]}}}");

        var changed = after.Keys.Union(before.Keys).Where(name => !Equals(before.GetValueOrDefault(name), after.GetValueOrDefault(name)));

        Assert.Equal([key], changed);
    }

    [Fact]
    public void The_page_lists_the_keys_in_their_order()
    {
        var page = Repository.Read("docs/yaml.md");
        var table = page.Split("| key | type | default | meaning |\n")[1].Split("\n\n")[0];

        Assert.Equal(OptimizationKeys.Names, Regex.Matches(table, "^\\| `([a-z_]+)` \\|", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
    }

    private static Dictionary<string, object?> Entries(string yaml)
    {
        var functions = "functions: {model_train: {epochs: 3}}\n";
        return OptimizationEntries.Of(MarkedYaml.ReadClean(functions + yaml).Optimization!).ToDictionary(entry => entry.Key, entry => entry.Value);
    }
}

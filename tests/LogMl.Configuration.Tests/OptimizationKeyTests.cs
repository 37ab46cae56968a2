using System.Text.RegularExpressions;
using LogMl.Configuration.Model;
using LogMl.Shared;

namespace LogMl.Configuration.Tests;

/// <summary>The keys of <c>hyper_parameter_optimization</c>: one row each.</summary>
public sealed class OptimizationKeyTests
{
    /// <summary>A value of each key with parts; space has no entry of its own.</summary>
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["pruner"] = "median", ["no_improvement"] = "5", ["terminator"] = "true", ["points_to_evaluate"] = "[{model_train: {epochs: 3}}]",
        ["objectives"] = "{f1_score: maximize}", ["constraints"] = "{latency_ms: '<= 20'}",
    };

    public static TheoryData<string> Keys => [.. SearchKeys.Names.Where(name => name != SearchKeys.Space)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_that_is_set_changes_its_entry_and_no_other(string key)
    {
        const string Space = "space: {model_train: {epochs: [uniformint, 1, 9]}}";
        var before = Entries($"hyper_parameter_optimization: {{{Space}}}");
        var after = Entries($"hyper_parameter_optimization: {{{Space}, {key}: {Sample(SearchKeys.Find(key))}}}");

        var changed = after.Keys.Union(before.Keys).Where(name => !Equals(before.GetValueOrDefault(name), after.GetValueOrDefault(name)));

        Assert.Equal([key], changed);
    }

    [Fact]
    public void The_page_lists_the_keys_in_their_order_with_their_defaults()
    {
        var page = Repository.Read("docs/yaml.md");
        var table = page.Split("| key | type | default | meaning |\n")[1].Split("\n\n")[0];

        var rows = Regex.Matches(table, "^\\| `([a-z_]+)` \\| [^|]* \\| `?([^|`]*)`? \\|", RegexOptions.Multiline);

        Assert.Equal(SearchKeys.Names, rows.Select(row => row.Groups[1].Value));
        Assert.All(rows.Zip(SearchKeys.Names), row => Assert.Equal(
            SearchKeys.Find(row.Second).Default ?? "nothing", row.First.Groups[2].Value is "none"
                or "empty"
                or "false" ? "nothing" : row.First.Groups[2].Value));
    }

    private static Dictionary<string, ConfigurationValue> Entries(string yaml)
    {
        var functions = "functions: {model_train: {epochs: 3}}\n";
        return MarkedYaml.ReadClean(functions + yaml).Optimization!.Settings.ToDictionary(
            setting => setting.Name, setting => setting.Value);
    }

    /// <summary>A value that is not the default.</summary>
    private static string Sample(SearchKey key) => key.Rule?.Kind switch
    {
        null => Samples[key.Name],
        OptionKind.Flag => key.Default == "true" ? "false" : "true",
        OptionKind.Word => key.Rule.Words.Last(word => word != key.Default),
        OptionKind.Time => "10m",
        OptionKind.Memory => "1GB",
        _ => "7",
    };
}

using System.Text.Json;
using LogMl.Configuration;
using LogMl.Generator.Planning;
using LogMl.Optimization;

namespace LogMl.Generator.Tests;

/// <summary>The generator cannot use the engine, and writes the search space itself: in the very words of the engine.</summary>
public class SpaceGrammarTests
{
    private const string AllDistributions = """
        a: ['uniform', -5, 10.5]
        b: ['quniform', 0, 1, 0.25]
        c: ['uniformint', 1, 9]
        d: ['loguniform', -6.907755278982137, 0]
        e: ['qloguniform', 0, 5, 1]
        f: ['normal', 1e20, 1e-5]
        g: ['qnormal', 0, 5, 2]
        h: ['lognormal', -0.1, 0.30000000000000004]
        i: ['qlognormal', 0, 1, 0.5]
        j: ['randint', 7]
        k: ['randint', -3, 3000000000]
        l: ['choice', [1, 2.5, 1e-7, null]]
        m: ['choice', ['a "b"', 'c\d']]
        n: ['pchoice', [[0.25, true], [0.75, false]]]
        o: ['pchoice', [[0.00001, 1.0], [0.99999, 2.0]]]
        """;

    [Fact]
    public void The_space_of_the_manifest_is_written_as_the_engine_writes_it()
    {
        using var manifest = ManifestOf(AllDistributions);
        var written = manifest.RootElement.GetProperty("space").GetRawText();

        Assert.Equal(SearchSpace.Parse(written).ToJson(), written);
        Assert.Equal(15, SearchSpace.Parse(written).Count);
        Assert.Equal(["model_train.c", "model_train.j", "model_train.k"], manifest.RootElement.GetProperty("integers").EnumerateArray().Select(name => name.GetString()));
    }

    /// <summary>The values of a trial are indices of options, and the host writes the lists down as the manifest has them.</summary>
    [Fact]
    public void A_list_is_an_option_by_its_text()
    {
        using var manifest = ManifestOf("a: ['choice', [[1, 2.0], []]]");
        var space = SearchSpace.Parse(manifest.RootElement.GetProperty("space"));
        Assert.Equal(["[1.0,2.0]", "[]"], ((ChoiceDistribution)space["model_train.a"]).Options);
    }

    /// <summary>The compiler knows the distributions by a table of its own (docs/architecture.md).</summary>
    [Fact]
    public void The_compiler_and_the_engine_agree_on_the_values_of_every_distribution()
    {
        var configuration = ConfigurationOf(AllDistributions);
        using var manifest = JsonDocument.Parse(ManifestWriter.Write("p", configuration, _ => true, [], false));
        var engine = SearchSpace.Parse(manifest.RootElement.GetProperty("space"));
        var seen = new HashSet<DistributionKind>();
        foreach (var parameter in Assert.Single(configuration.Steps).Parameters)
        {
            var distribution = parameter.Distribution!;
            var form = DistributionForm.Of(distribution.Kind);
            Assert.True(form.Kind == distribution.Kind);
            seen.Add(form.Kind);
            if (engine["model_train." + parameter.Name] is not NumericDistribution number)
            {
                Assert.True(form.HasOptions);
                continue;
            }

            var range = NumericRange.Of(distribution);
            Assert.Equal((distribution.Name, form.IsLog, form.IsInteger), (number.Name, number.IsLog, number.IsInteger));
            Assert.Equal(number.Quantum, form.IsInteger ? 1 : range.Q);
            Assert.True(Close(number.Lowest, range.Round(range.Low)) && Close(number.Highest, range.Round(range.High)), $"{number.Name}: {range.Lowest} to {range.Highest}");
        }

        Assert.Equal(Enum.GetValues<DistributionKind>(), seen.Order());
    }

    private static bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-12 * Math.Abs(a);

    private static JsonDocument ManifestOf(string space) => JsonDocument.Parse(ManifestWriter.Write("p", ConfigurationOf(space), _ => true, [], false));

    private static WorkflowConfiguration ConfigurationOf(string space)
    {
        var yaml = "hyper_parameter_optimization:\n  space:\n    model_train:\n" + string.Concat(space.ReplaceLineEndings("\n").Split('\n').Select(line => $"      {line}\n"));
        var result = ConfigurationReader.Read(yaml, CancellationToken.None);
        Assert.Equal([], result.Diagnostics.Where(diagnostic => diagnostic.Id != "LOGML0013").Select(diagnostic => diagnostic.Message));
        return result.Configuration;
    }
}

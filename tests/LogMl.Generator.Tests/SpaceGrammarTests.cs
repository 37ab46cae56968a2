using System.Globalization;
using System.Text.Json;
using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Planning;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Optimization.Sampling;

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

    private const string Branches = """
        p: ['choice', [plain, {svm: {c: ['lognormal', 0, 1], kernel: ['choice', [linear, {rbf: {gamma: ['loguniform', -5, 2]}}]]}}, {empty: {}}]]
        q: ['pchoice', [[0.25, null], [0.5, ['qlognormal', 3, 1, 1]], [0.25, 2]]]
        r: ['choice', [auto, ['uniform', 0, 1], ['uniform', 2, 3], {tree: {depth: ['uniformint', 1, 9]}}, null]]
        s: ['choice', [['randint', 5], ['uniformint', 100, 200]]]
        """;

    [Fact]
    public void The_space_of_the_manifest_is_written_as_the_engine_writes_it()
    {
        using var manifest = ManifestOf(AllDistributions);
        var written = manifest.RootElement.GetProperty("space").GetRawText();

        Assert.Equal(SearchSpace.Parse(written).ToJson(), written);
        Assert.Equal(15, SearchSpace.Parse(written).Count);
        Assert.Equal(
            ["model_train.c", "model_train.j", "model_train.k"],
            manifest.RootElement.GetProperty("integers").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void Branches_have_the_grammar_of_the_engine_and_the_paths_of_their_parameters()
    {
        using var manifest = ManifestOf(Branches);
        var written = manifest.RootElement.GetProperty("space").GetRawText();
        var space = SearchSpace.Parse(written);

        Assert.Equal(space.ToJson(), written);
        Assert.Equal(["plain", "svm", "empty"], ((ChoiceDistribution)space["model_train.p"]).Options);
        Assert.Equal(
            [
                "model_train.p", "model_train.p.svm.c", "model_train.p.svm.kernel", "model_train.p.svm.kernel.rbf.gamma",
                "model_train.q", "model_train.q.qlognormal",
                "model_train.r", "model_train.r.uniform", "model_train.r.uniform_2", "model_train.r.tree.depth",
                "model_train.s", "model_train.s.randint", "model_train.s.uniformint",
            ],
            new Study(space, new StudyOptions { Sampler = Samplers.Random(1) }).History.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(
            ["model_train.q.qlognormal", "model_train.r.tree.depth", "model_train.s.randint", "model_train.s.uniformint"],
            manifest.RootElement.GetProperty("integers").EnumerateArray().Select(name => name.GetString()));
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
        using var manifest = JsonDocument.Parse(ManifestWriter.Write("p", configuration, _ => true, [], false, []));
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

    /// <summary>
    /// What the compiler lets through and the engine refuses would end the search with an error that has no place in the file.
    /// </summary>
    [Theory]
    [MemberData(nameof(NumericKinds))]
    public void The_engine_takes_every_distribution_that_the_compiler_accepts(DistributionKind kind)
    {
        var random = new Random((int)kind);
        var form = DistributionForm.Of(kind);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 2000; i++)
        {
            var written = $"['{DistributionConfiguration.NameOf(kind)}', {string.Join(", ", Enumerable.Range(0, form.IsQuantized ? 3 : 2).Select(_ => ArgumentOf(random)))}]";
            var result = ConfigurationReader.Read(YamlOf("a: " + written), CancellationToken.None);
            if (Assert.Single(Assert.Single(result.Configuration.Steps).Parameters).Distribution is null)
            {
                refused++;
                continue;
            }

            accepted++;
            using var manifest = JsonDocument.Parse(ManifestWriter.Write("p", result.Configuration, _ => true, [], false, []));
            var space = SearchSpace.Parse(manifest.RootElement.GetProperty("space"));
            var value = new Study(space, new StudyOptions { Sampler = Samplers.Random(i) }).Ask().Values["model_train.a"];
            Assert.True(space["model_train.a"].Contains(value), $"{written} gives {value}");
        }

        Assert.True(accepted > 50 && refused > 50, $"{accepted} accepted, {refused} refused");
    }

    public static TheoryData<DistributionKind> NumericKinds() =>
        [.. DistributionForm.All.Where(form => !form.HasOptions).Select(form => form.Kind)];

    /// <summary>A small number, a number near a limit, or one of any size.</summary>
    private static string ArgumentOf(Random random)
    {
        string[] extremes =
        [
            "0", "1", "709", "709.5", "-709", "-709.0001", "-745", "-800", "1e17", "1e300", "1e-300", "5e-324", "1.7e308", "-1.7e308", "1.7976931348623157e308",
            "9007199254740992", "-9007199254740992", "9007199254740991", "9007199254740992.0", "1e16", "log(1e-310)", "log(5e-324)", "log(1.2e-308)", "log(1.7e308)", "log(1)", "log(0.01)",
        ];
        return random.Next(3) switch
        {
            0 => random.Next(-20, 20).ToString(CultureInfo.InvariantCulture),
            1 => extremes[random.Next(extremes.Length)],
            _ => ((random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-308, 308))).ToString("R", CultureInfo.InvariantCulture),
        };
    }

    private static bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-12 * Math.Abs(a);

    private static JsonDocument ManifestOf(string space) =>
        JsonDocument.Parse(ManifestWriter.Write("p", ConfigurationOf(space), _ => true, [], false, []));

    private static WorkflowConfiguration ConfigurationOf(string space)
    {
        var result = ConfigurationReader.Read(YamlOf(space), CancellationToken.None);
        Assert.Equal([], result.Diagnostics.Where(diagnostic => diagnostic.Id != "LOGML0013").Select(diagnostic => diagnostic.Message));
        return result.Configuration;
    }

    private static string YamlOf(string space) =>
        "hyper_parameter_optimization:\n  space:\n    model_train:\n"
            + string.Concat(space.ReplaceLineEndings("\n").Split('\n').Select(line => $"      {line}\n"));
}

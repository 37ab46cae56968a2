using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using LogMl.Host.Sampling;
using LogMl.Optimization;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Stopping;
using LogMl.Optimization.Tests;
using LogMl.Shared;
using LogMl.Shared.Sampling;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>
/// An option is a property of an options record of the engine (or an argument of a factory), a rule for the compiler, and a row of
/// docs/yaml.md. All of them must agree.
/// </summary>
public sealed partial class OptionTests
{
    private static readonly Owner[] Owners =
    [
        .. Algorithms.Names.Select(OfSampler),
        new(PrunerOptions.None, [], [], null, _ => Pruners.None),
        OfPruner(PrunerOptions.Median, new PercentileOptions()),
        OfPruner(PrunerOptions.Percentile, new PercentileOptions(), nameof(Pruners.Percentile)) with
        {
            Needs = new() { ["percentile"] = 50 }
        },
        OfPruner(PrunerOptions.SuccessiveHalving, new SuccessiveHalvingOptions()) with { Needs = new() { ["min_resource"] = 1 } },
        OfPruner(PrunerOptions.Hyperband, new HyperbandOptions()) with { Needs = new() { ["max_resource"] = 1e9 } },
        OfPruner(PrunerOptions.Threshold, new ThresholdOptions(), nameof(Pruners.Threshold)) with { Needs = new() { ["lower"] = -1e300 } },
        OfPruner(PrunerOptions.Patient, null, nameof(Pruners.Patient)) with { Needs = new() { ["patience"] = 1 } },
        OfPruner(PrunerOptions.Wilcoxon, new WilcoxonOptions()),
        OfPruner(PrunerOptions.FoldBound, null, nameof(Pruners.FoldBound)) with { Needs = new() { ["lower_bound"] = 0 } },
        new(
            "no_improvement",
            StoppingOptions.NoImprovement,
            ArgumentsOf(typeof(StoppingCriteria), nameof(StoppingCriteria.NoImprovement)),
            null,
            StoppingFactory.NoImprovementUnchecked)
        {
            Needs = new() { ["trials"] = 1 },
        },
        new(
            "terminator",
            StoppingOptions.Terminator,
            PropertiesOf(new RegretOptions()),
            new RegretOptions(),
            values => StoppingFactory.TerminatorUnchecked(values)),
    ];

    private static readonly JsonSerializerContextOf[] Contexts =
    [
        SamplerFactory.SamplerRecords.Default.GetTypeInfo,
        PrunerFactory.PrunerRecords.Default.GetTypeInfo,
        StoppingFactory.StoppingRecords.Default.GetTypeInfo,
    ];

    private delegate JsonTypeInfo? JsonSerializerContextOf(Type type);

    public static TheoryData<string> Names => [.. Owners.Select(owner => owner.Name)];

    [Fact]
    public void Every_name_is_walked()
    {
        Assert.Equal(Algorithms.Names.Order(), AllSamplers.Rows.Select(row => row.Name).Order());
        Assert.Equal([.. Algorithms.Names, .. PrunerOptions.Names, "no_improvement", "terminator"], Owners.Select(owner => owner.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_property_has_a_rule_of_its_name_and_kind_and_there_are_no_others(string name)
    {
        var owner = Find(name);

        Assert.Equal(
            owner.Statements.Select(option => (option.Name, Nullable.GetUnderlyingType(option.Type) ?? option.Type)).Order(Comparer),
            owner.Rules.Select(rule => (rule.Name, rule.Kind == OptionKind.Integer ? typeof(int) : typeof(double))).Order(Comparer));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_allows_what_the_engine_takes_and_nothing_else(string name)
    {
        var owner = Find(name);
        foreach (var rule in owner.Rules)
        {
            foreach (var value in ValuesAround(rule))
            {
                var values = new OptionValues(new Dictionary<string, double>(owner.Needs) { [rule.Name] = value });
                var exception = Record.Exception(() => owner.Create(values));
                Assert.True(
                    rule.Allows(value) ? exception is null : exception is ArgumentException,
                    FormattableString.Invariant($"{name}.{rule.Name} = {value:R}: the rule wants {rule.Expected}, the engine says '{exception?.Message}'"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_option_that_is_set_is_its_property_and_changes_no_other(string name)
    {
        var owner = Find(name);
        if (owner.Record is not { } defaults)
        {
            return;
        }

        Assert.Equal(defaults, Bind(defaults.GetType(), OptionValues.None));
        foreach (var option in owner.Statements.Where(option => option.Property is not null))
        {
            var rule = owner.Rules.Single(rule => rule.Name == option.Name);
            var value = ((double[])[0.625, 3, 4, 7]).First(value => rule.Allows(value) && value != option.Default);
            var bound = Bind(defaults.GetType(), new OptionValues(new Dictionary<string, double> { [option.Name] = value }));

            Assert.Equal(value, Convert.ToDouble(option.Property!.GetValue(bound), CultureInfo.InvariantCulture));
            option.Property.SetValue(bound, option.Property.GetValue(defaults));
            Assert.Equal(defaults, bound);
        }
    }

    [Fact]
    public void The_page_about_the_YAML_says_names_ranges_and_defaults()
    {
        var rows = OptionRow().Matches(Repository.Read("docs/yaml.md"))
            .Select(match =>
                (Owner: match.Groups[1].Value, Option: match.Groups[2].Value, Range: match.Groups[3].Value, Default: match.Groups[4].Value))
            .ToArray();

        Assert.Equal(
            Owners.SelectMany(owner => owner.DocumentedRules.Select(rule => (owner.Name, rule.Name, rule.Expected))),
            rows.Select(row => (row.Owner, row.Option, row.Range)));
        foreach (var row in rows.Where(row => row.Option != Algorithms.Compatibility.Name))
        {
            var option = Find(row.Owner).Statements.Single(option => option.Name == row.Option);
            Assert.True(NumberIn(row.Default) == option.Default, $"{row.Owner}.{row.Option}: the page says {row.Default}, the engine {option.Default}");
            Assert.Equal(option.IsNeeded, row.Default == "needed");
        }
    }

    private static Owner Find(string name) => Owners.Single(owner => owner.Name == name);

    private static Comparer<(string Name, Type Type)> Comparer { get; } =
        Comparer<(string Name, Type Type)>.Create((a, b) => string.CompareOrdinal(a.Name + a.Type.Name, b.Name + b.Type.Name));

    private static Owner OfSampler(string name)
    {
        var record = AllSamplers.Find(name).Options;
        return new Owner(
            name, Algorithms.OptionsOf(name), PropertiesOf(record), record, values => SamplerFactory.CreateUnchecked(name, 1, values, 100));
    }

    private static Owner OfPruner(string name, object? record, string? factory = null) => new(
        name,
        PrunerOptions.Of(name),
        [.. factory is null ? [] : ArgumentsOf(typeof(Pruners), factory), .. PropertiesOf(record)],
        record,
        values => PrunerFactory.CreateUnchecked(name, values, null));

    private static Statement[] PropertiesOf(object? record) => record is null
        ? []
        : [.. record.GetType().GetProperties().Select(property => new Statement(
            Snake(property.Name), property.PropertyType, Number(property.GetValue(record)), IsNeeded: false, property))];

    /// <summary>The numbers among the arguments of a factory.</summary>
    private static Statement[] ArgumentsOf(Type factories, string method) =>
    [
        .. factories.GetMethod(method)!.GetParameters()
            .Where(argument => (Nullable.GetUnderlyingType(argument.ParameterType) ?? argument.ParameterType).IsPrimitive)
            .Select(argument => new Statement(
                Snake(argument.Name!),
                argument.ParameterType,
                Number(argument.HasDefaultValue ? argument.DefaultValue : null),
                !argument.HasDefaultValue,
                null)),
    ];

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static double? Number(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    /// <summary>A number, or a fraction such as 1/6; null for words.</summary>
    private static double? NumberIn(string text)
    {
        var parts = text.Split('/')
            .Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : (double?)null)
            .ToArray();
        return parts.Length == 2 ? parts[0] / parts[1] : parts[0];
    }

    /// <summary>The bounds, their neighbours on both sides, and something between and beyond.</summary>
    private static IEnumerable<double> ValuesAround(OptionRule rule)
    {
        double[] bounds = [.. ((double[])[rule.Low, rule.High]).Where(bound => Math.Abs(bound) < int.MaxValue)];
        Func<double, double>[] neighbours = rule.Kind == OptionKind.Integer
            ? [bound => bound - 1, bound => bound, bound => bound + 1]
            : [Math.BitDecrement, bound => bound, Math.BitIncrement];
        double[] others = rule.Kind == OptionKind.Integer ? [-1_000_000, 7, 1_000_000] : [-1e9, 0.5, 1e9];
        return bounds.SelectMany(bound => neighbours.Select(neighbour => neighbour(bound))).Concat(others);
    }

    private static object Bind(Type record, OptionValues values)
    {
        var type = Contexts.Select(context => context(record)).First(type => type is not null);
        return typeof(OptionValues).GetMethod(
            nameof(OptionValues.Overlay),
            BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(record).Invoke(values, [type])!;
    }

    [GeneratedRegex(@"^\| `([a-z0-9_-]+)` \| `([a-z_]+)` \| ([^|]+) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex OptionRow();

    /// <summary>An option as the engine states it.</summary>
    private sealed record Statement(string Name, Type Type, double? Default, bool IsNeeded, PropertyInfo? Property);

    /// <summary>What has options.</summary>
    private sealed record Owner(string Name, OptionRule[] Rules, Statement[] Statements, object? Record, Func<OptionValues, object> Create)
    {
        /// <summary>Options without which the others are refused.</summary>
        public Dictionary<string, double> Needs { get; init; } = [];

        public IEnumerable<OptionRule> DocumentedRules => Name == Algorithms.Tpe ? [.. Rules, Algorithms.Compatibility] : Rules;
    }
}

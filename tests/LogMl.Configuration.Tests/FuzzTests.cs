using System.Globalization;
using System.Text;
using CsCheck;
using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>Properties over random input. A failure prints the seed that reproduces it.</summary>
public class FuzzTests
{
    private const string Sample = """
        # a file with a bit of everything
        dataset: { name: 'xor', outputs: [y, "z\n"] }
        model:
        functions:
          augment: &base { factor: 2, on: yes }
          model_create: { num_neurons: 3, layers: [4, 2], kind: ~, classifier: {svm: {c: 1.0, kernel: {rbf: {gamma: 0.5}}}} }
          model_train:
            <<: *base
            learning_rate: 1e-5
            text: |
              several
              lines
            activation: relu
            model: {b: {c: 3}}
          types:
            model_train: { activation: [relu, tanh, null], learning_rate: double, text: string?, model: [a, {b: {c: int}}] }
        hyper_parameter_optimization:
          enable: true
          algorithm: 'tpe'
          max_evals: 100
          random_seed: 7
          space:
            model_create:
              num_neurons: ['uniformint', 1, 16]
              classifier: [choice, [bayes, {svm: {c: [lognormal, 0, 1], kernel: [choice, [linear, {rbf: {gamma: [uniform, 0, 1]}}]]}}]]
              depth:
                - choice
                - - null
                  - [qlognormal, 3, 1, 1]
            model_train:
              learning_rate: ['loguniform', -7, 0]
              activation: [choice, [relu, tanh]]
              factor:
                - pchoice
                - - [0.25, 1]
                  - [0.75, 2]
        """;

    /// <summary>Pieces that mean something in YAML or in a configuration.</summary>
    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", ":", ": ", ",", "- ", "? ", "\n", "\n  ", "\r\n", "\t", "'", "\"", "#", " # ", "&a ", "*a", "*base", "!x ", "!!str ",
        "<<: ", "|\n", ">\n", "---\n", "...\n", "%YAML 1.2\n", "~", "null", "yes", "010", "1e-5", ".inf", "-1", "1:30", "2001-01-01",
        "999999999999999999999", "enable: ", "rate 0.1", "uniform(0, 1)", "f(", ")", "space:", "functions:", "types:", "int", "double[]", "?", "!!float ", "model_train: ", "choice", "uniform", "\uFEFF", "\uFFFD", "\u0000",
        "\U0001F600", "\uD800", "\u2028", "\u0085", "\\", "@", "`",
    ];

    private static readonly Gen<string> RandomText = Gen.OneOf(
        Gen.String,
        Gen.OneOf(Pieces).Array[0, 60].Select(string.Concat),
        Gen.Select(Gen.OneOf(Pieces), Gen.String[0, 5]).Array[0, 30].Select(
            pairs => string.Concat(pairs.Select(pair => pair.Item1 + pair.Item2))));

    private static readonly Gen<string> MutatedFile = Gen
        .Select(Gen.Int[0, Sample.Length], Gen.Int[0, 12], Gen.OneOf(Pieces))
        .Array[1, 4]
        .Select(edits => edits.Aggregate(Sample, (text, edit) =>
        {
            var at = Math.Min(edit.Item1, text.Length);
            return text.Remove(at, Math.Min(edit.Item2, text.Length - at)).Insert(at, edit.Item3);
        }));

    private static readonly Gen<string> ParameterName =
        Gen.Select(Gen.OneOf("alpha", "beta", "gamma", "delta", "eta"), Gen.Int[0, 99])
            .Select(pair => pair.Item1 + pair.Item2.ToString(CultureInfo.InvariantCulture));

    private static readonly Gen<double> Real = Gen.Double[-500, 500];

    /// <summary>A distribution with its YAML, written independently of the reader.</summary>
    private static readonly Gen<(string Yaml, DistributionConfiguration Expected)> Distribution = Gen.OneOf(
        Gen.Select(Gen.OneOf(DistributionKind.Uniform, DistributionKind.LogUniform), Real, Gen.Double[0.001, 100])
            .Select((kind, low, width) => Written(kind, low, low + width)),
        Gen.Select(Gen.OneOf(DistributionKind.QUniform, DistributionKind.QLogUniform), Real, Gen.Double[0.001, 100], Gen.Double[0.01, 9])
            .Select((kind, low, width, q) => Written(kind, low, low + width, q)),
        Gen.Select(Gen.OneOf(DistributionKind.Normal, DistributionKind.LogNormal), Real, Gen.Double[0.001, 10])
            .Select((kind, mu, sigma) => Written(kind, mu, sigma)),
        Gen.Select(Gen.OneOf(DistributionKind.QNormal, DistributionKind.QLogNormal), Real, Gen.Double[0.001, 10], Gen.Double[0.01, 9])
            .Select((kind, mu, sigma, q) => Written(kind, mu, sigma, q)),
        Gen.Select(Gen.OneOf(DistributionKind.UniformInt, DistributionKind.RandInt), Gen.Int[-1000, 1000], Gen.Int[1, 100_000])
            .Select((kind, low, width) => Written(kind, low, (double)low + width)),
        Gen.Int[1, 1_000_000].Select(upper => Written(DistributionKind.RandInt, upper)),
        Gen.Long.Array[1, 6].Select(options => WrittenChoice(options.Distinct().Select(option => new ConfigurationValue.Integer(option)))),
        Gen.Bool.Array[1, 4].Select(options => WrittenChoice(options.Distinct().Select(option => new ConfigurationValue.Bool(option)))),
        Gen.String[1, 8].Where(IsPrintable).Array[1, 5].Select(
            options => WrittenChoice(options.Distinct().Select(option => new ConfigurationValue.Text(option)))));

    /// <summary>An entry of a flow mapping, in which # is its own number, and how many mistakes it has.</summary>
    private static readonly Gen<(string Text, int Mistakes)> FlowEntry = Gen.OneOf(
        Gen.OneOf("p#: 1", "p#: relu", "p#: 'a, b'", "p#: 'uniform(0, 1)'", "p#", "p#:", "'p#'", "p#: f(x)", "p#: [1, 2]", "p#: [normal, uniform]", "p# : null").Select(text => (text, 0)),
        Gen.OneOf("p# 1", "p# relu tanh", "p#\n    1", "p#: uniform(0, 1)", "p#: f(a, b, c)", "p# f(a, b)", "p#: [uniform, 0, 1]", "p#: normal(0,1)", "p#: choice(a, b)", "p#: loguniform(log(1), log(max(2, 3)))")
            .Select(text => (text, 1)));

    [Fact]
    public void Each_slip_in_a_flow_mapping_is_one_error_and_hides_no_parameter() => FlowEntry.Array[1, 12].Sample(
        entries =>
        {
            var texts =
                entries.Select((entry, i) => entry.Text.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            var result = Read("functions:\n  model_train: { " + string.Join(", ", texts) + " }\n");

            Assert.Equal(entries.Sum(entry => entry.Mistakes), result.Diagnostics.Count);
            Assert.Equal(
                Enumerable.Range(0, entries.Length).Select(i => "p" + i.ToString(CultureInfo.InvariantCulture)),
                Assert.Single(result.Configuration.Steps).Parameters.Select(parameter => parameter.Name));
        },
        iter: 3_000);

    [Fact]
    public void Random_text_never_throws() => RandomText.Sample(CheckInvariants, iter: 10_000);

    [Fact]
    public void A_mutated_file_never_throws() => MutatedFile.Sample(CheckInvariants, iter: 10_000);

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => CheckInvariants(Encoding.UTF8.GetString(bytes)), iter: 5_000);

    [Fact]
    public void A_valid_space_is_read_as_it_was_written()
    {
        var parameters = Gen.Select(ParameterName, Distribution).Array[1, 8]
            .Select(all => all.GroupBy(pair => pair.Item1).Select(group => group.First()).ToArray());
        Gen.Select(parameters, Gen.Bool, Gen.Bool).Sample(
            (written, isBlock, isWindows) =>
            {
                var yaml = "# \U0001F600\n" + WriteSpace(written.Select(pair => (pair.Item1, pair.Item2.Yaml)), isBlock);
                yaml = isWindows ? yaml.Replace("\n", "\r\n", StringComparison.Ordinal) : yaml;
                var result = Read(yaml);

                Assert.All(
                    result.Diagnostics, diagnostic => Assert.Contains(diagnostic.Id, new[] { "LOGML0013", "LOGML0057", "LOGML0060" }));
                var read = Assert.Single(result.Configuration.Steps).Parameters;
                Assert.Equal(
                    written.Select(pair => (pair.Item1, pair.Item2.Expected)),
                    read.Select(parameter => (parameter.Name, DistributionOf(parameter))));
                Assert.All(read, parameter =>
                {
                    var span = Assert.NotNull(result.Positions.Find($"space.model_train.{parameter.Name}"));
                    Assert.Equal(parameter.Name, yaml.Substring(span.Start, span.Length));
                });
            },
            iter: 3_000);
    }

    /// <summary>What holds for every text.</summary>
    private static void CheckInvariants(string text)
    {
        var result = Read(text);
        foreach (var diagnostic in result.Diagnostics)
        {
            Assert.False(string.IsNullOrWhiteSpace(diagnostic.Message));
            Assert.DoesNotContain('\n', diagnostic.Message);
            Assert.InRange(diagnostic.Span.Start, 0, text.Length);
            Assert.InRange(diagnostic.Span.Start + diagnostic.Span.Length, diagnostic.Span.Start, text.Length);
        }

        foreach (var entry in result.Positions.Entries)
        {
            Assert.InRange(entry.Span.Start + entry.Span.Length, entry.Span.Start, text.Length);
        }

        foreach (var parameter in result.Configuration.Steps.SelectMany(step => step.Parameters))
        {
            CheckParameter(parameter);
        }

        Assert.Equal(result, Read(text));
    }

    /// <summary>What generated code relies on.</summary>
    private static void CheckParameter(ParameterConfiguration parameter)
    {
        Assert.NotNull(CSharpNames.ToPascalCase(parameter.Name));
        CheckType(parameter.Type);
        CheckValue(parameter.Type, parameter.Default);
        if (parameter.Distribution is { } distribution)
        {
            Assert.All(distribution.Options, option => CheckOption(parameter.Type, option));
            Assert.Equal(distribution.Kind == DistributionKind.PChoice ? distribution.Options.Count : 0, distribution.Probabilities.Count);
            Assert.NotEqual(distribution.Arguments.IsEmpty, distribution.Options.IsEmpty);
        }
    }

    private static void CheckType(ParameterType type)
    {
        Assert.Equal(type.Kind == ParameterKind.Branches, !type.Options.IsEmpty || type.MissesOptions);
        Assert.Distinct(type.Options.Select(option => CSharpNames.ToPascalCase(option.Name)));
        foreach (var option in type.Options)
        {
            Assert.NotNull(CSharpNames.ToPascalCase(option.Name));
            Assert.Distinct(option.Parameters.Select(parameter => CSharpNames.ToPascalCase(parameter.Name)));
            Assert.All(option.Parameters, parameter => CheckType(parameter.Type));
        }
    }

    private static void CheckOption(ParameterType type, OptionConfiguration option)
    {
        switch (option)
        {
            case OptionConfiguration.Constant constant:
                CheckValue(type, constant.Value);
                Assert.False(constant.Value is ConfigurationValue.Number real && !double.IsFinite(real.Value));
                break;
            case OptionConfiguration.Number number:
                Assert.NotEmpty(number.Distribution.Arguments);
                Assert.Contains(type.TypeOf(number).Kind, new[] { ParameterKind.Int, ParameterKind.Long, ParameterKind.Double });
                break;
            case OptionConfiguration.Branch branch:
                var declared = type.Options.Single(known => known.Name == branch.Name).Parameters;
                Assert.All(branch.Parameters, CheckParameter);
                Assert.All(branch.Parameters, parameter => Assert.Contains(new NamedType(parameter.Name, parameter.Type), declared));
                break;
        }
    }

    private static void CheckValue(ParameterType type, ConfigurationValue? value)
    {
        var fits = (type.Kind, value) switch
        {
            (_, null) => true,
            (_, ConfigurationValue.Null) => type.IsNullable,
            (ParameterKind.Bool, ConfigurationValue.Bool) => true,
            (ParameterKind.Int, ConfigurationValue.Integer integer) => integer.Value is >= int.MinValue and <= int.MaxValue,
            (ParameterKind.Long, ConfigurationValue.Integer) => true,
            (ParameterKind.Double, ConfigurationValue.Number) => true,
            (ParameterKind.String, ConfigurationValue.Text) => true,
            (ParameterKind.Enum, ConfigurationValue.Text text) => type.Members.Contains(text.Value),
            (ParameterKind.List, ConfigurationValue.List) => true,
            (ParameterKind.Branches, ConfigurationValue.Text text) =>
                type.Options.Any(option => option.Name == text.Value && option.Number is null && option.Parameters.IsEmpty),
            (ParameterKind.Branches, ConfigurationValue.Mapping { Entries: [var chosen] }) => FitsOption(type, chosen),
            _ => false,
        };
        Assert.True(fits, $"{value} is not a {type}");
        if (value is ConfigurationValue.List list)
        {
            var element = type.Element ?? throw new Xunit.Sdk.XunitException("A list without element type.");
            Assert.All(list.Items, item => CheckValue(element, item));
        }
    }

    private static bool FitsOption(ParameterType type, SettingConfiguration chosen)
    {
        var option = type.Options.Single(known => known.Name == chosen.Name);
        if (option.Number is { } number)
        {
            CheckValue(number, chosen.Value);
            return true;
        }

        Assert.All(
            Assert.IsType<ConfigurationValue.Mapping>(chosen.Value).Entries,
            entry => CheckValue(option.Parameters.Single(parameter => parameter.Name == entry.Name).Type, entry.Value));
        return true;
    }

    private static (string Yaml, DistributionConfiguration Expected) Written(DistributionKind kind, params double[] arguments)
    {
        var texts = arguments.Select(argument => argument.ToString("R", CultureInfo.InvariantCulture));
        return (
            $"['{DistributionConfiguration.NameOf(kind)}', {string.Join(", ", texts)}]",
            new DistributionConfiguration(kind, arguments.ToEquatableArray(), default, default));
    }

    private static (string Yaml, DistributionConfiguration Expected) WrittenChoice(IEnumerable<ConfigurationValue> options)
    {
        var values = options.ToList();
        return (
            $"[choice, [{string.Join(", ", values.Select(Write))}]]",
            new DistributionConfiguration(
                DistributionKind.Choice, default, OptionConfiguration.Constants(values), default));
    }

    private static string Write(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Integer integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        ConfigurationValue.Bool truth => truth.Value ? "true" : "false",
        ConfigurationValue.Text text => "'" + text.Value.Replace("'", "''", StringComparison.Ordinal) + "'",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string WriteSpace(IEnumerable<(string Name, string Yaml)> parameters, bool isBlock)
    {
        const string head = "hyper_parameter_optimization:\n  space:\n    model_train:";
        return isBlock
            ? head + string.Concat(parameters.Select(parameter => $"\n      {parameter.Name}:   {parameter.Yaml}  # comment")) + "\n"
            : head + " {" + string.Join(", ", parameters.Select(parameter => $"{parameter.Name}: {parameter.Yaml}")) + "}\n";
    }

    private static bool IsPrintable(string text) => text.All(c => c is >= ' ' and < '\u007F') && text.Trim() == text;
}

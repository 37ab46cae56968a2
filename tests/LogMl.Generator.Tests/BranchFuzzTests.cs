using System.Globalization;
using System.Text;
using System.Text.Json;
using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Generator.Planning;
using LogMl.Generator.Tests.Kit;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;

namespace LogMl.Generator.Tests;

/// <summary>
/// Random choices with branches, right and wrong: the reader never throws, and what it accepts is searched, written and read back, and
/// compiles. <c>LOGML_FUZZ_TEXTS</c> sets how many texts there are.
/// </summary>
public sealed class BranchFuzzTests
{
    /// <summary>How many accepted texts are parameters of one project. A compilation costs much more than a text.</summary>
    private const int ParametersOfProject = 60;

    private static readonly string[] Names =
    [
        "a", "b", "svm", "naive-bayes", "x_1", "x_2", "class", "default", "record", "uniform", "normal", "value", "instance", "match", "Ärger",
        "名前", "p", "yes", "null", "equals", "1", "get type", "ModelEvaluateP0", "this", "svm", "base", "string", "System", "double",
    ];

    private static readonly string[] Numbers =
    [
        "[uniform, 0, 1]", "[quniform, 0, 10, 1]", "[loguniform, -5, 2]", "[lognormal, 0, 1]", "[qlognormal, 3, 1, 1]", "[randint, 5]",
        "[uniformint, 1, 5000000000]", "['normal', 0, 1]", "[unifrom, 0, 1]", "[uniform, 1, 0]", "[normal, uniform]",
    ];

    private static readonly string[] Scalars = ["1", "2", "0.5", "true", "null", "~", "1.0e+3", "[1, 2]", "[]", "x y", "'a'", "010", "-3"];

    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", ":", ", ", ": ", "'", "#", "~", "choice", "&a ", "*a", "!x ", "? ", "1", "\n", "a",
    ];

    private static int Texts =>
        int.TryParse(Environment.GetEnvironmentVariable("LOGML_FUZZ_TEXTS"), CultureInfo.InvariantCulture, out var texts) ? texts : 1500;

    [Fact]
    public void What_is_accepted_can_be_searched_written_read_back_and_compiled()
    {
        var random = new Random(14);
        var accepted = new List<Text>();
        for (var i = 0; i < Texts; i++)
        {
            var text = Text.Create(random);
            if (Read(text.Yaml("p")) is not { } parameter)
            {
                continue;
            }

            accepted.Add(text);
            Search(text, parameter, seed: i);
        }

        Assert.InRange(accepted.Count, Texts / 10, Texts * 9 / 10);
        var projects = accepted.Chunk(ParametersOfProject).ToList();
        foreach (var project in Texts > 1500 ? projects : projects.Take(2))
        {
            Compile(project);
        }
    }

    /// <summary>The parameter of a file; null when the file has an error.</summary>
    private static ParameterConfiguration? Read(string yaml)
    {
        var result = ConfigurationReader.Read(yaml, CancellationToken.None);
        return result.Diagnostics.Any(diagnostic => diagnostic.Definition.Severity == DiagnosticLevel.Error)
            ? null
            : result.Configuration.Steps.SelectMany(step => step.Parameters).SingleOrDefault();
    }

    private static void Search(Text text, ParameterConfiguration parameter, int seed)
    {
        var step = new StepConfiguration("model_evaluate", true, EquatableArray.Of(parameter));
        var configuration = new WorkflowConfiguration(EquatableArray.Of(step), default, default, null);
        using var json = JsonDocument.Parse(ManifestWriter.Write("p", configuration, _ => true, [], false, []));
        var manifest = Manifest.Read(json.RootElement);
        var values = new Study(manifest.Space, new StudyOptions { Sampler = Samplers.Random(seed) }).Ask().Values;
        var functions = manifest.Functions.Write([], values);

        // A default may have parameters of its branch that are not searched, and which another branch does not have.
        var read = ConfigurationReader.Read(functions, CancellationToken.None);
        Assert.True(
            !read.Diagnostics.Any(diagnostic => diagnostic.Definition.Severity == DiagnosticLevel.Error),
            $"{text}\n{functions}\n{string.Join('\n', read.Diagnostics.Select(diagnostic => diagnostic.Message))}");
        var back = read.Configuration.Steps.Single().Parameters.Single();
        Assert.Equal(parameter.Type, back.Type);

        // Also of several distributions of one kind, the value is read as one of the same.
        if (parameter is { Type.Kind: ParameterKind.Branches, Distribution: { } distribution }
            && distribution.Options[(int)values["model_evaluate.p"]] is OptionConfiguration.Number number)
        {
            Assert.Equal(number.Name, Assert.IsType<ConfigurationValue.Mapping>(back.Default).Entries[0].Name);
        }
    }

    private static void Compile(Text[] texts)
    {
        var yaml = new StringBuilder("functions:\n  model_evaluate:\n");
        AppendAll(yaml, texts, "    ", text => text.Default);
        yaml.Append("  types:\n    model_evaluate:\n");
        AppendAll(yaml, texts, "      ", text => text.Type);
        yaml.Append("hyper_parameter_optimization:\n  space:\n    model_evaluate:\n");
        AppendAll(yaml, texts, "      ", text => text.Space);
        const string Step = """[WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p) => 1;""";
        GeneratorRun.Of(CodeOf.Steps(Step), yaml.ToString()).AssertCompiles();
    }

    private static void AppendAll(StringBuilder yaml, Text[] texts, string indentation, Func<Text, string?> part)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            if (part(texts[i]) is { } written)
            {
                yaml.Append(Text.Line(indentation, string.Create(CultureInfo.InvariantCulture, $"p{i}"), written));
            }
        }
    }

    /// <summary>A parameter: its default, its distribution and its declared type, of which each may be absent.</summary>
    private sealed record Text(string? Default, string? Space, string? Type)
    {
        public static Text Create(Random random)
        {
            var branches = Enumerable.Range(0, random.Next(1, 4)).Select(_ => One(random, Names)).ToArray();
            var space = random.Next(12) == 0 ? null : ChoiceOf(random, branches, depth: 0);
            var @default = random.Next(4) == 0 ? null : DefaultOf(random, branches, depth: 0);
            var type = random.Next(8) == 0 ? TypeOf(random, branches, depth: 0) : null;
            return random.Next(3) switch
            {
                0 => new Text(Mutate(@default, random), Mutate(space, random), Mutate(type, random)),
                _ => new Text(@default, space, type),
            };
        }

        public string Yaml(string name) =>
            "functions:\n  model_evaluate:\n" + Line("    ", name, Default) + "  types:\n    model_evaluate:\n" + Line("      ", name, Type)
            + "hyper_parameter_optimization:\n  space:\n    model_evaluate:\n" + Line("      ", name, Space);

        public static string Line(string indentation, string name, string? text) =>
            text is null ? "" : $"{indentation}{name}: {text.Replace("\n", "\n" + indentation, StringComparison.Ordinal)}\n";

        private static string ChoiceOf(Random random, string[] branches, int depth)
        {
            var options = branches.Select(branch => random.Next(10) switch
            {
                < 4 => $"{{{branch}: {Parameters(random, depth)}}}",
                < 6 => branch,
                < 8 => One(random, Numbers),
                8 => One(random, Scalars),
                _ => random.Next(4) == 0 ? ChoiceOf(random, branches, depth + 1) : $"{{{branch}: }}",
            }).ToArray();
            return random.Next(4) > 0
                ? $"[choice, [{string.Join(", ", options)}]]"
                : $"[pchoice, [{string.Join(", ", options.Select(option => $"[{Share(options.Length)}, {option}]"))}]]";
        }

        private static string Share(int count) => (1.0 / count).ToString("0.#########", CultureInfo.InvariantCulture);

        private static string Parameters(Random random, int depth)
        {
            var parameters = Enumerable.Range(0, random.Next(0, 3)).Select(_ =>
            {
                var isNested = depth < 3 && random.Next(3) == 0;
                return One(random, Names) + ": "
                    + (isNested ? ChoiceOf(random, [One(random, Names), One(random, Names)], depth + 1) : One(random, Numbers));
            });
            return "{" + string.Join(", ", parameters) + "}";
        }

        private static string DefaultOf(Random random, string[] branches, int depth) => random.Next(6) switch
        {
            0 => One(random, Scalars),
            1 => One(random, branches),
            2 => $"{{{One(random, branches)}: {{}}}}",
            3 when depth < 2 => $"{{{One(random, branches)}: {{{One(random, Names)}: {DefaultOf(random, Names, depth + 1)}}}}}",
            4 => $"{{{One(random, branches)}: {{{One(random, Names)}: {One(random, Scalars)}}}}}",
            _ => One(random, branches),
        };

        private static string TypeOf(Random random, string[] branches, int depth) => random.Next(4) switch
        {
            0 => One(random, ["int", "double?", "'int[]'", "string", "bool", "long", "doubel"]),
            1 => $"[{string.Join(", ", branches)}]",
            _ => "[" + string.Join(", ", branches.Select(branch => random.Next(3) == 0
                ? branch
                : $"{{{branch}: {{{One(random, Names)}: {Inner(random, depth)}}}}}")) + "]",
        };

        private static string Inner(Random random, int depth) =>
            depth < 2 ? TypeOf(random, [One(random, Names)], depth + 1) : "int?";

        private static string? Mutate(string? text, Random random)
        {
            if (string.IsNullOrEmpty(text))
            {
                return text;
            }

            var at = random.Next(text.Length);
            return text.Remove(at, Math.Min(random.Next(0, 3), text.Length - at)).Insert(at, One(random, Pieces));
        }

        private static string One(Random random, string[] items) => items[random.Next(items.Length)];
    }
}

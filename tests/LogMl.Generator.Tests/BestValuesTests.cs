using System.Text.Json;
using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Planning;
using LogMl.Generator.Tests.Kit;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Shared;
using Trial = LogMl.Generator.Tests.Kit.Trial;

namespace LogMl.Generator.Tests;

/// <summary>
/// The natural next step after a search: the functions of best.yaml over those of logml.yaml, and parameters out of the space one by one.
/// The program must not notice.
/// </summary>
public class BestValuesTests
{
    /// <summary>Parameters of all distributions, each with its default, its distribution, and its declared type.</summary>
    private static readonly (string? Default, string Distribution, string? Declared)[] Parameters =
    [
        ("0.5", "['uniform', 0, 1]", null),
        (null, "['uniform', -5, 5]", null),
        ("null", "['uniform', 0, 1]", null),
        ("1", "['uniform', 0, 4]", "double"),
        ("3", "['quniform', 0, 10, 1]", null),
        ("3.0", "['quniform', 0, 10, 1]", null),
        (null, "['quniform', 0, 10, 0.5]", null),
        ("0.1", "['loguniform', -7, 0]", null),
        ("64", "['qloguniform', 0, 7, 8]", null),
        ("5000000000", "['qloguniform', 0, 30, 1]", null),
        (null, "['normal', 0, 1]", null),
        ("2", "['qnormal', 3, 2, 1]", null),
        ("1.5", "['lognormal', 0, 1]", null),
        (null, "['qlognormal', 0, 1, 0.25]", null),
        ("4", "['randint', 10]", null),
        ("null", "['randint', 2, 10]", null),
        ("2500000000", "['randint', 0, 3000000000]", null),
        ("7", "['uniformint', 1, 16]", null),
        (null, "['uniformint', 0, 3000000000]", null),
        ("7", "['uniformint', 1, 16]", "double"),
        ("true", "['choice', [true, false]]", null),
        ("1", "['choice', [1, 2, 3]]", null),
        (null, "['choice', [1, 3000000000]]", null),
        ("1.0", "['choice', [1, 0.5, 0]]", null),
        ("1", "['choice', [1, 2, null]]", null),
        (null, "['choice', [null, 0.5, 1]]", null),
        ("relu", "['choice', [relu, tanh, leaky_relu]]", null),
        ("relu", "['choice', [relu, tanh]]", "[relu, tanh, gelu, elu]"),
        ("sqrt", "['choice', [sqrt, log2, null]]", null),
        ("relu", "['choice', [relu, tanh]]", "string"),
        ("a b", "['choice', ['a b', 'c: d', '1', '.inf']]", null),
        (null, "['choice', ['a b', null]]", null),
        ("[1, 2]", "['choice', [[1, 2], [3], []]]", null),
        (null, "['choice', [[1, 0.5], [2]]]", null),
        (null, "['choice', [[1, 3000000000], [2]]]", null),
        (null, "['choice', [[1, null], null]]", null),
        (null, "['choice', [[a, 'b c'], [d]]]", null),
        ("2", "['pchoice', [[0.25, 1], [0.5, 2], [0.25, 4]]]", null),
        ("'yes'", "['choice', ['yes', 'null', '1.0', a]]", "string"),
        ("no_name", "['pchoice', [[0.25, on], [0.75, no_name]]]", null),
    ];

    private const string BestPath = "/best/best.yaml";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_parameter_that_is_taken_out_of_the_space_keeps_type_and_value(int seed)
    {
        var searched = Read(Yaml(Defaults(), Enumerable.Range(0, Parameters.Length)));
        var (functions, expected) = BestOf(searched, seed);
        var order = Enumerable.Range(0, Parameters.Length).ToArray();
        new Random(seed).Shuffle(order);

        for (var removed = 0; removed <= order.Length; removed++)
        {
            var narrowed = Read(Yaml(functions, order.Skip(removed).Order()));

            foreach (var parameter in narrowed)
            {
                var before = searched.Single(candidate => candidate.Name == parameter.Name);
                Assert.Equal((before.Name, before.Type.Written), (parameter.Name, parameter.Type.Written));
                Assert.Equal(before.Type, parameter.Type);
                Assert.Equal((parameter.Name, expected[parameter.Name]), (parameter.Name, parameter.Default));
            }
        }
    }

    [Fact]
    public async Task The_program_compiles_unchanged_and_computes_with_equal_values()
    {
        var yaml = Yaml(Defaults(), Enumerable.Range(0, Parameters.Length));
        var searched = Read(yaml);
        var (functions, _) = BestOf(searched, seed: 3);
        var code = CodeOf.Steps("""
            [WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p)
            {
                // What an int in the place of a double would change silently, and what a missing enum would not let compile.
                _ = p.P26 is ModelEvaluateP26.LeakyRelu or ModelEvaluateP26.Tanh;
                _ = p.P27 == ModelEvaluateP27.Gelu;
                _ = p.P3 / 2;
                foreach (var property in typeof(ModelEvaluateParameters).GetProperties().Where(property => property.CanWrite))
                {
                    Log.Add($"{property.Name} {property.PropertyType}: {Show(property.GetValue(p))}", 0);
                }
                return 1.0;
            }
            private static string Show(object? value) => value is System.Collections.IEnumerable list and not string
                ? "[" + string.Join(", ", list.Cast<object?>().Select(Show)) + "]"
                : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "null";
            """);

        var before = GeneratorRun.Of(code, yaml).AssertCompiles().Load();
        await Trial.RunAsync(before, ValuesOf(ManifestOf(searched), 3).ToDictionary());
        var after = GeneratorRun.Of(code, Yaml(functions, [])).AssertClean().Load();
        await Trial.RunAsync(after);

        Assert.Equal(Parameters.Length, CodeOf.LinesOf(after).Count);
        Assert.Equal(CodeOf.LinesOf(before).Order(StringComparer.Ordinal), CodeOf.LinesOf(after).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_host_writes_is_loaded_as_the_values_of_the_trial_and_compiled_in_as_the_same()
    {
        var yaml = Yaml(Defaults(), Enumerable.Range(0, Parameters.Length));
        var searched = Read(yaml);
        var code = CodeOf.Steps("""
            [WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p) => Log.Add(Show(p), 1.0);
            public static string Show(ModelEvaluateParameters p) => string.Join("; ", typeof(ModelEvaluateParameters).GetProperties()
                .Where(property => property.CanWrite).Select(property => property.Name + " " + Show(property.GetValue(p))));
            private static string Show(object? value) => value is System.Collections.IEnumerable list and not string
                ? "[" + string.Join(", ", list.Cast<object?>().Select(Show)) + "]"
                : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "null";
            """);
        const string Caller = "public static class Caller { public static string Load(string path) => Steps.Show(WorkflowParameters.Load(path).ModelEvaluate); }";
        const string Best = "public static class Compiled { public static string Best() => Steps.Show(WorkflowParameters.Best.ModelEvaluate); }";
        var workflow = GeneratorRun.Of(code + Caller, yaml).AssertCompiles().Load();
        using var folder = new TempDirectory("best");
        var path = Path.Combine(folder.Path, "best.yaml");

        for (var seed = 1; seed <= 60; seed++)
        {
            var (functions, _) = BestOf(searched, seed);
            await File.WriteAllTextAsync(path, functions);
            await Trial.RunAsync(workflow, ValuesOf(ManifestOf(searched), seed).ToDictionary());

            Assert.Equal(CodeOf.LinesOf(workflow)[^1], Call(workflow.Assembly, "Caller", "Load", path));
            if (seed % 20 == 0)
            {
                var compiled = GeneratorRun.Of(
                    code + Best, files: [new TextFile(GeneratorRun.YamlPath, yaml), new TextFile(BestPath, functions)]);
                Assert.Equal(CodeOf.LinesOf(workflow)[^1], Call(compiled.AssertCompiles().LoadAssembly(), "Compiled", "Best"));
            }
        }
    }

    [Fact]
    public async Task A_file_that_was_changed_is_refused_with_the_same_words_at_the_same_place_by_the_compiler_and_at_run_time()
    {
        const string Caller = "public static class Caller { public static object Load(string path) => WorkflowParameters.Load(path); }";
        var yaml = Yaml(Defaults(), Enumerable.Range(0, Parameters.Length));
        var searched = Read(yaml);
        var code = CodeOf.Steps("""[WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p) => 1;""") + Caller;
        var assembly = GeneratorRun.Of(code, yaml).AssertCompiles().LoadAssembly();
        var (functions, _) = BestOf(searched, seed: 5);
        var random = new Random(1);
        using var folder = new TempDirectory("best");
        var path = Path.Combine(folder.Path, "best.yaml");
        var refused = 0;
        for (var i = 0; i < 1000; i++)
        {
            var changed = Change(functions, random);
            await File.WriteAllTextAsync(path, changed);
            var message = CallSafely(assembly, "Caller", "Load", path);
            var diagnostics = GeneratedBest(searched, changed);

            // The compiler reports all mistakes, and a run ends at one of them.
            Assert.Equal(diagnostics.IsEmpty, message is null);
            if (message is not null)
            {
                Assert.Contains(
                    message.TrimEnd('.'),
                    diagnostics.Select(diagnostic => $"{path}({PlaceOf(diagnostic)}): {diagnostic.Arguments[0]}".TrimEnd('.')));
            }

            refused += message is null ? 0 : 1;
        }

        // Neither all nor none.
        Assert.InRange(refused, 100, 980);
    }

    [Theory]
    [InlineData("---\nfunctions:\n  model_train: { rate: 0.25 }\n")]
    [InlineData("# found\n--- # one document\n\nfunctions: { model_train: { rate: 0.25 } }\n")]
    [InlineData("{\n  \"functions\": {\n    \"model_train\": { \"rate\": 0.25 }\n  }\n}\n")]
    public async Task A_file_may_begin_as_a_document_of_YAML_or_be_JSON(string text)
    {
        const string Caller = "public static class Caller { public static double Load(string path) => WorkflowParameters.Load(path).ModelTrain.Rate; }";
        var assembly = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_train")] public static void Train(ModelTrainParameters p) { }
                [WorkflowStep("model_evaluate")] public static double Loss() => 1;
                """) + Caller,
            "functions:\n  model_train: { rate: 0.5 }").AssertClean().LoadAssembly();
        using var folder = new TempDirectory("best");
        var path = Path.Combine(folder.Path, "best.yaml");
        await File.WriteAllTextAsync(path, text);

        Assert.Equal(0.25, Call(assembly, "Caller", "Load", path));
    }

    [Fact]
    public async Task A_step_that_is_switched_off_stays_so_when_the_functions_of_best_yaml_take_the_place_of_those_of_the_project()
    {
        const string Functions = """
            functions:
              dataset_preprocess: { enable: false, scale: 100.0 }
              dataset_split: { enable: false }
              model_train: { rate: 0.5 }
            """;
        const string Caller = "public static class Caller { public static double Load(string path) => WorkflowParameters.Load(path).ModelTrain.Rate; }";
        var code = CodeOf.Steps("""
            [WorkflowStep("dataset_preprocess")] public static void Scale(double scale) { }
            [WorkflowStep("model_train")] public static void Train(double rate) { }
            [WorkflowStep("model_evaluate")] public static double Loss() => 1;
            """) + Caller;
        var workflow = GeneratorRun.Of(code, Functions).AssertCompiles().Load();
        var best = Manifest.Read(JsonElement.Parse(workflow.Manifest)).Functions.Write([], new Dictionary<string, double>());
        using var folder = new TempDirectory("best");
        var path = Path.Combine(folder.Path, "best.yaml");
        await File.WriteAllTextAsync(path, best);

        Assert.Contains("  dataset_preprocess:\n    enable: false\n    scale: 100.0\n", best, StringComparison.Ordinal);
        Assert.Contains("  dataset_split:\n    enable: false\n", best, StringComparison.Ordinal);
        Assert.Equal(workflow.Manifest, GeneratorRun.Of(code, best).AssertCompiles().Load().Manifest);
        Assert.Equal(0.5, Call(workflow.Assembly, "Caller", "Load", path));
        GeneratorRun.Of(
            code + "public static class Compiled { public static object Best() => WorkflowParameters.Best; }",
            files: [new TextFile(GeneratorRun.YamlPath, Functions), new TextFile(BestPath, best)]).AssertCompiles();

        await File.WriteAllTextAsync(path, "functions:\n  dataset_split: { enable: true }\n");
        Assert.Contains(
            "(2,28): Step 'dataset_split' is disabled in logml.yaml", CallSafely(workflow.Assembly, "Caller", "Load", path),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_text_and_any_number_that_the_host_writes_is_loaded_as_it_is()
    {
        const string Caller = """
            public static class Caller
            {
                public static (string, double, long) Load(string path) =>
                    WorkflowParameters.Load(path).ModelTrain is var p ? (p.Name, p.Rate, p.Steps) : default;
            }
            """;
        var assembly = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_train")] public static void Train(ModelTrainParameters p) { }
                [WorkflowStep("model_evaluate")] public static double Loss() => 1;
                """) + Caller,
            "functions:\n  model_train: { name: a, rate: 0.5, steps: 5000000000 }").AssertClean().LoadAssembly();
        using var folder = new TempDirectory("best");
        var path = Path.Combine(folder.Path, "best.yaml");
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var text = Text(random);
            var rate = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            var steps = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            string[] values = ["name: " + YamlText.Of(text), "rate: " + YamlText.Of(rate), "steps: " + YamlText.Of(steps)];
            var block = i % 2 == 0 ? string.Concat(values.Select(value => "\n    " + value)) : $" {{ {string.Join(", ", values)} }}";
            await File.WriteAllTextAsync(path, $"functions:\n  model_train:{block}\n");

            Assert.Equal((text, rate, steps), Call(assembly, "Caller", "Load", path));
        }

        static string Text(Random random)
        {
            const string Special = "  \t\n\r\0:,#[]{}'\"\\-.019eEyntrufalse~&*!|>%@`?\u0007\u0085\u00e9\u2028\ufeff\ufffd\uffff";
            return new string([.. Enumerable.Range(0, random.Next(8)).Select(_ =>
                random.Next(4) == 0 ? (char)random.Next(1, 0xD800) : Special[random.Next(Special.Length)])]);
        }
    }

    /// <summary>What the compiler reports of a file; null when it takes it.</summary>
    private static EquatableArray<PlacedDiagnostic> GeneratedBest(EquatableArray<ParameterConfiguration> parameters, string text)
    {
        var configuration = new WorkflowConfiguration(
            EquatableArray.Of(new StepConfiguration("model_evaluate", true, parameters)), default, default, null);
        var model = LogMl.Generator.Parameters.ParameterModel.Of(configuration, default, new("", new("p", ""), HasOthers: false), default);
        var (_, diagnostics) = LogMl.Generator.Parameters.BestParameters.Of([new(BestPath, "", text)], model, default);
        return diagnostics;
    }

    private static string PlaceOf(PlacedDiagnostic diagnostic) =>
        $"{diagnostic.Place.Span.StartLine + 1},{diagnostic.Place.Span.StartColumn + 1}";

    private static string Change(string text, Random random)
    {
        const string Characters = "  \t\n\r:,#[]{}'\"\\-.019eEaxu~&*!|>%@`?yn\u0007\u00e9\u2028";
        var result = new System.Text.StringBuilder(text);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var position = random.Next(text.IndexOf('\n', StringComparison.Ordinal), result.Length);
            switch (random.Next(4))
            {
                case 0:
                    result.Remove(position, 1);
                    break;
                case 1:
                    result.Insert(position, Characters[random.Next(Characters.Length)]);
                    break;
                case 2:
                    result[position] = Characters[random.Next(Characters.Length)];
                    break;
                default:
                    result.Length = position;
                    edits = 0;
                    break;
            }
        }

        return result.ToString();
    }

    private static object? Call(System.Reflection.Assembly assembly, string type, string method, params object[] arguments) =>
        assembly.GetType(type)!.GetMethod(method)!.Invoke(null, arguments);

    private static string? CallSafely(System.Reflection.Assembly assembly, string type, string method, string path)
    {
        try
        {
            Call(assembly, type, method, path);
            return null;
        }
        catch (System.Reflection.TargetInvocationException exception) when (exception.InnerException is FormatException refused)
        {
            return refused.Message;
        }
    }

    private static string Defaults()
    {
        var defaults = Parameters.Select((parameter, i) => parameter.Default is null ? "" : $"    p{i}: {parameter.Default}\n");
        var types = Parameters.Select((parameter, i) => parameter.Declared is null ? "" : $"      p{i}: {parameter.Declared}\n");
        return $"functions:\n  model_evaluate:\n{string.Concat(defaults)}  types:\n    model_evaluate:\n{string.Concat(types)}";
    }

    private static string Yaml(string functions, IEnumerable<int> space) =>
        functions + "hyper_parameter_optimization:\n  space:\n    model_evaluate:\n"
        + string.Concat(space.Select(i => $"      p{i}: {Parameters[i].Distribution}\n"));

    private static EquatableArray<ParameterConfiguration> Read(string yaml)
    {
        var result = ConfigurationReader.Read(yaml, CancellationToken.None);

        // LOGML0013: some of the parameters have no default at first.
        Assert.Equal([], result.Diagnostics.Where(diagnostic => diagnostic.Id != "LOGML0013").Select(diagnostic => diagnostic.Message));
        return Assert.Single(result.Configuration.Steps).Parameters;
    }

    /// <summary>What the host writes of one trial, and the values that it had.</summary>
    private static (string Functions, Dictionary<string, ConfigurationValue> Values) BestOf(
        EquatableArray<ParameterConfiguration> parameters, int seed)
    {
        var manifest = ManifestOf(parameters);
        var values = ValuesOf(manifest, seed);
        var written = parameters.ToDictionary(
            parameter => parameter.Name, parameter => ValueOf(parameter, values["model_evaluate." + parameter.Name]));
        return (manifest.Functions.Write(["the best"], values), written);
    }

    private static Manifest ManifestOf(EquatableArray<ParameterConfiguration> parameters)
    {
        var step = new StepConfiguration("model_evaluate", true, parameters);
        var configuration = new WorkflowConfiguration(EquatableArray.Of(step), default, default, null);
        using var json = JsonDocument.Parse(ManifestWriter.Write("p", configuration, _ => true, [], false, []));
        return Manifest.Read(json.RootElement);
    }

    private static IReadOnlyDictionary<string, double> ValuesOf(Manifest manifest, int seed) =>
        new Study(manifest.Space, new StudyOptions { Sampler = Samplers.Random(seed) }).Ask().Values;

    private static ConfigurationValue ValueOf(ParameterConfiguration parameter, double value) => parameter switch
    {
        { Distribution: { Options.IsEmpty: false } distribution } => distribution.Constants.ElementAt((int)value),
        { Type.Kind: ParameterKind.Double } => new ConfigurationValue.Number(value),
        _ => new ConfigurationValue.Integer((long)value),
    };
}

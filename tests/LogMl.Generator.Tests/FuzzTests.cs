using CsCheck;
using LogMl.Configuration.Model;
using LogMl.Generator.Tests.Kit;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Tests;

/// <summary>Random combinations of steps, signatures and YAML: the generator never crashes, and what it accepts compiles.</summary>
public class FuzzTests
{
    private static readonly string[] StepNames = [.. StepTable.Names, "preprocess", "model_trian"];

    private static readonly string[] Results =
    [
        "void", "Row[]", "Row[]?", "List<Row>", "IReadOnlyList<Row>", "(Row[] train, Row[] validate, Row[] test)", "(Row[], Row[])", "(double[] y, double[] x)",
        "Net",
        "double",
        "float",
        "(double Loss, int Count)",
        "Net?",
        "int?",
        "dynamic",
        "object",
        "Unheard",
        "string",
        "(Row[] A, Net B)",
        "Base",
        "IEnumerable<Base>",
        "nint",
        "Dictionary<string, Row[]>",
        "Span<int>", "Row[,]", "ModelTrainParameters", "Task", "System.Collections.Immutable.ImmutableArray<Row>", "HashSet<Row>", "ReadOnlyMemory<Row>",
    ];

    private static readonly string[] Parameters =
    [
        "Row[] train", "Row[] data", "List<Row> rows", "IEnumerable<Row> rows", "Net net", "Net? model", "double[] x", "double[] y", "string name", "string path", "int numSamples",
        "float rate", "decimal rate", "byte numSamples", "Kind kind", "Kind? kind", "string kind", "ModelTrainKind kind", "ModelTrainParameters p", "DatasetCreateParameters @class", "WorkflowParameters all", "ITrial trial",
        "Random random", "CancellationToken stop", "Microsoft.Extensions.Logging.ILogger log", "Microsoft.Extensions.Logging.ILogger<Net> log", "object anything", "dynamic anything", "int depth = 3", "Unheard of", "ref int a", "params int[] b", "in int numSamples",
        "int[] layers", "IReadOnlyList<int> layers", "List<ModelTrainParameters> many", "Base thing", "int? numSamples", "bool flag", "(Row[], Row[]) pair", "long nmu_samples", "T generic",
        "double[] layers", "HashSet<int> layers", "List<long>? layers", "System.Collections.Immutable.ImmutableArray<double> layers", "Kind[] kinds", "IReadOnlyList<string> kinds", "double? rate", "Queue<int> layers",
    ];

    private static readonly string[] Yamls =
    [
        "num_samples: 1000", "num_samples: 1.5", "num_samples: text", "rate: 0.5", "kind: relu", "layers: [1, 2]", "flag: true", "enable: false", "class: 3", "train: a.csv", "split_validate: 0.5", "split_test: x", "rate: null",
        "kinds: [relu, tanh]", "layers: null", "layers: []", "rate: .inf", "kind: leaky relu", "kind: null",
    ];

    private static readonly string[] Spaces =
    [
        "num_samples: ['uniformint', 1, 16]", "rate: ['loguniform', -7, 0]", "kind: ['choice', [relu, tanh]]", "flag: ['choice', [true, false]]", "rate: ['normal', 0, 1]",
        "layers: ['choice', [[1], [2, 3]]]", "kind: ['choice', [relu, null]]", "rate: ['unifrm', 0, 1]", "num_samples: ['uniform', 5, 1]", "split_test: ['uniform', 0, 0.5]", "num_samples: ['quniform', 0, 10, 2]",
    ];

    private static readonly string[] Types =
    [
        "num_samples: long", "num_samples: double", "rate: double?", "rate: int", "kind: [relu, tanh, gelu]", "kind: string?", "kind: [relu, null]", "layers: 'double[]'", "layers: 'int[]?'", "rate: dubel",
    ];

    private static readonly Gen<string> Method =
        from step in Of(StepNames)
        from result in Of(Results)
        from wrap in Of("{0}", "{0}", "{0}", "Task<{0}>", "ValueTask<{0}>")
        from parameters in Of(Parameters).Array[0, 4]
        from modifiers in Of("public static", "internal static", "public", "private static", "public static async", "public abstract")
        from cache in Of("", ", Cache = false")

        // Two methods or classes of one name are the user's mistake, which the compiler repeats at every call.
        from name in Gen.Int[0, int.MaxValue].Select(number => "M" + number)
        let type = result is "void" ? "void" : wrap.Replace("{0}", result, StringComparison.Ordinal)
        select $"[WorkflowStep(\"{step}\"{cache})] {modifiers} {type} {name}({string.Join(", ", parameters)}) => throw new NotSupportedException();";

    private static readonly Gen<string> Class =
        from kind in Of("public static class", "public class", "public abstract class", "public sealed class", "internal struct", "public class Outer {{ public class", "internal record")
        from methods in Method.Array[1, 4]
        from index in Gen.Int[0, int.MaxValue]
        let nested = kind.Contains("{{", StringComparison.Ordinal)
        select (nested ? kind.Replace("Outer {{", $"Outer{index} {{", StringComparison.Ordinal) : kind) + $" S{index} {{ {string.Join("\n", methods)} }}" + (nested ? " }" : "");

    private static readonly Gen<string> Yaml =
        from functions in Gen.Select(Of(StepNames), Of(Yamls)).Array[0, 3]
        from space in Gen.Select(Of(StepNames), Of(Spaces)).Array[0, 3]
        from types in Gen.Select(Of(StepNames), Of(Types)).Array[0, 2]
        from optimization in Gen.Bool
        select "functions:\n" + Lines(functions, "  ")
            + (types.Length == 0 ? "" : "  types:\n" + Lines(types, "    "))
            + (optimization ? "hyper_parameter_optimization:\n  space:\n" + Lines(space, "    ") : "");

    /// <summary>A workflow that is likely to be right: each step with a signature that suits it, most of the time.</summary>
    private static readonly Gen<string> LikelyMethods =
        from load in Maybe("[WorkflowStep(\"dataset_load\")] public static Row[]? Load(int numSamples = 2) => null;")
        from create in Of(
            "[WorkflowStep(\"dataset_create\")] public static Row[] Create(Random random) => [];",
            "[WorkflowStep(\"dataset_create\")] public static async Task<Row[]> Create(ITrial trial) { await Task.Yield(); return []; }",
            "public class C { [WorkflowStep(\"dataset_create\", Cache = false)] public ValueTask<Row[]> Create(DatasetCreateParameters p) => new([]); }")
        from augment in Maybe("[WorkflowStep(\"dataset_augment\")] public static Row[] Augment(IReadOnlyList<Row> rows, WorkflowParameters all) => [];")
        from split in Maybe("[WorkflowStep(\"dataset_split\")] public static (Row[] Val, Row[] Train) Split(Row[] rows) => ([], []);")
        from inout in Maybe("[WorkflowStep(\"dataset_inout\")] public static (double[], int[]) InOut(Row[] rows, string name) => ([], []);")
        from build in Maybe("[WorkflowStep(\"model_create\")] public static Net Build(Row[] train, ModelCreateParameters p) => new();")
        from train in Of(
            "[WorkflowStep(\"model_train\")] public static Net Train(Row[] train, Net? net = null, float rate = 1) => new();",
            "[WorkflowStep(\"model_train\")] public static Task<Net> Train(ModelTrainParameters p, Row[]? validate = null) => Task.FromResult(new Net());")
        from evaluate in Of(
            "[WorkflowStep(\"model_evaluate\")] public static double Loss(Net net, IEnumerable<Row> data, string name) => 1;",
            "[WorkflowStep(\"model_evaluate\")] public static (int A, float loss) Loss(Net net, double[]? x = null) => (1, 2);")
        from predict in Maybe("[WorkflowStep(\"model_predict\")] public static string Predict(Net net, Row[] rows) => \"\";")
        from save in Maybe("[WorkflowStep(\"model_save\")] public static void Save(Base net, CancellationToken stop) { }")
        select $"public static class Likely {{ {load}\n{create}\n{augment}\n{split}\n{inout}\n{build}\n{train}\n{evaluate}\n{predict}\n{save} }}";

    [Fact]
    public void Any_methods_and_any_yaml_never_crash_the_generator_and_what_it_accepts_compiles() =>
        Gen.Select(Class.Array[1, 3], Yaml).Sample((classes, yaml) => Check(string.Join("\n", classes), yaml), iter: 300, threads: 1);

    /// <summary>Entries of flow mappings, with the slips that YAML takes without a word, and pieces of them.</summary>
    private static readonly Gen<string> FlowEntry = Of(
        "num_samples: 3", "rate: 0.5", "rate 0.5", "kind: relu", "kind relu", "'a b': 1", "a b: 2", "a b", "'c d'", "e", "f:", "rate: uniform(0, 1)", "rate: Uniform(0, 1", "rate uniform(0, 1)",
        "kind: choice(relu, tanh)", "kind: f(a, b)", "rate: [uniform, 0, 1]", "kind: [choice, [relu, tanh]]", "layers: [normal, 1]", "1)", ")", "(", "enable false", "enable: normal(0, 1)", "split_validate 0.2", "\n  num_samples\n   3");

    private static readonly Gen<string> FlowMapping = FlowEntry.Array[0, 5].Select(entries => "{ " + string.Join(", ", entries) + " }");

    private static readonly Gen<string> FlowYaml =
        from functions in Gen.Select(Of(StepNames), FlowMapping).Array[0, 3]
        from space in Gen.Select(Of(StepNames), FlowMapping).Array[0, 2]
        from place in Of("functions", "space", "both", "below")
        from dataset in FlowMapping
        let spaceText = "space: { "
            + string.Join(", ", space.DistinctBy(pair => pair.Item1).Select(pair => $"{pair.Item1}: {pair.Item2}"))
            + " }"
        let functionsText = string.Join(", ", functions.DistinctBy(pair => pair.Item1).Select(pair => $"{pair.Item1}: {pair.Item2}").Concat(
            place == "below" ? [spaceText] : []))
        select $"dataset: {dataset}\n" + (place == "space" ? "" : $"functions: {{ {functionsText} }}\n") + (place is "space" or "both" ? $"hyper_parameter_optimization: {{ {spaceText} }}\n" : "");

    /// <summary>What a project can declare where generated types, or their names, are.</summary>
    private static readonly Gen<string> Declaration =
        from name in Of(
            "WorkflowParameters", "ModelTrainParameters", "ModelSaveParameters", "DatasetCreateParameters", "ModelTrainKind", "ModelCreateKind", "DatasetSettings", "ModelSettings", "Sample", "LogMl", "System",
            "Generated", "SampleWorkflow", "ModelTrain", "Kind", "Runtime", "global", "Other")
        from form in Of(
            "namespace {0} {{ public class A; }}", "namespace Sample.{0} {{ public class A; }}", "namespace Sample.{0}.Inner {{ public class A; }}", "namespace Other.{0} {{ public class A; }}",
            "namespace Sample {{ namespace {0} {{ public enum A {{ B }} }} }}", "namespace Sample {{ public class {0}; }}", "namespace Sample {{ public enum {0} {{ Relu }} }}",
            "namespace Sample {{ internal static class {0}; }}", "namespace Sample {{ public partial record {0}; }}", "namespace Sample {{ public partial record {0}(int Rate); }}", "namespace LogMl.{0} {{ public class A; }}")
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, "@" + name);

    private static readonly Gen<string> Alias =
        from name in Of("WorkflowParameters", "ModelTrainParameters", "ModelTrainKind", "DatasetSettings", "Other")
        from form in Of("", "", "global using {0} = System.String;", "using {0} = System.String;")
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, name);

    [Fact]
    public void Slips_in_flow_style_are_told_at_their_place_and_what_is_generated_compiles() =>
        Gen.Select(LikelyMethods, FlowYaml).Sample((code, yaml) => Check(code, yaml), iter: 100, threads: 1);

    [Fact]
    public void Names_of_the_project_in_the_place_of_generated_ones_never_break_what_is_generated() =>
        Gen.Select(Alias, Declaration.Array[1, 3], LikelyMethods, Yaml)
            .Sample(
                (alias, declarations, code, yaml) => Check(code + "\n" + string.Join("\n", declarations), yaml, alias),
                iter: 100,
                threads: 1);

    [Fact]
    public void Likely_workflows_compile() =>
        Gen.Select(LikelyMethods, Yaml).Sample((code, yaml) => Check(code, yaml), iter: 150, threads: 1);

    private static void Check(string code, string yaml, string alias = "")
    {
        var run = GeneratorRun.Of(
            alias + "using LogMl; public sealed class Row; public class Base; public sealed class Net : Base; public enum Kind { Relu, Tanh }\n" + code, yaml);
        Assert.Null(run.Driver.GetRunResult().Results.Single().Exception);
        Assert.All(
            run.Diagnostics,
            diagnostic => Assert.Contains(diagnostic.Location.GetLineSpan().Path, new[] { GeneratorRun.CodePath, GeneratorRun.YamlPath }));

        // What the compiler says about the user's own code is the user's; generated code is in files of its own. A type that the user's
        // code names, and that does not exist, may be one that another generator makes. So the generated code names it too.
        var own = run.CompilerMessages.Where(message => !IsGenerated(message) && message.Id == "CS0246")
            .Select(message => message.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).ToHashSet(StringComparer.Ordinal);
        foreach (var message in run.CompilerMessages)
        {
            Assert.True(
                !IsGenerated(message) || own.Contains(message.GetMessage(System.Globalization.CultureInfo.InvariantCulture)),
                message + "\n" + code + "\n" + yaml + "\n"
                + message.Location.SourceTree!.GetText());
        }

        static bool IsGenerated(Microsoft.CodeAnalysis.Diagnostic message) =>
            message.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

        var isAccepted = run.Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
        var compiles = run.CompilerMessages.All(message => message.Severity != DiagnosticSeverity.Error);
        Assert.True(!isAccepted || !compiles || run.Files.ContainsKey("LogMl.Workflow.g.cs"), "Nothing is wrong, and there is no workflow:\n" + code + "\n" + yaml);
    }

    private static Gen<string> Of(params string[] options) => Gen.Int[0, options.Length - 1].Select(index => options[index]);

    private static Gen<string> Maybe(string method) => Of("", method);

    private static string Lines((string Step, string Value)[] items, string indent) => string.Concat(items.GroupBy(item => item.Step)
        .Select(group => $"{indent}{group.Key}:\n" + string.Concat(
            group.Select(item => item.Value).DistinctBy(value => value.Split(':')[0]).Select(value => $"{indent}  {value}\n"))));
}

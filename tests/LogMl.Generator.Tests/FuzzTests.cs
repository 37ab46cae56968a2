using CsCheck;
using LogMl.Configuration;
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
        "Net", "double", "float", "(double Loss, int Count)", "Net?", "int?", "dynamic", "object", "Unheard", "string", "(Row[] A, Net B)", "Base", "IEnumerable<Base>", "nint", "Dictionary<string, Row[]>",
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
        Gen.Select(Class.Array[1, 3], Yaml).Sample((classes, yaml) => Check(string.Join("\n", classes), yaml), iter: 400, threads: 1);

    [Fact]
    public void Likely_workflows_compile() => Gen.Select(LikelyMethods, Yaml).Sample(Check, iter: 150, threads: 1);

    private static void Check(string code, string yaml)
    {
        var run = GeneratorRun.Of(
            "using LogMl; public sealed class Row; public class Base; public sealed class Net : Base; public enum Kind { Relu, Tanh }\n" + code, yaml);
        Assert.Null(run.Driver.GetRunResult().Results.Single().Exception);
        foreach (var message in run.CompilerMessages)
        {
            // What the compiler says about the user's own code is the user's; generated code is in files of its own.
            Assert.True(!message.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal), message + "\n" + code + "\n" + yaml + "\n"
                + message.Location.SourceTree.GetText());
        }

        var isAccepted = run.Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
        var compiles = run.CompilerMessages.All(message => message.Severity != DiagnosticSeverity.Error);
        Assert.True(!isAccepted || !compiles || run.Files.ContainsKey("LogMl.Workflow.g.cs"), "Nothing is wrong, and there is no workflow:\n" + code + "\n" + yaml);
    }

    private static Gen<string> Of(params string[] options) => Gen.Int[0, options.Length - 1].Select(index => options[index]);

    private static Gen<string> Maybe(string method) => Of("", method);

    private static string Lines((string Step, string Value)[] items, string indent) => string.Concat(items.GroupBy(item => item.Step)
        .Select(group => $"{indent}{group.Key}:\n" + string.Concat(group.Select(item => item.Value).DistinctBy(value => value.Split(':')[0]).Select(value => $"{indent}  {value}\n"))));
}

using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>What a parameter of a step method gets.</summary>
public class BindingTests
{
    [Theory]
    [InlineData("int", "3", "3")]
    [InlineData("long", "3", "3")]
    [InlineData("byte", "3", "3")]
    [InlineData("ushort", "3", "3")]
    [InlineData("float", "3", "3")]
    [InlineData("double", "3", "3")]
    [InlineData("decimal", "3", "3")]
    [InlineData("int?", "3", "3")]
    [InlineData("long", "4294967296", "4294967296")]
    [InlineData("double", "0.5", "0.5")]
    [InlineData("float", "0.5", "0.5")]
    [InlineData("float?", "0.5", "0.5")]
    [InlineData("decimal", "0.5", "0.5")]
    [InlineData("int", "4.0", "4")]
    [InlineData("bool", "true", "True")]
    [InlineData("string", "text", "text")]
    [InlineData("string", "'1'", "1")]
    [InlineData("string?", "null", "")]
    [InlineData("IReadOnlyList<int>", "[1, 2]", "1,2")]
    [InlineData("IEnumerable<double>", "[1.5, 2]", "1.5,2")]
    [InlineData("int[]", "[1, 2]", "1,2")]
    [InlineData("List<string>", "[a, b]", "a,b")]
    [InlineData("double[]", "[1, 2]", "1,2")]
    [InlineData("float[]", "[1.5, 2]", "1.5,2")]
    [InlineData("IReadOnlyList<double>", "[1, 2]", "1,2")]
    [InlineData("List<decimal>", "[1, 2]", "1,2")]
    [InlineData("byte[]", "[1, 255]", "1,255")]
    [InlineData("HashSet<int>", "[1, 2]", "1,2")]
    [InlineData("SortedSet<string>", "[b, a]", "a,b")]
    [InlineData("System.Collections.Immutable.ImmutableArray<double>", "[1, 2]", "1,2")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>?", "[1, 2]", "1,2")]
    [InlineData("System.Collections.Immutable.ImmutableHashSet<int>", "[7]", "7")]
    [InlineData("long?[]", "[1, null]", "1,")]
    [InlineData("Kind", "relu", "ReLU")]
    [InlineData("Kind?", "leaky_relu", "LeakyReLU")]
    [InlineData("Kind?", "null", "")]
    [InlineData("Kind[]", "[leaky_relu, relu]", "LeakyReLU,ReLU")]
    [InlineData("double", ".inf", "Infinity")]
    public async Task A_single_parameter_is_taken_as_any_type_that_holds_its_value(string type, string yaml, string shown)
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps($$"""
                public enum Kind { LeakyReLU, ReLU }
                [WorkflowStep("model_evaluate")] public static double Loss({{type}} someValue) => Log.Add(Show(someValue), 1.0);
                private static string Show(object? value) => value is System.Collections.IEnumerable list and not string
                    ? string.Join(",", list.Cast<object>().Select(Show))
                    : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
                """),
            "functions:\n  model_evaluate: { some_value: " + yaml + " }").AssertCompiles().Load();

        await Trial.RunAsync(workflow);

        Assert.Equal([shown], CodeOf.LinesOf(workflow));
    }

    [Theory]
    [InlineData("['uniformint', 1, 255]", "byte", 200, "200")]
    [InlineData("['randint', 100]", "sbyte", 99, "99")]
    [InlineData("['quniform', 0, 100, 5]", "int", 35, "35")]
    [InlineData("['quniform', 0, 1, 0.25]", "decimal", 0.75, "0.75")]
    [InlineData("['loguniform', -3, 0]", "float", 0.5, "0.5")]
    [InlineData("['choice', [16, 32, 64]]", "int", 2, "64")]
    [InlineData("['choice', [16, 32, 64]]", "double", 1, "32")]
    [InlineData("['choice', [true, false]]", "bool", 1, "False")]
    [InlineData("['choice', [relu, leaky_relu]]", "string", 1, "leaky_relu")]
    [InlineData("['choice', [relu, leaky_relu]]", "Kind", 1, "LeakyReLU")]
    [InlineData("['choice', [relu, leaky_relu]]", "Kind?", 0, "ReLU")]
    [InlineData("['choice', [relu, leaky_relu]]", "ModelEvaluateValue", 1, "LeakyRelu")]
    [InlineData("['choice', [relu, null]]", "string?", 1, "")]
    [InlineData("['choice', [relu, null]]", "Kind?", 1, "")]
    [InlineData("['pchoice', [[0.5, 1], [0.5, 7]]]", "int", 1, "7")]
    [InlineData("['choice', [[1, 2], [3]]]", "int[]", 1, "3")]
    [InlineData("['choice', [[1, 2], [3]]]", "double[]", 0, "1,2")]
    [InlineData("['choice', [[1, 2], null]]", "List<long>?", 0, "1,2")]
    [InlineData("['choice', [[1, 2], null]]", "double[]?", 1, "")]
    [InlineData("['choice', [relu, 'leaky relu']]", "Kind", 1, "LeakyReLU")]
    [InlineData("['choice', [[relu], [leaky_relu, relu]]]", "HashSet<Kind>", 1, "LeakyReLU,ReLU")]
    public async Task A_searched_parameter_is_taken_as_any_type_that_holds_all_its_values(
        string distribution, string type, double value, string shown)
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps($$"""
                public enum Kind { LeakyReLU, ReLU }
                [WorkflowStep("model_evaluate")] public static double Loss({{type}} value) => Log.Add(Show(value), 1.0);
                private static string Show(object? value) => value is System.Collections.IEnumerable list and not string
                    ? string.Join(",", list.Cast<object>().Select(Show))
                    : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
                """),
            "hyper_parameter_optimization:\n  space:\n    model_evaluate:\n      value: " + distribution).AssertCompiles().Load();

        await Trial.RunAsync(workflow, new() { ["model_evaluate.value"] = value });

        Assert.Equal([shown], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task Services_may_stand_anywhere()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_evaluate")]
                public static double Loss(ITrial trial, int depth, Random random, ModelEvaluateParameters p, CancellationToken stop, WorkflowParameters all)
                {
                    trial.Report(random.NextDouble(), 1);
                    return depth + p.Depth + all.ModelEvaluate.Depth;
                }
                """),
            "functions:\n  model_evaluate: { depth: 2 }").AssertClean().Load();
        Trial first = new(), second = new(), other = new() { Seed = 8 };

        Assert.Equal(6, (await Trial.RunAsync(workflow, trial: first))["validate"].Loss);
        await Trial.RunAsync(workflow, trial: second);
        await Trial.RunAsync(workflow, trial: other);

        Assert.Equal(first.Reports, second.Reports);
        Assert.NotEqual(first.Reports, other.Reports);
    }

    [Fact]
    public async Task All_parameters_come_from_the_trial()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_create")] public static Net Build(double weight) => new() { Weight = weight };
                [WorkflowStep("model_evaluate")] public static double Loss(WorkflowParameters all, Net net) => net.Weight * 100 + all.ModelCreate.Weight;
                """),
            "functions:\n  model_create: { weight: 0.5 }\nhyper_parameter_optimization:\n  space:\n    model_create: { weight: ['uniform', 0, 1] }").AssertClean().Load();
        Assert.Equal(25.25, (await Trial.RunAsync(workflow, new() { ["model_create.weight"] = 0.25 }))["validate"].Loss);
    }

    [Fact]
    public async Task A_logger_writes_to_standard_error()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("model_create")] public static Net Build(Microsoft.Extensions.Logging.ILogger log) => Write(log, new Net());
            [WorkflowStep("model_evaluate")] public static double Loss(Microsoft.Extensions.Logging.ILogger<Net> log) => Write(log, 1.0);
            private static T Write<T>(Microsoft.Extensions.Logging.ILogger log, T value)
            {
                log.Log(Microsoft.Extensions.Logging.LogLevel.Warning, default, 7, new InvalidOperationException("broken"), (state, _) => "seven " + state);
                return value;
            }
            """)).AssertClean().Load();
        var before = Console.Error;
        using var written = new StringWriter();
        Console.SetError(written);
        try
        {
            await Trial.RunAsync(workflow);
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains("Warning: model_create: seven 7", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("Warning: model_evaluate: seven 7", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("broken", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_optional_parameter_that_nothing_fits_keeps_its_default()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("model_create")] public static Net Build() => new();
            [WorkflowStep("model_evaluate")] public static double Loss(int depth = 4, Net? net = null, string? @class = "abc", Row? row = null) =>
                depth + @class!.Length + (net is null ? 0 : 10) + (row is null ? 0 : 100);
            """)).AssertClean().Load();
        Assert.Equal(17, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Theory]
    [InlineData("double[] y, double[] x")]
    [InlineData("double[] X, double[] truth")]
    [InlineData("double[] inputs, double[] outputs")]
    [InlineData("double[] truth, double[] x")]
    public async Task Data_of_one_type_goes_by_name_then_in_order(string parameters)
    {
        var names = parameters.Split(", ").Select(parameter => parameter["double[] ".Length..]).ToList();
        var (x, y) = names[0] is "y" or "truth" ? (names[1], names[0]) : (names[0], names[1]);
        var workflow = GeneratorRun.Of(CodeOf.Steps($$"""
            [WorkflowStep("dataset_create")] public static int[] Create() => [1, 2, 3, 4, 5];
            [WorkflowStep("dataset_inout")] public static (double[], double[]) InOut(int[] data) => ([1], [2]);
            [WorkflowStep("model_evaluate")] public static double Loss({{parameters}}) => {{x}}[0] * 10 + {{y}}[0];
            """)).AssertClean().Load();
        Assert.Equal(12, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Fact]
    public async Task Data_goes_where_its_bases_interfaces_and_variants_are_taken()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            public class Animal { }
            public sealed class Dog : Animal, IComparable { public int CompareTo(object? other) => 0; }
            [WorkflowStep("dataset_create")] public static Dog[] Create() => [new(), new(), new(), new(), new()];
            [WorkflowStep("dataset_augment")] public static IReadOnlyList<Animal> Augment(IReadOnlyCollection<Animal> dogs) => [.. dogs];
            [WorkflowStep("dataset_split")] public static (Animal[], List<Dog>) Split(IEnumerable<object> animals) => ([new Dog()], [new Dog()]);
            [WorkflowStep("model_create")] public static Dog Build(Animal[] animals) => new();
            [WorkflowStep("model_train")] public static void Train(IComparable dog) { }
            [WorkflowStep("model_evaluate")] public static double Loss(Animal dog, IReadOnlyList<Animal> animals) => animals.Count;
            """)).AssertClean().Load();
        Assert.Equal(1, (await Trial.RunAsync(workflow, isFull: true))["validate"].Loss);
    }

    [Fact]
    public async Task Data_wins_over_a_yaml_parameter_of_the_same_name_when_only_its_type_fits()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("dataset_create")] public static int[] Create() => [1, 2, 3, 4, 5];
                [WorkflowStep("model_evaluate")] public static double Loss(int[] data) => data.Length;
                """),
            "functions:\n  model_evaluate: { data: file.csv }").AssertCompiles().Load();
        Assert.Equal(1, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Fact]
    public void A_part_of_a_generated_record_may_be_written_by_hand()
    {
        var run = GeneratorRun.Of(
            """
            using LogMl;
            namespace Sample
            {
                public sealed partial record ModelEvaluateParameters { public double Twice => 2 * Depth; }
            }
            public static class Steps { [WorkflowStep("model_evaluate")] public static double Loss(Sample.ModelEvaluateParameters p) => p.Twice; }
            """,
            "functions:\n  model_evaluate: { depth: 2 }");
        run.AssertClean();
    }

    [Theory]
    [InlineData("namespace Sample.Deep; ")]
    [InlineData("namespace Elsewhere; ")]
    [InlineData("using Sample; namespace Elsewhere; ")]
    [InlineData("")]
    public void The_records_are_visible_in_every_namespace(string head)
    {
        const string steps = """[WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p, ModelEvaluateKind? k = null) => p.Kind == ModelEvaluateKind.A ? 1 : 2;""";
        GeneratorRun.Of(
            "using LogMl; " + head + "public static class Steps { " + steps + " }",
            "functions:\n  model_evaluate: { kind: a }\nhyper_parameter_optimization:\n  space:\n    model_evaluate: { kind: ['choice', [a, b]] }").AssertClean();
    }
}

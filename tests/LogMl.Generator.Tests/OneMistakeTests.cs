using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>
/// A mistake has one message: what follows from it is not told as well, neither by the generator nor, in generated files, by the compiler.
/// </summary>
public class OneMistakeTests
{
    private const string Train = """[WorkflowStep("model_train")] public static void Train(int epochs, double rate) { }""";
    private const string TrainByRecord = """[WorkflowStep("model_train")] public static void Train(ModelTrainParameters p) => _ = p.Epochs + p.Rate;""";

    [Theory]
    [InlineData("LOGML0011", 1, "function:\n  model_train: { epochs: 3, rate: 0.1 }\n")]
    [InlineData("LOGML0011", 3, "functions:\n  model_train: { epochs: 3, rate: 0.1 }\nspace:\n  model_train: { rate: [uniform, 0, 1] }\n")]
    [InlineData("LOGML0014", 2, "functions:\n  model_trian: { epochs: 3, rate: 0.1 }\n")]
    [InlineData("LOGML0012", 4, "functions:\n  model_train: { epochs: 3, rate: 0.1 }\nhyper_parameter_optimization:\n  space: { model_train: { ratte: [uniform, 0, 1] } }\n")]
    [InlineData("LOGML0004", 3, "functions:\n  model_train: { epochs: 3, rate: 0.1 }\n# \u0007")]
    public void Below_a_misspelt_key_the_parameters_are_known(string id, int line, string yaml)
    {
        ExpectOne(id, line, Train, yaml);
        ExpectOne(id, line, TrainByRecord, yaml);
    }

    [Theory]
    [InlineData("LOGML0002", 4, "functions:\n  model_train:\n    epochs: 3\n    rate 0.1\n")]
    [InlineData("LOGML0014", 2, "functions:\n  rate: 0.1\n  model_train: { epochs: 3 }\n")]
    [InlineData("LOGML0011", 1, "model_train: { epochs: 3, rate: 0.1 }\n")]
    [InlineData("LOGML0011", 1, "kubernetes:\n  model_train: { epochs: 3, rate: 0.1 }\n")]
    public void What_a_mistake_hides_is_not_missed_as_well(string id, int line, string yaml)
    {
        ExpectOne(id, line, Train, yaml);
        ExpectOne(id, line, TrainByRecord, yaml);
    }

    [Theory]
    [InlineData("""
        [WorkflowStep("dataset_create")] public static string[] Create() => [];
        [WorkflowStep("dataset_inout")] public static (double[] X, int[] Y) InOut(Row[] rows) => default;
        [WorkflowStep("model_train")] public static void Train(Row[] data) { }
        [WorkflowStep("model_predict")] public static void Predict(Row[] rows) { }
        """, "LOGML0104")]
    [InlineData("""
        [WorkflowStep("model_create")] public static Net Build() => new();
        [WorkflowStep("model_train")] public static void Train(Row model) { }
        [WorkflowStep("model_predict")] public static void Predict(Row model) { }
        [WorkflowStep("model_save")] public static void Save(Row model) { }
        """, "LOGML0104")]
    public void What_fits_no_step_is_told_at_the_first(string members, string id) => ExpectOneInCode(members, id);

    [Theory]
    [InlineData("""[WorkflowStep("dataset_create")] public static Span<int> Create() => default; [WorkflowStep("model_train")] public static void Train(int[] data) { }""", "LOGML0114")]
    [InlineData("""[WorkflowStep("model_create")] public static Net Build() => new(); [WorkflowStep("model_train")] public static void Train<T>(T model) { }""", "LOGML0114")]
    [InlineData("""[WorkflowStep("model_create")] public static async void Build() => await Task.Yield(); [WorkflowStep("model_train")] public static void Train(Net net) { }""", "LOGML0114")]
    [InlineData("""
        public class Inner(int a) { public int A => a; [WorkflowStep("model_create")] public Net Build() => new(); [WorkflowStep("model_train")] public void Train(Net net) { } }
        """, "LOGML0115")]
    [InlineData("""
        private class Inner { [WorkflowStep("model_create")] public static Net Build() => new(); [WorkflowStep("model_train")] public static void Train(Net net) { } }
        """, "LOGML0113")]
    public void A_method_that_cannot_be_a_step_is_told_once(string members, string id) => ExpectOneInCode(members, id);

    [Theory]
    [InlineData("""[WorkflowStep("model_train")] private static void Train() { }""", "LOGML0113")]
    [InlineData("""[WorkflowStep("model_train"), Obsolete("no", true)] public static void Train() { }""", "LOGML0113")]
    [InlineData("""[Obsolete("no", true)] public static class Inner { [WorkflowStep("model_train")] public static void Train() { } }""", "LOGML0113")]
    [InlineData("""[WorkflowStep("model_train")] public static void Train<T>() { }""", "LOGML0114")]
    [InlineData("""[WorkflowStep("fit")] public static void Train(int epochs, double rate) { }""", "LOGML0101")]
    [InlineData("""[WorkflowStep(null!)] public static void Train(int epochs, double rate) { }""", "LOGML0101")]
    public void What_a_method_that_is_no_step_would_have_taken_is_not_missed(string member, string id)
    {
        var run = GeneratorRun.Of(
            CodeOf.Steps(member + """[WorkflowStep("model_evaluate")] public static double Loss() => 1;"""),
            "functions: { model_train: { epochs: 3, rate: 0.1 } }\nhyper_parameter_optimization: { space: { model_train: { rate: [uniform, 0, 1] } } }");
        run.AssertCompiles();
        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
    }

    [Theory]
    [InlineData("[WorkflowStep]", "CS7036")]
    [InlineData("[WorkflowStep(3)]", "CS1503")]
    [InlineData("[WorkflowStep(q)]", "CS0103")]
    public void What_the_compiler_says_of_the_name_of_a_step_is_said_once(string attribute, string id)
    {
        foreach (var others in new[] { "", """[WorkflowStep("model_train")] public static void Train(double rate) { }""" })
        {
            var run = GeneratorRun.Of(
                CodeOf.Steps(others + attribute + " public static double Loss(int epochs) => epochs;"),
                "functions: { model_evaluate: { epochs: 3 }, model_train: { rate: 0.1 } }\nhyper_parameter_optimization: { space: { model_train: { rate: [uniform, 0, 1] } } }");
            Assert.Empty(run.Diagnostics);
            Assert.Equal(id, Assert.Single(run.CompilerMessages).Id);
        }
    }

    [Theory]
    [InlineData("LOGML0038", 2, "functions:\n  model_train: { epochs 3, rate: 0.1 }\n")]
    [InlineData("LOGML0017", 2, "functions:\n  model_train: { rate: uniform(0, 1), epochs: 3 }\n")]
    [InlineData("LOGML0017", 2, "functions:\n  model_train: { rate: [uniform, 0, 1], epochs: 3 }\n")]
    [InlineData("LOGML0021", 4, "functions:\n  model_train: { rate: 0.1, epochs: 3 }\nhyper_parameter_optimization:\n  space: { model_train: { rate: uniform(0, 1) } }\n")]
    [InlineData(
        "LOGML0014", 3, "functions:\n  model_train: { rate: 0.1, epochs: 3 }\n  space: { model_train: { rate: [uniform, 0, 1] } }\n")]
    public void A_slip_in_flow_style_is_told_once(string id, int line, string yaml)
    {
        ExpectOne(id, line, Train, yaml);
        ExpectOne(id, line, TrainByRecord, yaml);
    }

    [Fact]
    public void A_logger_without_its_package_is_left_to_the_compiler()
    {
        var run = GeneratorRun.Of(
            CodeOf.Steps("""[WorkflowStep("model_evaluate")] public static double Loss(Microsoft.Extensions.Logging.ILogger log) => 1;"""),
            hasLogging: false);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(GeneratorRun.CodePath, Assert.Single(run.CompilerMessages).Location.GetLineSpan().Path);
    }

    /// <summary>The class by which programs call the workflow names the type of the model.</summary>
    [Theory]
    [InlineData("ModelTrainParameters")]
    [InlineData("Task<ModelTrainParameters>")]
    [InlineData("(ModelTrainParameters P, int N)")]
    public void A_model_of_the_type_of_a_record_that_is_not_generated_is_left_to_the_compiler(string type)
    {
        var run = GeneratorRun.Of(
            CodeOf.Steps($"""[WorkflowStep("model_train")] public static {type} Train() => throw new Exception();"""));

        Assert.Empty(run.Diagnostics);
        Assert.Equal(GeneratorRun.CodePath, Assert.Single(run.CompilerMessages).Location.GetLineSpan().Path);
    }

    private static void ExpectOneInCode(string members, string id)
    {
        var run = GeneratorRun.Of(CodeOf.Steps(members + """[WorkflowStep("model_evaluate")] public static double Loss() => 1;"""));
        run.AssertCompiles();
        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
    }

    private static void ExpectOne(string id, int line, string members, string yaml)
    {
        var run = GeneratorRun.Of(CodeOf.Steps(members + """[WorkflowStep("model_evaluate")] public static double Loss() => 1;"""), yaml);
        run.AssertCompiles();
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal((id, line), (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1));
    }
}

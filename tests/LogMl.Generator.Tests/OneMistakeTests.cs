using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>A mistake has one message: what follows from it is not told as well, neither by the generator nor, in generated files, by the compiler.</summary>
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
    public void What_a_mistake_hides_is_not_missed_as_well(string id, int line, string yaml) => ExpectOne(id, line, Train, yaml);

    private static void ExpectOne(string id, int line, string members, string yaml)
    {
        var run = GeneratorRun.Of(CodeOf.Steps(members + """[WorkflowStep("model_evaluate")] public static double Loss() => 1;"""), yaml);
        run.AssertCompiles();
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal((id, line), (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1));
    }
}

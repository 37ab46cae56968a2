using LogMl.Generator.Tests.Kit;
using static LogMl.Generator.Tests.Kit.OneDiagnostic;

namespace LogMl.Generator.Tests;

/// <summary>Each diagnostic of the types of a project that stand where generated ones would be.</summary>
public class OwnTypeDiagnosticTests
{
    private const string TakesRecord = """[WorkflowStep("model_train")] public static void Train(int epochs, string kind) { }""";

    private const string WithEnum =
        "dataset: { name: a }\nfunctions:\n  model_train: { epochs: 3, kind: relu }\nhyper_parameter_optimization:\n  space: { model_train: { kind: [choice, [relu, tanh]] } }";

    [Theory]
    [InlineData("Sample", "public class [|WorkflowParameters|];")]
    [InlineData("Sample", "public enum [|ModelTrainKind|] { Relu, Tanh }")]
    [InlineData("Sample", "public enum [|ModelTrainKind|] { Other }")]
    [InlineData("Sample", "public class [|DatasetSettings|];")]
    [InlineData("Sample", "public record [|ModelTrainParameters|];")]
    [InlineData("Sample", "public partial class [|ModelTrainParameters|];")]
    [InlineData("Sample", "public interface [|ModelTrainParameters|];")]
    [InlineData("", "public class [|WorkflowParameters|];")]
    [InlineData("", "public static class [|DatasetSettings|];")]
    public void A_type_with_the_name_of_a_generated_one_is_refused(string @namespace, string type) => ExpectBeside(
        "LOGML0138", "is also the name of a type that is generated from the YAML file", @namespace.Length == 0 ? type : $"namespace {@namespace} {{ {type} }}");

    [Theory]
    [InlineData("namespace Other { public class WorkflowParameters; }")]
    [InlineData("namespace Sample { public class WorkflowParameters<T>; }")]
    [InlineData("namespace Sample { public class ModelCreateParameters; public static class ModelSettings; }")]
    [InlineData("namespace Sample { public partial record ModelTrainParameters { public int Twice => 2 * Epochs; } }")]
    [InlineData("namespace Sample { public partial record ModelTrainParameters { public ModelTrainParameters() { } public ModelTrainParameters(int a) : this() { Epochs = a; } } }")]
    public void A_type_that_is_not_in_the_way_is_welcome(string type) =>
        GeneratorRun.Of(Program(TakesRecord + Evaluate) + type, WithEnum).AssertClean();

    [Theory]
    [InlineData("public partial record ModelTrainParameters { public [|ModelTrainParameters|](int a) { } }")]
    [InlineData("public partial record [|ModelTrainParameters|](int A);")]
    public void A_part_of_a_record_that_needs_arguments_is_refused(string part) => ExpectBeside(
        "LOGML0139", "Generated code makes a 'ModelTrainParameters' without arguments", $"namespace Sample {{ {part} }}");

    [Theory]
    [InlineData("public partial record ModelTrainParameters { public int [|Epochs|] => 3; }", "'Epochs' for 'epochs'")]
    [InlineData("public partial record WorkflowParameters { public int [|ModelTrain|]() => 3; }", "'ModelTrain' for 'model_train'")]
    public void A_member_that_a_record_has_already_is_refused(string part, string names) => ExpectBeside(
        "LOGML0140", $"has a property {names} of the YAML file", $"namespace Sample {{ {part} }}");

    /// <summary>A type of the user beside the steps and the generated types.</summary>
    private static void ExpectBeside(string id, string message, string type)
    {
        var marked = MarkedCode.Find(Program(TakesRecord + Evaluate) + type)!.Value;
        Check(GeneratorRun.Of(marked.Text, WithEnum), id, message, GeneratorRun.CodePath, marked);
    }
}

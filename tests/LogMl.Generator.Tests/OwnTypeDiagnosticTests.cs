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
    [InlineData("", "public enum [|ModelTrainKind|] { Relu, Tanh }")]
    [InlineData("Sample", "enum [|ModelTrainKind|] { Relu, Tanh }")]
    [InlineData("Sample", "public static class [|ModelTrainKind|];")]
    [InlineData("Sample", "public ref struct [|ModelTrainKind|];")]
    [InlineData("", "namespace Sample.[|WorkflowParameters|] { public class A; }")]
    [InlineData("", "namespace Sample.[|WorkflowParameters|].Inner { public class A; }")]
    [InlineData("", "namespace [|WorkflowParameters|] { public class A; }")]
    [InlineData("", "namespace [|ModelTrainKind|] { public class A; }")]
    [InlineData("Sample", "namespace [|ModelTrainParameters|] { public class A; }")]
    [InlineData("Sample", "namespace [|ModelTrainKind|] { public class A; }")]
    [InlineData("Sample", "namespace [|DatasetSettings|] { public class A; }")]
    public void A_type_with_the_name_of_a_generated_one_is_refused(string @namespace, string type) => ExpectBeside(
        "LOGML0138", "is also the name of a type that is generated from the YAML file", @namespace.Length == 0 ? type : $"namespace {@namespace} {{ {type} }}");

    [Fact]
    public void Steps_may_stand_in_a_namespace_that_is_refused()
    {
        var marked = MarkedCode.Find(
            "using LogMl;\nnamespace Sample.[|WorkflowParameters|];\npublic static class Steps { " + """[WorkflowStep("model_train")] public static void Train(ModelTrainParameters p) { } """ + Evaluate + " }")!.Value;
        Check(GeneratorRun.Of(marked.Text, WithEnum), "LOGML0138", "'WorkflowParameters'", GeneratorRun.CodePath, marked);
    }

    [Theory]
    [InlineData("global using [|ModelTrainParameters|] = System.String;")]
    [InlineData("global using [|DatasetSettings|] = System.String;")]
    [InlineData("using [|WorkflowParameters|] = System.String;")]
    [InlineData("using [|ModelTrainKind|] = System.String;")]
    public void An_alias_with_the_name_of_a_generated_type_is_refused(string alias)
    {
        var marked = MarkedCode.Find(alias + "\n" + Program(TakesRecord + Evaluate))!.Value;
        Check(
            GeneratorRun.Of(marked.Text, WithEnum),
            "LOGML0138",
            "is also the name of a type that is generated from the YAML file",
            GeneratorRun.CodePath,
            marked);
    }

    [Fact]
    public void A_type_in_the_place_of_a_record_that_only_a_method_asks_for_is_refused()
    {
        var marked = MarkedCode.Find(
            Program(TakesRecord + """[WorkflowStep("model_save")] public static void Save(Sample.ModelSaveParameters p) { } """ + Evaluate)
                + "namespace Sample { public class [|ModelSaveParameters|]; }")!.Value;
        Check(GeneratorRun.Of(marked.Text, WithEnum), "LOGML0138", "'ModelSaveParameters'", GeneratorRun.CodePath, marked);
    }

    [Fact]
    public void An_alias_in_the_place_of_the_record_of_all_steps_is_refused_also_where_the_file_has_no_parameters()
    {
        var marked = MarkedCode.Find("global using [|WorkflowParameters|] = System.String;\n" + Program("""[WorkflowStep("model_save")] public static void Save(ModelSaveParameters p) { } """ + Evaluate))!.Value;
        Check(GeneratorRun.Of(marked.Text, "model: { a: 1 }"), "LOGML0138", "'WorkflowParameters'", GeneratorRun.CodePath, marked);
    }

    [Theory]
    [InlineData("namespace Sample.Other.WorkflowParameters { public class A; }")]
    [InlineData("namespace Other.WorkflowParameters { public class A; }")]
    [InlineData("namespace Sample { namespace ModelCreateParameters { public class A; } }")]
    [InlineData("namespace Other { using ModelTrainParameters = System.String; }")]
    [InlineData("namespace Other { public class WorkflowParameters; }")]
    [InlineData("namespace Sample { public class WorkflowParameters<T>; }")]
    [InlineData("namespace Sample { public class ModelCreateParameters; public static class ModelSettings; }")]
    [InlineData("namespace Sample { public partial record ModelTrainParameters { public int Twice => 2 * Epochs; } }")]
    [InlineData("""namespace Sample { [Obsolete("soon")] public partial record ModelTrainParameters; }""")]
    [InlineData("namespace Sample { public partial record ModelTrainParameters { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public ModelTrainParameters() => Z = 1; public required int Z { get; init; } } }")]
    [InlineData("namespace Sample { public partial record ModelTrainParameters { public ModelTrainParameters() { } public ModelTrainParameters(int a) : this() { Epochs = a; } } }")]
    public void A_type_that_is_not_in_the_way_is_welcome(string type) =>
        GeneratorRun.Of(Program(TakesRecord + Evaluate) + type, WithEnum).AssertClean();

    [Theory]
    [InlineData("public partial record ModelTrainParameters { public [|ModelTrainParameters|](int a) { } }")]
    [InlineData("public partial record [|ModelTrainParameters|](int A);")]
    [InlineData("public partial record ModelTrainParameters { private [|ModelTrainParameters|]() { } }")]
    [InlineData("public partial record ModelTrainParameters { public required int [|Z|] { get; init; } }")]
    [InlineData("public partial record ModelTrainParameters : Basis; public record Basis { public required int [|Z|] { get; init; } }")]
    [InlineData("""[Obsolete("no", true)] public partial record [|ModelTrainParameters|];""")]
    public void A_part_of_a_record_that_needs_arguments_is_refused(string part) => ExpectBeside(
        "LOGML0139", "Generated code makes a 'ModelTrainParameters' without arguments", $"namespace Sample {{ {part} }}");

    [Fact]
    public void A_part_of_the_record_of_all_steps_with_a_required_member_is_refused() => ExpectBeside(
        "LOGML0139", "'WorkflowParameters' without arguments, and cannot: 'Z' is required; give it a default instead",
        "namespace Sample { public partial record WorkflowParameters { public required int [|Z|] { get; init; } } }");

    [Fact]
    public void A_class_with_the_name_of_the_workflow_is_refused() => ExpectBeside(
        "LOGML0138", "'SampleWorkflow'", "namespace LogMl.Generated { internal static class [|SampleWorkflow|]; }");

    [Theory]
    [InlineData("namespace Sample { public static class [|SampleWorkflow|]; }")]
    [InlineData("namespace Sample { public partial class [|SampleWorkflow|]; }")]
    [InlineData("public static class [|SampleWorkflow|];")]
    public void A_class_with_the_name_by_which_programs_call_the_workflow_is_refused(string type) =>
        ExpectBeside("LOGML0138", "'SampleWorkflow'", type);

    [Fact]
    public void The_class_by_which_programs_call_the_workflow_may_have_a_part_with_the_steps()
    {
        const string Part = "namespace Sample { public static partial class SampleWorkflow { [LogMl.WorkflowStep(\"model_save\")] public static void Save() { } } }";
        GeneratorRun.Of(Program(TakesRecord + Evaluate) + Part, WithEnum).AssertClean();
        ExpectBeside(
            "LOGML0140", "The generated part of 'SampleWorkflow' has a member 'RunAsync'; give this member another name",
            "namespace Sample { public static partial class SampleWorkflow { public static void [|RunAsync|]() { } } }");
    }

    [Theory]
    [InlineData("public partial record ModelTrainParameters { public int [|Epochs|] => 3; }", "'Epochs' for 'epochs'")]
    [InlineData("public partial record WorkflowParameters { public int [|ModelTrain|]() => 3; }", "'ModelTrain' for 'model_train'")]
    public void A_member_that_a_record_has_already_is_refused(string part, string names) => ExpectBeside(
        "LOGML0140", $"has a member {names} of the YAML file", $"namespace Sample {{ {part} }}");

    /// <summary>A type of the user beside the steps and the generated types.</summary>
    private static void ExpectBeside(string id, string message, string type)
    {
        var marked = MarkedCode.Find(Program(TakesRecord + Evaluate) + type)!.Value;
        Check(GeneratorRun.Of(marked.Text, WithEnum), id, message, GeneratorRun.CodePath, marked);
    }

    [Theory]
    [InlineData("public abstract partial record [|ModelEvaluateModel|] { public int Size => 3; }", "ModelEvaluateModel")]
    [InlineData("public sealed partial record [|ModelEvaluateParameters|] { public int Size => 3; }", "ModelEvaluateParameters")]
    [InlineData("public static partial class [|SampleWorkflow|] { public static int Size => 3; }", "SampleWorkflow")]
    public void A_part_that_is_in_no_namespace_is_one_error(string part, string name)
    {
        var marked = MarkedCode.Find($$"""
            using LogMl;
            {{part}}
            namespace Sample
            {
                public static class Steps
                {
                    [WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p) =>
                        p.Model is ModelEvaluateModel.Net ? 1 : 2;
                }
            }
            """)!.Value;
        var run = GeneratorRun.Of(
            marked.Text,
            """
            functions: { model_evaluate: { model: none } }
            hyper_parameter_optimization:
              space: { model_evaluate: { model: ['choice', [none, { net: { units: ['uniformint', 1, 9] } }]] } }
            """);

        OneDiagnostic.Check(
            run, "LOGML0145",
            $"This is no part of the generated 'Sample.{name}', because it is in no namespace: put it into 'namespace Sample'",
            GeneratorRun.CodePath, marked);
    }
}

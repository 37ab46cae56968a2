using System.Globalization;
using LogMl.Generator.Tests.Kit;
using static LogMl.Generator.Tests.Kit.OneDiagnostic;

namespace LogMl.Generator.Tests;

/// <summary>Each diagnostic of parameters that the YAML has and methods take.</summary>
public class ParameterDiagnosticTests
{
    [Fact]
    public void A_parameter_that_nothing_fits_names_what_there_is() => Expect(
        "LOGML0103", "Nothing in step 'model_train' can be bound to 'depth' of type 'int'; available are: train (Row[])",
        """
        [WorkflowStep("dataset_create")] public static Row[] Create() => [];
        [WorkflowStep("model_train")] public static void Train(Row[] train, [|int depth|]) { }
        """ + Evaluate);

    [Fact]
    public void A_parameter_named_nearly_like_one_of_the_yaml_gets_a_suggestion() => Expect(
        "LOGML0103", "did you mean 'learningRate' (parameter 'learning_rate')?",
        """[WorkflowStep("model_train")] public static void Train([|double learningRte|]) { }""" + Evaluate,
        "functions:\n  model_train: { learning_rate: 0.1 }");

    [Fact]
    public void A_text_gets_the_name_of_the_part_only_when_it_is_named_so() => Expect(
        "LOGML0103", "name (string)",
        """
        [WorkflowStep("dataset_create")] public static Row[] Create() => [];
        [WorkflowStep("model_evaluate")] public static double Loss(Row[] data, [|string path|]) => 1;
        """);

    [Fact]
    public void A_space_of_a_step_without_method_is_refused() => ExpectInYaml(
        "LOGML0107", "The space has parameters of step 'model_train'",
        Evaluate,
        "functions:\n  model_train: { a: 0.5 }\nhyper_parameter_optimization:\n  space:\n    [|model_train|]:\n      a: ['uniform', 0, 1]");

    [Fact]
    public void Functions_of_a_step_without_method_are_a_warning() => ExpectInYaml(
        "LOGML0108", "'functions' has parameters of step 'model_train'", Evaluate, "functions:\n  [|model_train|]: { a: 1 }");

    [Fact]
    public void A_parameter_that_the_method_does_not_take_is_a_warning() => ExpectInYaml(
        "LOGML0109", "'b' is a parameter of step 'model_train', but 'Steps.Train' takes neither 'ModelTrainParameters' nor a parameter named 'b'",
        """[WorkflowStep("model_train")] public static void Train(int a) { }""" + Evaluate,
        "functions:\n  model_train:\n    a: 1\n    [|b|]: 2");

    [Fact]
    public void A_space_of_a_disabled_step_is_a_warning() => ExpectInYaml(
        "LOGML0110", "'a' is not searched: step 'model_train' is disabled in 'functions'",
        """[WorkflowStep("model_train")] public static void Train(double a) { }""" + Evaluate,
        "functions:\n  model_train: { enable: false, a: 0.5 }\nhyper_parameter_optimization:\n  space:\n    model_train:\n      [|a|]: ['uniform', 0, 1]");

    [Theory]
    [InlineData("int a", "a: 0.5", "it is a real number")]
    [InlineData("float a", "a: 16777217", "a float is exact up to 16777216 only")]
    [InlineData("byte a", "a: 300", "its values go from 300 to 300")]
    [InlineData("bool a", "a: 3", "it is a whole number")]
    [InlineData("int a", "a: text", "it is a text")]
    [InlineData("string a", "a: true", "it is true or false")]
    [InlineData("int[] a", "a: [1.5, 2]", "it is a list of double: of an item, it is a real number")]
    [InlineData("Queue<int> a", "a: [1, 2]", "it is a list of int")]
    [InlineData("Dictionary<int, int> a", "a: [1, 2]", "it is a list of int")]
    [InlineData("int[] a", "a: [1, null]", "it can be null")]
    [InlineData("int a", "a: .inf", "it is a real number")]
    public void A_parameter_of_another_type_says_why(string parameter, string yaml, string reason) => Expect(
        "LOGML0111", reason,
        $$"""[WorkflowStep("model_train")] public static void Train([|{{parameter}}|]) { }""" + Evaluate,
        "functions:\n  model_train: { " + yaml + " }");

    [Fact]
    public void An_enum_without_a_member_for_a_name_says_which() => Expect(
        "LOGML0111", "it has no member for 'tanh'",
        """
        public enum Kind { Relu }
        [WorkflowStep("model_train")] public static void Train([|Kind kind|]) { }
        """ + Evaluate,
        "functions:\n  model_train: { kind: relu }\nhyper_parameter_optimization:\n  space:\n    model_train: { kind: ['choice', [relu, tanh]] }");

    [Fact]
    public void A_name_without_a_distribution_needs_its_member_too() => Expect(
        "LOGML0111", "it has no member for 'tanh'",
        """
        public enum Kind { Relu }
        [WorkflowStep("model_train")] public static void Train([|Kind kind|]) { }
        """ + Evaluate,
        "functions:\n  model_train: { kind: tanh }");

    [Theory]
    [InlineData("ModelTrainKind kind")]
    [InlineData("ModelTrainKind? kind")]
    public void A_generated_enum_that_is_gone_with_its_distribution_says_how_to_keep_it(string parameter) => Expect(
        "LOGML0111", "it is a text; to keep the enum, list its members in 'functions.types'",
        $$"""[WorkflowStep("model_train")] public static void Train([|{{parameter}}|]) => _ = kind == ModelTrainKind.Relu;""" + Evaluate,
        "functions:\n  model_train: { kind: relu }");

    [Fact]
    public void Two_names_for_one_member_are_refused() => Expect(
        "LOGML0111", "its member 'Relu' would stand for 'relu' and for 're_lu'",
        """
        public enum Kind { Relu }
        [WorkflowStep("model_train")] public static void Train([|Kind kind|]) { }
        """ + Evaluate,
        "functions:\n  model_train: { kind: relu }\nhyper_parameter_optimization:\n  space:\n    model_train: { kind: ['choice', [relu, re_lu]] }");

    [Fact]
    public void A_parameter_that_may_be_null_where_null_is_not_taken_is_a_warning() => Expect(
        "LOGML0125", "'Steps.Train' takes 'path' as 'string', but 'model_train.path' may be null; take 'string?', or give the parameter a value wherever the YAML has null",
        """[WorkflowStep("model_train")] public static void Train([|string path|]) { }""" + Evaluate,
        "functions:\n  model_train: { path: null }");

    [Fact]
    public void A_parameter_of_another_step_does_not_become_its_C_sharp_default_in_silence() => Expect(
        "LOGML0127", "'rate' has its C# default in every trial: 'rate' is a parameter of step 'model_create' and not of 'model_train'; take WorkflowParameters",
        """
        [WorkflowStep("model_create")] public static Net Build(double rate) => new();
        [WorkflowStep("model_train")] public static void Train(Net net, [|double rate = 0.1|]) { }
        """ + Evaluate,
        "functions:\n  model_create: { rate: 0.5 }");

    [Fact]
    public void A_parameter_of_another_step_that_is_taken_by_name_says_whose_it_is() => Expect(
        "LOGML0103", "can be bound to 'rate' of type 'double': 'rate' is a parameter of step 'model_create'; take WorkflowParameters, or move it in the YAML",
        """
        [WorkflowStep("model_create")] public static Net Build(double rate) => new();
        [WorkflowStep("model_train")] public static void Train(Net net, [|double rate|]) { }
        """ + Evaluate,
        "functions:\n  model_create: { rate: 0.5 }");

    [Fact]
    public void The_record_of_another_step_is_refused() => Expect(
        "LOGML0112", "'ModelCreateParameters' has the parameters of step 'model_create'; a method of step 'model_train' takes 'ModelTrainParameters'",
        """[WorkflowStep("model_train")] public static void Train([|ModelCreateParameters p|]) { }""" + Evaluate);

    [Theory]
    [InlineData("Other.ModelTrainParameters", "namespace Other { public record ModelTrainParameters; }", "Other.ModelTrainParameters")]
    [InlineData("ModelTrainParameters", "public class ModelTrainParameters;", "Steps.ModelTrainParameters")]
    public void A_type_with_the_name_of_the_record_is_told_apart_from_it(string taken, string type, string name)
    {
        var isInner = !type.StartsWith("namespace", StringComparison.Ordinal);
        var code = $$"""[WorkflowStep("model_train")] public static void Train([|{{taken}} p|]) { } """ + (isInner ? type : "") + Evaluate;
        var marked = MarkedCode.Find(Program(code) + (isInner ? "" : type))!.Value;
        var run = GeneratorRun.Of(marked.Text, "functions:\n  model_train: { rate: 0.5 }");
        Check(run, "LOGML0103", $"can be bound to 'p' of type '{name}'; available are: ", GeneratorRun.CodePath, marked);
        Assert.Contains(
            ", Sample.ModelTrainParameters, ", run.Diagnostics[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_space_without_steps_is_a_warning()
    {
        const string Yaml = "hyper_parameter_optimization:\n  [|space|]: { model_train: { rate: [uniform, 0, 1] } }\nfunctions: { model_train: { rate: 0.5 } }";
        var marked = MarkedCode.Find(Yaml)!.Value;
        Check(
            GeneratorRun.Of("public class Nothing;", marked.Text), "LOGML0137", "no method of this project is marked with [WorkflowStep]",
            GeneratorRun.YamlPath, marked);
    }

    [Fact]
    public void A_space_in_a_project_that_references_the_steps_names_theirs()
    {
        var library = GeneratorRun.Of(Program(Evaluate), projectName: "Models").AssertClean();
        var run = GeneratorRun.Of(
            "", "functions: { model_train: { rate: 0.5 } }\nhyper_parameter_optimization: { space: { model_train: { rate: [uniform, 0, 1] } } }",
            references: [library.Output.ToMetadataReference()]);
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("LOGML0137", diagnostic.Id);
        Assert.EndsWith(
            "; 'Models' has steps, so that the file belongs into its project",
            diagnostic.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_the_yaml_alone_is_reported_in_the_yaml() => ExpectInYaml(
        "LOGML0020", "'unifrm' is not a distribution",
        """[WorkflowStep("model_train")] public static void Train(ModelTrainParameters p) => _ = p.A + 1.0;""" + Evaluate,
        "functions:\n  model_train: { a: 0.5 }\nhyper_parameter_optimization:\n  space:\n    model_train:\n      a: [[|'unifrm'|], 0, 1]");
}

using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>What is wrong with methods for branches, and with types beside those of branches, is one error at its place.</summary>
public class BranchDiagnosticTests
{
    private const string Yaml = """
        hyper_parameter_optimization:
          space:
            model_evaluate: { model: ['choice', [{ net: { units: ['uniformint', 1, 9] } }, { tree: { depth: ['uniformint', 1, 9] } }, none]] }
        """;

    private const string WithNull = """
        hyper_parameter_optimization:
          space:
            model_evaluate: { model: ['choice', [{ net: { units: ['uniformint', 1, 9] } }, { tree: { depth: ['uniformint', 1, 9] } }, none, null]] }
        """;

    private const string MarkedNet = """[WorkflowStep("model_evaluate")] public static double [|Net|](ModelEvaluateModel.Net net) => 1;""";

    private const string Net = """[WorkflowStep("model_evaluate")] public static double Net(ModelEvaluateModel.Net net) => 1;""";

    private const string Tree = """[WorkflowStep("model_evaluate")] public static double Tree(ModelEvaluateModel.Tree tree) => 2;""";

    private const string None = """[WorkflowStep("model_evaluate")] public static double None(ModelEvaluateModel.None none) => 1;""";

    [Fact]
    public void A_branch_without_a_method() => Expect(
        "LOGML0142",
        "Step 'model_evaluate' has no method that takes 'ModelEvaluateModel.Tree', 'ModelEvaluateModel.None'; "
            + "a step with a method for a branch needs one for each",
        MarkedNet);

    [Fact]
    public void Null_beside_the_branches_without_a_method() => Expect(
        "LOGML0142",
        "has no method that takes null",
        MarkedNet + Tree + None,
        WithNull);

    [Fact]
    public void Two_methods_for_one_branch() => Expect(
        "LOGML0143",
        "Step 'model_evaluate' has a method that takes 'ModelEvaluateModel.Net' already: 'Steps.Net(Net)'",
        Net + Tree + None + """[WorkflowStep("model_evaluate")] public static double Other([|ModelEvaluateModel.Net other|]) => 1;""");

    [Fact]
    public void Results_that_have_nothing_in_common() => Expect(
        "LOGML0144",
        "In step 'model_create', 'Steps.A(A)' gives 'Row' and 'Steps.B(B)' gives 'Net'; "
            + "the methods of a step must give types with a common base or interface",
        """
            [WorkflowStep("model_create")] public static Row A(ModelCreateKind.A a) => new();
            [WorkflowStep("model_create")] public static Net [|B|](ModelCreateKind.B b) => new();
            """ + OneDiagnostic.Evaluate,
        """
            hyper_parameter_optimization:
              space: { model_create: { kind: ['choice', [a, { b: { d: ['uniform', 0, 1] } }]] } }
            """);

    [Fact]
    public void A_method_that_gives_nothing_beside_one_that_gives_something() => Expect(
        "LOGML0144",
        "'Steps.A(A)' gives nothing and 'Steps.B(B)' gives 'Net'",
        """
            [WorkflowStep("model_train")] public static void A(ModelTrainKind.A a) { }
            [WorkflowStep("model_train")] public static Net [|B|](ModelTrainKind.B b) => new();
            """ + OneDiagnostic.Evaluate,
        """
            hyper_parameter_optimization:
              space: { model_train: { kind: ['choice', [a, { b: { d: ['uniform', 0, 1] } }]] } }
            """);

    [Fact]
    public void A_method_for_all_values_beside_one_for_a_branch() => Expect(
        "LOGML0102",
        "a step is one method, or one for each branch of a choice",
        Net + """ [WorkflowStep("model_evaluate")] public static double [|All|](ModelEvaluateParameters p) => 1;""");

    [Fact]
    public void A_method_for_two_branches() => Expect(
        "LOGML0114",
        "it takes two branches, 'ModelEvaluateModel.Net' and 'ModelEvaluateModel.Tree'; a method is for one",
        """[WorkflowStep("model_evaluate")] public static double Both(ModelEvaluateModel.Net a, [|ModelEvaluateModel.Tree b|]) => 1;""");

    [Fact]
    public void A_branch_of_another_step() => Expect(
        "LOGML0103",
        "Nothing in step 'model_create' can be bound to 'net' of type 'Net': 'model' is a parameter of step 'model_evaluate'",
        """[WorkflowStep("model_create")] public static Row Create([|ModelEvaluateModel.Net net|]) => new();""" + Net + Tree + None);

    [Fact]
    public void A_parameter_of_the_branch_that_a_method_takes() => Expect(
        "LOGML0103",
        "Nothing in step 'model_evaluate' can be bound to 'units' of type 'int': read 'net.Units'; available are: ",
        Tree + None + """[WorkflowStep("model_evaluate")] public static double Net(ModelEvaluateModel.Net net, [|int units|]) => 1;""");

    [Fact]
    public void A_choice_of_the_branch_that_a_method_takes() => Expect(
        "LOGML0103",
        "can be bound to 'rbf' of type 'Rbf': read 'net.K'; available are: ",
        """
            [WorkflowStep("model_evaluate")] public static double Net(ModelEvaluateModel.Net net, [|ModelEvaluateModelNetK.Rbf rbf|]) => 1;
            """ + None,
        """
            hyper_parameter_optimization:
              space: { model_evaluate: { model: ['choice', [{ net: { k: ['choice', [lin, { rbf: { g: ['uniform', 0, 1] } }]] } }, none]] } }
            """);

    [Fact]
    public void A_parameter_of_a_branch_without_the_choice() => Expect(
        "LOGML0103",
        "can be bound to 'units' of type 'int': 'model_evaluate.model.net.units' is a parameter of a branch; "
            + "take 'ModelEvaluateModel model' and read 'Units' where it is 'ModelEvaluateModel.Net'; available are: ",
        """[WorkflowStep("model_evaluate")] public static double Loss([|int units|]) => 1;""");

    [Fact]
    public void Names_of_one_letter_do_not_resemble_each_other() => OneDiagnostic.Expect(
        "LOGML0103",
        "can be bound to 'q' of type 'int'; available are: m (ModelEvaluateM)",
        """[WorkflowStep("model_evaluate")] public static double Loss([|int q|]) => 1;""",
        "functions: { model_evaluate: { m: a } }\nhyper_parameter_optimization: { space: { model_evaluate: { m: [choice, [a, b]] } } }");

    [Fact]
    public void A_type_of_another_namespace_with_the_name_of_a_hierarchy()
    {
        var marked = MarkedCode.Find("""
            using LogMl;
            namespace Sample.Models;
            public abstract partial record ModelEvaluateModel { public int Size => 3; }
            public static class Steps
            {
                [WorkflowStep("model_evaluate")] public static double Loss([|ModelEvaluateModel model|]) => 1;
            }
            """)!.Value;

        OneDiagnostic.Check(
            GeneratorRun.Of(marked.Text, Yaml + Default), "LOGML0111",
            "'model' is of type 'Sample.Models.ModelEvaluateModel', which cannot hold every value of 'model_evaluate.model': "
            + "it is one of net, tree, none; take the generated 'Sample.ModelEvaluateModel', a part of which belongs into "
            + "'namespace Sample'",
            GeneratorRun.CodePath, marked);
    }

    [Fact]
    public void A_branch_that_a_search_constraint_takes_has_its_full_name() => Expect(
        "LOGML0155",
        "'net' is of type 'ModelEvaluateModel.Net'; it takes records of parameters only",
        Net + Tree + None + "[SearchConstraint] public static bool Fits([|ModelEvaluateModel.Net net|]) => true;");

    [Fact]
    public void The_list_of_steps_has_the_full_names_of_branches() => Assert.Contains(
        """new("net", "ModelEvaluateModel.Net",""",
        GeneratorRun.Of(OneDiagnostic.Program(Net + Tree + None), Yaml + Default).AssertClean().Files["LogMl.WorkflowClass.g.cs"],
        StringComparison.Ordinal);

    [Fact]
    public void A_choice_as_another_type() => Expect(
        "LOGML0111",
        "it is one of net, tree, none; take 'ModelEvaluateModel'",
        """[WorkflowStep("model_evaluate")] public static double Loss([|string model|]) => 1;""");

    [Fact]
    public void A_choice_with_null_as_a_type_without() => Expect(
        "LOGML0125",
        "take 'ModelEvaluateModel?'",
        """[WorkflowStep("model_evaluate")] public static double Loss([|ModelEvaluateModel model|]) => 1;""",
        WithNull);

    [Fact]
    public void A_type_of_the_project_with_the_name_of_a_hierarchy()
    {
        var marked = MarkedCode.Find("""
            using LogMl;
            public sealed class [|ModelEvaluateModel|];
            public static class Steps
            {
                [WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p) => 1;
            }
            """)!.Value;

        OneDiagnostic.Check(
            GeneratorRun.Of(marked.Text, Yaml + Default), "LOGML0138", "'ModelEvaluateModel' is also the name of a type that is generated",
            GeneratorRun.CodePath, marked);
    }

    [Fact]
    public void A_member_of_the_project_with_the_name_of_a_parameter_of_a_branch()
    {
        var marked = MarkedCode.Find("""
            using LogMl;
            namespace Sample;
            public abstract partial record ModelEvaluateModel { public sealed partial record Net { public int [|Units|] => 3; } }
            public static class Steps
            {
                [WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p) => 1;
            }
            """)!.Value;

        OneDiagnostic.Check(
            GeneratorRun.Of(marked.Text, Yaml + Default), "LOGML0140",
            "The generated part of 'ModelEvaluateModel.Net' has a member 'Units' for 'model_evaluate.model.net.units' of the YAML file",
            GeneratorRun.CodePath, marked);
    }

    [Theory]
    [InlineData("net: { [|uu|]: 3 }", "'uu' is not in the space of 'model_evaluate.model.net', and no code of the project reads its property 'Uu'; the space has: units")]
    [InlineData("net: { [|layers|]: 3, units: 2 }", "reads its property 'Layers'; the space has: units")]
    public void A_fixed_parameter_of_a_branch_that_nothing_reads(string branch, string message)
    {
        const string Loss = """[WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateModel model) => {0};""";
        var yaml = Yaml + "\nfunctions: { model_evaluate: { model: { " + branch + " } } }";
        OneDiagnostic.ExpectInYaml("LOGML0178", message, Loss.Replace("{0}", "1", StringComparison.Ordinal), yaml);
        var unmarked = MarkedCode.Find(yaml)!.Value;
        var name = unmarked.Text.Substring(unmarked.Start, unmarked.Length);
        var reads = $"model is ModelEvaluateModel.Net net ? net.{char.ToUpperInvariant(name[0]) + name[1..]} : 1";
        GeneratorRun.Of(OneDiagnostic.Program(Loss.Replace("{0}", reads, StringComparison.Ordinal)), unmarked.Text).AssertClean();
    }

    [Theory]
    [InlineData("LOGML0140", "'ModelEvaluateModel.None' has a member 'Instance'; give", "public sealed partial record None { public int [|Instance|] => 3; }")]
    [InlineData("LOGML0140", "'ModelEvaluateModel' has a member 'Match'; give", "public int [|Match|] => 3;")]
    [InlineData("LOGML0140", "'ModelEvaluateModel' has a member 'Match'; give", "public T [|Match|]<T>(Func<Net, T> a, Func<Tree, T> b, Func<None, T> c) => a(null!);")]
    [InlineData("LOGML0139", "makes a 'ModelEvaluateModel' without arguments, and cannot: its constructor is generated; remove this one", "private [|ModelEvaluateModel|]() { }")]
    [InlineData("LOGML0139", "makes a 'ModelEvaluateModel' without arguments, and cannot: 'Z' is required", "public required int [|Z|] { get; init; }")]
    [InlineData("LOGML0139", "makes a 'ModelEvaluateModel.None' without arguments, and cannot: its constructor is generated", "public sealed partial record None { public [|None|]() { } }")]
    [InlineData("LOGML0139", "makes a 'ModelEvaluateModel.None' without arguments, and cannot: its constructor is generated", "public sealed partial record [|None|](int Z);")]
    [InlineData("LOGML0139", "makes a 'ModelEvaluateModel.Net' without arguments, and cannot: your part", "public sealed partial record [|Net|](int Z);")]
    [InlineData("LOGML0139", "makes a 'ModelEvaluateModel.Tree' without arguments, and cannot: 'Z' is required", "public sealed partial record Tree { public required int [|Z|] { get; init; } }")]
    [InlineData("LOGML0176",
        "makes 'ModelEvaluateModel.Net', 'ModelEvaluateModel.Tree', 'ModelEvaluateModel.None', and 'Size' is abstract in it; override it", "public abstract int [|Size|] { get; }")]
    [InlineData("LOGML0176", "makes 'ModelEvaluateModel.Tree', and 'Size' is abstract in it; override it",
        "public abstract int [|Size|](); partial record Net { public override int Size() => 1; } partial record None { public override int Size() => 1; }")]
    [InlineData("LOGML0177", "'Big' cannot derive from 'ModelEvaluateModel', whose branches are those of the choice in the YAML file", "public sealed record [|Big|] : ModelEvaluateModel;")]
    [InlineData("LOGML0177", "'Big' cannot derive", "public sealed partial record Tree { sealed record [|Big|] : ModelEvaluateModel; }")]
    public void A_part_of_a_hierarchy_that_stands_in_the_way_is_one_error(string id, string message, string part)
    {
        var marked = MarkedCode.Find(WithPart(part))!.Value;

        OneDiagnostic.Check(GeneratorRun.Of(marked.Text, Yaml + Default), id, message, GeneratorRun.CodePath, marked);
    }

    [Theory]
    [InlineData("public T Match<T>(Func<ModelEvaluateModel, T> all) => all(this);")]
    [InlineData("public abstract int Size { get; } partial record Net { public override int Size => 1; } partial record Tree { public override int Size => Depth; } partial record None { public override int Size => 3; }")]
    [InlineData("public virtual int Size => 3; public sealed partial record Tree { public override int Size => Depth; }")]
    [InlineData("private ModelEvaluateModel(int a) : this() => A = a; public int A { get; init; }")]
    [InlineData("public sealed record Helper; public sealed partial record Net { public int Instance => 3; }")]
    public void A_part_of_a_hierarchy_that_is_not_in_the_way_is_welcome(string part) =>
        GeneratorRun.Of(WithPart(part), Yaml + Default).AssertClean();

    private static string WithPart(string part) => $$"""
        using System;
        using LogMl;
        namespace Sample;
        public abstract partial record ModelEvaluateModel { {{part}} }
        public static class Steps
        {
            [WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p) =>
                p.Model is ModelEvaluateModel.None ? 1 : 2;
        }
        """;

    private const string Default = "\nfunctions: { model_evaluate: { model: none } }";

    private static void Expect(string id, string message, string members, string yaml = Yaml) =>
        OneDiagnostic.Expect(id, message, members, yaml + DefaultFor(yaml));

    /// <summary>A default for the choice, so that its absence is no diagnostic of its own.</summary>
    private static string DefaultFor(string yaml) =>
        yaml.Contains("model_evaluate", StringComparison.Ordinal) ? Default
        : yaml.Contains("model_create", StringComparison.Ordinal) ? "\nfunctions: { model_create: { kind: a } }"
        : "\nfunctions: { model_train: { kind: a } }";
}

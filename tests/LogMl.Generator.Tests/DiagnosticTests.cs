using System.Globalization;
using LogMl.Generator.Tests.Kit;
using static LogMl.Generator.Tests.Kit.OneDiagnostic;

namespace LogMl.Generator.Tests;

/// <summary>
/// Each diagnostic of steps and methods, and of what one gives to the next: that one mistake gives it alone, where it is, and what it says.
/// </summary>
public class DiagnosticTests
{
    [Fact]
    public void An_unknown_step_gets_a_suggestion() => Expect(
        "LOGML0101", "'model_trian' is not a workflow step; did you mean 'model_train'?",
        """[WorkflowStep([|"model_trian"|])] public static void Train(ITrial trial) { }""" + Evaluate);

    [Fact]
    public void An_unknown_step_that_is_near_to_nothing_gets_the_list() => Expect(
        "LOGML0101", "'x' is not a workflow step; there are: dataset_load, ",
        """[WorkflowStep([|"x"|])] public static void Train(ITrial trial) { }""" + Evaluate);

    [Fact]
    public void A_step_without_a_name_is_unknown() => Expect(
        "LOGML0101", "'null' is not a workflow step; there are: dataset_load, ",
        """[WorkflowStep([|null!|])] public static void Train(ITrial trial) { }""" + Evaluate);

    [Fact]
    public void Control_characters_and_line_ends_that_a_source_quotes_are_shown_as_escapes() => Expect(
        "LOGML0101", @"'x\u001b[2J\nProgram.cs(1,1): error CS9999: forged\u202e' is not a workflow step",
        """[WorkflowStep([|"x\u001b[2J\nProgram.cs(1,1): error CS9999: forged\u202e"|])] public static void Train(ITrial trial) { }"""
            + Evaluate);

    [Fact]
    public void Two_methods_for_one_step_are_refused_at_the_second() => Expect(
        "LOGML0102", "Step 'model_train' is already 'Steps.Train1'; a step is one method",
        """
        [WorkflowStep("model_train")] public static void Train1() { }
        [WorkflowStep("model_train")] public static void [|Train2|]() { }
        """ + Evaluate);

    [Fact]
    public void A_model_of_another_type_names_both_methods_and_types() => Expect(
        "LOGML0104", "'Steps.Train' takes 'net' as 'Row', but 'Steps.Build' gives 'Net'",
        """
        [WorkflowStep("model_create")] public static Net Build() => new();
        [WorkflowStep("model_train")] public static void Train([|Row net|]) { }
        """ + Evaluate);

    [Fact]
    public void Two_types_of_one_name_are_told_apart_by_their_namespaces() => Expect(
        "LOGML0104", "'Steps.Train' takes 'net' as 'Steps.Net', but 'Steps.Build' gives 'Net'",
        """
        public sealed class Net;
        [WorkflowStep("model_create")] public static global::Net Build() => new();
        [WorkflowStep("model_train")] public static void Train([|Net net|]) { }
        """ + Evaluate);

    [Fact]
    public void An_overload_of_a_step_is_told_apart_by_its_signature() => Expect(
        "LOGML0102", "Step 'model_train' is already 'Steps.Train()'; a step is one method",
        """
        [WorkflowStep("model_train")] public static void Train() { }
        [WorkflowStep("model_train")] public static void [|Train|](ITrial trial) { }
        """ + Evaluate);

    [Fact]
    public void A_data_set_of_another_type_names_both_methods_and_types() => Expect(
        "LOGML0104", "'Steps.Clean' takes 'rows' as 'List<Row>', but 'Steps.Create' gives 'Row[]'",
        """
        [WorkflowStep("dataset_create")] public static Row[] Create() => [];
        [WorkflowStep("dataset_preprocess")] public static List<Row> Clean([|List<Row> rows|]) => rows;
        """ + Evaluate);

    [Theory]
    [InlineData("""[WorkflowStep("dataset_create")] public static void [|Create|]() { }""", "a data set")]
    [InlineData(
        """[WorkflowStep("dataset_load")] public static void [|Load|]() { }""", "a data set, or null when there is nothing to load")]
    [InlineData("""[WorkflowStep("model_create")] public static Task [|Build|]() => Task.CompletedTask;""", "the model")]
    [InlineData(
        """[WorkflowStep("dataset_create")] public static Row[] Create() => []; [WorkflowStep("dataset_split")] public static Row[] [|Split|](Row[] rows) => rows;""",
        "a tuple (train, validate, test)")]
    [InlineData(
        """[WorkflowStep("dataset_create")] public static Row[] Create() => []; [WorkflowStep("dataset_inout")] public static double[] [|InOut|](Row[] rows) => [];""",
        "a tuple (x, y)")]
    [InlineData(
        """[WorkflowStep("dataset_create")] public static Row[] Create() => []; [WorkflowStep("dataset_augment")] public static void [|Augment|](Row[] rows) { }""",
        "the data set")]
    [InlineData(
        """[WorkflowStep("dataset_load")] public static Row[]? Load() => null; [WorkflowStep("dataset_create")] public static Net [|Create|]() => new();""",
        "'Row[]', as 'Steps.Load' (dataset_load) does")]
    public void A_wrong_result_says_what_the_step_must_give(string members, string needed) =>
        Expect("LOGML0105", "must give " + needed, members + Evaluate);

    [Theory]
    [InlineData("string")]
    [InlineData("Net")]
    [InlineData("(int a, int b)")]
    [InlineData("double?")]
    public void A_result_of_model_evaluate_without_a_loss_is_refused(string type) => Expect(
        "LOGML0105", "must give the loss (a number), or a record of metrics with a number named Loss",
        $$"""[WorkflowStep("model_evaluate")] public static {{type}} [|Loss|]() => default!;""");

    [Fact]
    public void A_metric_whose_name_no_study_has_room_for_is_refused()
    {
        var longest = new string('m', 512 - "metrics.".Length);
        string Evaluating(string name, string mark = "Loss") => $$"""[WorkflowStep("model_evaluate")] public static (double Loss, double {{name}}) {{mark}}() => default;""";
        Assert.Empty(GeneratorRun.Of(Program(Evaluating(longest))).Diagnostics);
        Expect("LOGML0105", "must give numbers with names of at most 504 characters", Evaluating(longest + "m", "[|Loss|]"));
    }

    [Fact]
    public void Optimization_without_model_evaluate_is_refused_at_its_section() => ExpectInYaml(
        "LOGML0106", "no method is marked with [WorkflowStep(\"model_evaluate\")]",
        """[WorkflowStep("model_train")] public static void Train() { }""",
        "[|hyper_parameter_optimization|]:\n  max_evals: 3");

    [Fact]
    public void Optimization_that_is_not_enabled_needs_no_model_evaluate()
    {
        var run = GeneratorRun.Of(
            Program("""[WorkflowStep("model_train")] public static void Train() { }"""), "hyper_parameter_optimization:\n  enable: false");
        run.AssertClean();
    }

    [Theory]
    [InlineData(
        """[WorkflowStep("dataset_create")] public static Row[]? Create() => null; [WorkflowStep("dataset_preprocess")] public static Row[] Clean([|Row[] rows|]) => rows;""",
        "'Steps.Clean' takes 'rows' as 'Row[]', but what 'Steps.Create' gives ('Row[]?') may be null; take 'Row[]?', or change the result of 'Steps.Create'")]
    [InlineData(
        """[WorkflowStep("model_create")] public static async Task<Net?> Build() { await Task.Yield(); return null; } [WorkflowStep("model_train")] public static void Train([|Net net|]) { }""",
        "what 'Steps.Build' gives ('Net?') may be null")]
    [InlineData(
        """
        [WorkflowStep("dataset_create")] public static Row[] Create() => [];
        [WorkflowStep("dataset_split")] public static (Row[]? train, Row[] validate) Split(Row[] rows) => (null, rows);
        [WorkflowStep("model_train")] public static void Train([|Row[] train|]) { }
        """,
        "what 'Steps.Split' gives ('Row[]?') may be null")]
    [InlineData(
        """[WorkflowStep("dataset_create")] public static Row[]? [|Create|]() => null;""",
        "'the default split' takes 'the data set' as 'Row[]', but what 'Steps.Create' gives ('Row[]?') may be null")]
    [InlineData(
        """public sealed record Scores(double Loss); [WorkflowStep("model_evaluate")] public static Scores? [|Measure|]() => null;""",
        "'the search' takes 'the loss' as 'Scores', but what 'Steps.Measure' gives ('Scores?') may be null; change the result of 'Steps.Measure'")]
    public void What_may_be_null_where_null_is_not_taken_is_a_warning(string members, string message) =>
        Expect("LOGML0125", message, members.Contains("model_evaluate", StringComparison.Ordinal) ? members : members + Evaluate);

    [Theory]
    [InlineData("""[WorkflowStep("model_create")] public static Net? Build() => null; [WorkflowStep("model_train")] public static void Train(Net? net) { }""")]
    [InlineData("""[WorkflowStep("dataset_load")] public static Row[]? Load() => null; [WorkflowStep("model_train")] public static void Train(Row[] train) { }""")]
    [InlineData(
        """
        [WorkflowStep("model_create")] public static Net? Build() => null;
        #nullable disable
        [WorkflowStep("model_train")] public static void Train(Net net) { }
        #nullable restore
        """)]
    public void Null_may_go_where_it_is_taken(string members) => GeneratorRun.Of(Program(members + "\n" + Evaluate)).AssertClean();

    [Theory]
    [InlineData("""[WorkflowStep([|"model_train"|], Cache = false)] public static void Train() { }""")]
    [InlineData("""[WorkflowStep([|"model_train"|], Cache = true)] public static void Train() { }""")]
    public void Cache_on_a_step_that_is_never_kept_is_a_warning(string member) =>
        Expect("LOGML0126", "'Cache' has no effect on step 'model_train', which runs in every trial", member + Evaluate);

    [Theory]
    [InlineData("""[WorkflowStep("model_train")] private static void [|Train|]() { }""", "it must be internal or public")]
    [InlineData("""private class Inner { [WorkflowStep("model_train")] public static void [|Train|]() { } }""", "its class 'Inner' must be internal or public")]
    [InlineData("""public static void M() { Train(); [WorkflowStep("model_train")] static void [|Train|]() { } }""", "it is a local function")]
    public void A_method_that_cannot_be_seen_is_refused(string members, string reason) => Expect("LOGML0113", reason, members + Evaluate);

    [Theory]
    [InlineData("""[WorkflowStep("model_train")] public static void [|Train|]<T>() { }""", "it is generic")]
    [InlineData("""[WorkflowStep("model_train")] public static async void [|Train|]() { await Task.Yield(); }""", "it is async void; return a Task")]
    [InlineData("""[WorkflowStep("model_train")] public static void Train([|ref int a|]) { }""", "parameter 'a' is passed by reference")]
    [InlineData("""[WorkflowStep("model_train")] public static void Train([|out int a|]) { a = 1; }""", "parameter 'a' is passed by reference")]
    [InlineData("""[WorkflowStep("model_train")] public static void Train([|params int[] a|]) { }""", "parameter 'a' is params")]
    [InlineData("""[WorkflowStep("model_train")] public static void Train([|Span<int> a|]) { }""", "parameter 'a' is a ref struct or a pointer")]
    [InlineData(
        """[WorkflowStep("model_create")] public static Span<int> [|Build|]() => default;""", "it returns a ref struct or a pointer")]
    [InlineData("""public class Inner<T> { [WorkflowStep("model_train")] public static void [|Train|]() { } }""", "its class 'Inner' is generic")]
    [InlineData("""extension(string text) { [WorkflowStep("model_train")] public static void [|Train|]() { } }""", "'Steps.Train' cannot be a step: it stands in an extension block")]
    [InlineData("""extension(string text) { [WorkflowStep("model_train")] public void [|Train|]() { } }""", "'Steps.Train' cannot be a step: it stands in an extension block")]
    public void A_method_of_an_unsupported_form_is_refused(string members, string reason) =>
        Expect("LOGML0114", reason, members + Evaluate);

    [Fact]
    public void A_method_with_two_parameters_of_one_name_is_refused_and_breaks_no_generated_file()
    {
        var run = GeneratorRun.Of("""using LogMl; public class Steps { [WorkflowStep("model_train")] public static void Train(int a, int a) { } [WorkflowStep("model_evaluate")] public static double Evaluate() => 0; }""", "");
        Assert.Contains(run.Diagnostics, diagnostic => diagnostic.Id == "LOGML0114" && diagnostic.GetMessage(
            System.Globalization.CultureInfo.InvariantCulture).Contains("another parameter is named 'a', too", StringComparison.Ordinal));
        Assert.DoesNotContain(
            run.CompilerMessages, message => message.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public class Inner(int a) { public int A => a; {0} }", "it has no public constructor without parameters")]
    [InlineData("public abstract class Inner { {0} }", "it is abstract")]
    [InlineData("public class Inner { public required int A { get; init; } {0} }", "it has required members")]
    [InlineData("public ref struct Inner { {0} }", "it is a ref struct, which cannot be kept from step to step")]
    public void An_instance_method_of_a_class_that_cannot_be_created_is_refused(string type, string reason) => Expect(
        "LOGML0115", reason,
        type.Replace("{0}", """[WorkflowStep("model_train")] public void [|Train|]() { }""", StringComparison.Ordinal) + Evaluate);

    [Fact]
    public void A_second_configuration_is_refused()
    {
        var run = GeneratorRun.Of(Program(Evaluate), files: [new TextFile("/project/b.yaml", "model: { b: 1 }"), new TextFile("/project/a.yaml", "model: { a: 1 }")]);
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("LOGML0116", diagnostic.Id);
        Assert.Equal("/project/b.yaml", diagnostic.Location.GetLineSpan().Path);
        Assert.Contains("'a.yaml' is used", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_of_the_training_that_is_not_the_model_is_explained_once() => Expect(
        "LOGML0136", "'Steps.Loss' takes 'history' as 'double[]', which 'Steps.Train' gives, but what model_train gives is passed on only when it is the model ('Net')",
        """
        [WorkflowStep("model_create")] public static Net Build() => new();
        [WorkflowStep("model_train")] public static double[] Train(Net net) => [];
        [WorkflowStep("model_evaluate")] public static double Loss(Net net, [|double[] history|]) => 1;
        [WorkflowStep("model_save")] public static void Save(Net net, double[] history) { }
        """);

    [Fact]
    public void A_wrong_result_does_not_make_later_steps_wrong() => Expect(
        "LOGML0105", "must give",
        """
        [WorkflowStep("dataset_create")] public static void [|Create|]() { }
        [WorkflowStep("dataset_preprocess")] public static Row[] Clean(Row[] rows) => rows;
        [WorkflowStep("model_train")] public static void Train(Row[] rows) { }
        """ + Evaluate);

    [Fact]
    public void A_type_that_does_not_exist_is_left_to_the_compiler()
    {
        var run = GeneratorRun.Of(Program("""[WorkflowStep("model_train")] public static void Train(Unheard of) { }""" + Evaluate));
        Assert.Empty(run.Diagnostics);
        Assert.Equal("CS0246", Assert.Single(run.CompilerMessages).Id);
    }
}

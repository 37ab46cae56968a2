using System.Globalization;
using LogMl.Generator.Tests.Kit;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Tests;

/// <summary>Each diagnostic: that one mistake gives it alone, where it is, and what it says.</summary>
public class DiagnosticTests
{
    private const string Evaluate = """[WorkflowStep("model_evaluate")] public static double Loss() => 1;""";

    [Fact]
    public void An_unknown_step_gets_a_suggestion() => Expect(
        "LOGML0101", "'model_trian' is not a workflow step; did you mean 'model_train'?",
        """[WorkflowStep([|"model_trian"|])] public static void Train(ITrial trial) { }""" + Evaluate);

    [Fact]
    public void An_unknown_step_that_is_near_to_nothing_gets_the_list() => Expect(
        "LOGML0101", "'x' is not a workflow step; there are: dataset_load, ",
        """[WorkflowStep([|"x"|])] public static void Train(ITrial trial) { }""" + Evaluate);

    [Fact]
    public void Control_characters_and_line_ends_that_a_source_quotes_are_shown_as_escapes() => Expect(
        "LOGML0101", @"'x\u001b[2J\nProgram.cs(1,1): error CS9999: forged\u202e' is not a workflow step",
        """[WorkflowStep([|"x\u001b[2J\nProgram.cs(1,1): error CS9999: forged\u202e"|])] public static void Train(ITrial trial) { }""" + Evaluate);

    [Fact]
    public void Two_methods_for_one_step_are_refused_at_the_second() => Expect(
        "LOGML0102", "Step 'model_train' is already 'Steps.Train1'; a step is one method",
        """
        [WorkflowStep("model_train")] public static void Train1() { }
        [WorkflowStep("model_train")] public static void [|Train2|]() { }
        """ + Evaluate);

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
    [InlineData("""[WorkflowStep("dataset_load")] public static void [|Load|]() { }""", "a data set, or null when there is nothing to load")]
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

    [Fact]
    public void A_generated_enum_that_is_gone_with_its_distribution_says_how_to_keep_it()
    {
        var run = GeneratorRun.Of(
            Program("""[WorkflowStep("model_train")] public static void Train(ModelTrainKind kind) { }""" + Evaluate), "functions:\n  model_train: { kind: relu }");

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("LOGML0111", diagnostic.Id);
        Assert.EndsWith("it is a text; to keep the enum, list its members in 'functions.types'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal("CS0246", Assert.Single(run.CompilerMessages).Id);
    }

    [Fact]
    public void Two_names_for_one_member_are_refused() => Expect(
        "LOGML0111", "its member 'Relu' would stand for 'relu' and for 're_lu'",
        """
        public enum Kind { Relu }
        [WorkflowStep("model_train")] public static void Train([|Kind kind|]) { }
        """ + Evaluate,
        "functions:\n  model_train: { kind: relu }\nhyper_parameter_optimization:\n  space:\n    model_train: { kind: ['choice', [relu, re_lu]] }");

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
    public void What_may_be_null_where_null_is_not_taken_is_a_warning(string members, string message) => Expect("LOGML0125", message, members.Contains("model_evaluate", StringComparison.Ordinal) ? members : members + Evaluate);

    [Fact]
    public void A_parameter_that_may_be_null_where_null_is_not_taken_is_a_warning() => Expect(
        "LOGML0125", "'Steps.Train' takes 'path' as 'string', but 'model_train.path' may be null; take 'string?', or give the parameter a value wherever the YAML has null",
        """[WorkflowStep("model_train")] public static void Train([|string path|]) { }""" + Evaluate,
        "functions:\n  model_train: { path: null }");

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
    public void A_share_of_the_default_split_must_be_a_number() => ExpectInYaml(
        "LOGML0111", "the share of the rows must be a number",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        "functions:\n  dataset_split:\n    [|split_test|]: much");

    [Fact]
    public void The_record_of_another_step_is_refused() => Expect(
        "LOGML0112", "'ModelCreateParameters' has the parameters of step 'model_create'; a method of step 'model_train' takes 'ModelTrainParameters'",
        """[WorkflowStep("model_train")] public static void Train([|ModelCreateParameters p|]) { }""" + Evaluate);

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
    [InlineData("""[WorkflowStep("model_create")] public static Span<int> [|Build|]() => default;""", "it returns a ref struct or a pointer")]
    [InlineData("""public class Inner<T> { [WorkflowStep("model_train")] public static void [|Train|]() { } }""", "its class 'Inner' is generic")]
    [InlineData("""extension(string text) { [WorkflowStep("model_train")] public static void [|Train|]() { } }""", "'Steps.Train' cannot be a step: it stands in an extension block")]
    [InlineData("""extension(string text) { [WorkflowStep("model_train")] public void [|Train|]() { } }""", "'Steps.Train' cannot be a step: it stands in an extension block")]
    public void A_method_of_an_unsupported_form_is_refused(string members, string reason) => Expect("LOGML0114", reason, members + Evaluate);

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
    public void A_data_set_that_cannot_be_split_is_used_whole_and_says_so() => Expect(
        "LOGML0117", "'Steps.Create' gives 'Net'",
        """[WorkflowStep("dataset_create")] public static Net [|Create|]() => new();""" + Evaluate);

    [Theory]
    [InlineData("split_validate: 0.1, [|split_test|]: 1", "it must be at least 0 and below 1")]
    [InlineData("[|split_validate|]: -0.1", "it must be at least 0 and below 1")]
    [InlineData("[|split_test|]: 0.8", "together with split_validate it leaves no rows to train on")]
    [InlineData("split_validate: 0.5, [|split_test|]: 0.5", "together with split_validate it leaves no rows to train on")]
    public void Shares_that_every_trial_would_refuse_are_refused(string shares, string reason) => ExpectInYaml(
        "LOGML0118", reason,
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        "functions:\n  dataset_split: { " + shares + " }");

    [Theory]
    [InlineData("functions:\n  dataset_split: { [|split_validate|]: 0.0 }", "'split_validate' is 0")]
    [InlineData("functions:\n  dataset_split: { [|split_validate|]: 0 }", "'split_validate' is 0")]
    [InlineData(
        "functions:\n  dataset_split: { split_validate: 0.2 }\nhyper_parameter_optimization:\n  space:\n    dataset_split: { [|split_validate|]: ['choice', [0.0, 0.2]] }",
        "'split_validate' can be 0")]
    public void An_empty_validation_part_is_a_warning_at_its_share(string yaml, string message) => ExpectInYaml(
        "LOGML0119", message + ": the loss is that of the rows that a trial is trained on",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        yaml);

    [Theory]
    [InlineData("dataset_preprocess")]
    [InlineData("dataset_augment")]
    public void An_enabled_section_without_a_method_is_a_warning_at_its_line(string section)
    {
        ExpectInYaml(
            "LOGML0120", $"'{section}' is enabled, but its settings are not used: mark a method with [WorkflowStep(\"{section}\")]", Evaluate,
            $"[|{section}|]:\n  enable: true\n  normalize: {{ standard: [x1] }}");
        GeneratorRun.Of(
            Program($$"""
                [WorkflowStep("dataset_create")] public static Row[] Create() => [];
                [WorkflowStep("{{section}}")] public static Row[] Change(Row[] rows) => rows;
                """ + Evaluate),
            $"{section}:\n  enable: true").AssertClean();
    }

    [Fact]
    public void A_share_that_the_space_makes_impossible_is_refused_in_the_space() => ExpectInYaml(
        "LOGML0118", "it must be at least 0 and below 1",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        "functions:\n  dataset_split: { split_test: 0.1 }\nhyper_parameter_optimization:\n  space:\n    dataset_split: { [|split_test|]: [uniform, 0, 1.5] }");

    [Theory]
    [InlineData("split_validation", "split_validate")]
    [InlineData("split_tests", "split_test")]
    public void A_misspelt_share_of_the_default_split_is_refused(string name, string meant) => ExpectInYaml(
        "LOGML0135", $"'{name}' is not a parameter of the default split, which takes split_validate and split_test; did you mean '{meant}'?",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        $"functions:\n  dataset_split: {{ [|{name}|]: 0.3 }}");

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
        Assert.EndsWith("; 'Models' has steps, so that the file belongs into its project", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

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

    [Fact]
    public void A_mistake_in_the_yaml_alone_is_reported_in_the_yaml() => ExpectInYaml(
        "LOGML0020", "'unifrm' is not a distribution",
        """[WorkflowStep("model_train")] public static void Train(ModelTrainParameters p) => _ = p.A + 1.0;""" + Evaluate,
        "functions:\n  model_train: { a: 0.5 }\nhyper_parameter_optimization:\n  space:\n    model_train:\n      a: [[|'unifrm'|], 0, 1]");

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

    private const string TakesRecord = """[WorkflowStep("model_train")] public static void Train(int epochs, string kind) { }""";

    private const string WithEnum =
        "dataset: { name: a }\nfunctions:\n  model_train: { epochs: 3, kind: relu }\nhyper_parameter_optimization:\n  space: { model_train: { kind: [choice, [relu, tanh]] } }";

    /// <summary>A type of the user beside the steps and the generated types.</summary>
    private static void ExpectBeside(string id, string message, string type)
    {
        var marked = MarkedCode.Find(Program(TakesRecord + Evaluate) + type)!.Value;
        Check(GeneratorRun.Of(marked.Text, WithEnum), id, message, GeneratorRun.CodePath, marked);
    }

    private static string Program(string members) => $$"""
        using LogMl;
        public sealed class Row;
        public sealed class Net;
        public static class Steps
        {
            {{members}}
        }
        """;

    private static void Expect(string id, string message, string members, string? yaml = null)
    {
        var marked = MarkedCode.Find(Program(members))!.Value;
        var run = GeneratorRun.Of(marked.Text, yaml);
        Check(run, id, message, GeneratorRun.CodePath, marked);
    }

    private static void ExpectInYaml(string id, string message, string members, string yaml)
    {
        var marked = MarkedCode.Find(yaml)!.Value;
        var run = GeneratorRun.Of(Program(members), marked.Text);
        Check(run, id, message, GeneratorRun.YamlPath, marked);
    }

    private static void Check(GeneratorRun run, string id, string message, string path, (string Text, int Start, int Length) marked)
    {
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(path, diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(new TextSpan(marked.Start, marked.Length), diagnostic.Location.SourceSpan);
        Assert.Equal(SourceText.From(marked.Text).Lines.GetLinePositionSpan(diagnostic.Location.SourceSpan), diagnostic.Location.GetLineSpan().Span);

        // One mistake is one message: the generated code compiles.
        run.AssertCompiles();
    }
}

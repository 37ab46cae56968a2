using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>What generated workflows do when they run.</summary>
public class FlowTests
{
    private const string AllSteps = """
        [WorkflowStep("model_save")] public static void Save(Net net) => Log.Add("save", 0);
        [WorkflowStep("model_predict")] public static double[] Predict(Net net, double[] x) => Log.Add("predict " + x.Length, x);
        [WorkflowStep("model_evaluate")] public static double Loss(Net net, double[] x, int[] y, string name) => Log.Add("evaluate " + name, (double)y.Length);
        [WorkflowStep("model_train")] public static void Train(Net net, double[] x, int[] y) => Log.Add("train " + x.Length, 0);
        [WorkflowStep("model_create")] public static Net Build(double[] x) => Log.Add("build", new Net());
        [WorkflowStep("dataset_save")] public static void SaveData(Row[] data, Row[] test, Row[] validate, Row[] train) =>
            Log.Add($"keep {data.Length} = {train.Length} + {validate.Length} + {test.Length}", 0);
        [WorkflowStep("dataset_inout")] public static (int[] Y, double[] X) InOut(Row[] rows, string name) =>
            Log.Add("inout " + name, (rows.Select(row => row.Id).ToArray(), rows.Select(row => (double)row.Id).ToArray()));
        [WorkflowStep("dataset_split")] public static (Row[] Test, Row[] Train, Row[] Validate) Split(Row[] rows) => Log.Add("split", (rows[..1], rows[3..], rows[1..3]));
        [WorkflowStep("dataset_augment")] public static Row[] Augment(Row[] rows) => Log.Add("augment", rows.Append(new Row(99)).ToArray());
        [WorkflowStep("dataset_preprocess")] public static Row[] Clean(Row[] rows) => Log.Add("clean", rows);
        [WorkflowStep("dataset_create")] public static Row[] Create() => Log.Add("create", Enumerable.Range(0, 9).Select(i => new Row(i)).ToArray());
        [WorkflowStep("dataset_load")] public static Row[]? Load() => Log.Add<Row[]?>("load", null);
        """;

    [Fact]
    public async Task A_trial_runs_the_steps_in_order()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps(AllSteps)).AssertClean().Load();

        var scores = await Trial.RunAsync(workflow);

        Assert.Equal(
            ["load", "create", "augment", "clean", "split", "inout train", "inout validate", "inout test", "build", "train 7", "evaluate validate"],
            CodeOf.LinesOf(workflow));
        Assert.Equal(2, scores["validate"].Loss);
    }

    [Fact]
    public async Task A_full_run_also_scores_the_other_parts_predicts_and_saves()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps(AllSteps)).Load();

        var scores = await Trial.RunAsync(workflow, isFull: true);

        Assert.Equal(
            ["load", "create", "augment", "clean", "split", "keep 10 = 7 + 2 + 1", "inout train", "inout validate", "inout test", "build",
                "train 7", "evaluate validate", "evaluate train", "evaluate test", "predict 1", "save"],
            CodeOf.LinesOf(workflow));
        Assert.Equal((7.0, 2.0, 1.0), (scores["train"].Loss, scores["validate"].Loss, scores["test"].Loss));
    }

    [Theory]
    [InlineData("Row[]", "rows", "0")]
    [InlineData("List<Row>", "rows", "0")]
    [InlineData("IReadOnlyList<Row>", "rows", "0")]
    [InlineData("ImmutableArray<Row>", "rows", "0")]
    [InlineData("Memory<Row>", "rows.ToArray()", "0")]
    [InlineData("Table", "rows.Rows", "nothing")]
    public async Task Without_a_test_part_the_data_are_saved_without_one(string type, string rows, string test)
    {
        var isTable = type == "Table";
        var mark = isTable ? "?" : "";
        var made = isTable ? "new(new Row[9])" : type == "Memory<Row>" ? "new Row[9]" : "[.. new Row[9]]";
        var workflow = GeneratorRun.Of("using System.Collections.Immutable;\n" + CodeOf.Steps($$"""
            public sealed record Table(Row[] Rows);
            [WorkflowStep("dataset_create")] public static {{type}} Create() => {{made}};
            [WorkflowStep("dataset_split")] public static ({{type}} train, {{type}} validate) Split({{type}} rows) => (rows, rows);
            [WorkflowStep("dataset_save")] public static void Keep({{type}}{{mark}} test, {{type}} train) =>
                Log.Add($"keep {Count(train)}, {Count(test)}", 0);
            static string Count({{type}}{{mark}} rows) => {{(isTable ? "rows is null ? \"nothing\" : " : "")}}{{rows}}.Count().ToString();
            [WorkflowStep("model_evaluate")] public static double Loss() => 1;
            """)).AssertClean().Load();

        await Trial.RunAsync(workflow, isFull: true);

        Assert.Equal([$"keep 9, {test}"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task An_empty_test_part_is_not_scored_and_the_validation_part_is_predicted()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static List<Row> Create() => [.. Enumerable.Range(0, 10).Select(i => new Row(i))];
            [WorkflowStep("model_predict")] public static void Predict(List<Row> rows, string name) => Log.Add($"predict {name} {rows.Count}", 0);
            [WorkflowStep("model_evaluate")] public static double Loss(List<Row> rows) => rows.Count;
            """)).AssertClean().Load();

        var scores = await Trial.RunAsync(workflow, isFull: true);

        Assert.Equal(["train", "validate"], scores.Keys.Order());
        Assert.Equal((8.0, 2.0), (scores["train"].Loss, scores["validate"].Loss));
        Assert.Equal(["predict validate 2"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task What_is_loaded_is_not_created()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_load")] public static (double[] A, int B)? Load(bool exists) => exists ? ([1, 2], 3) : null;
            [WorkflowStep("dataset_create")] public static (double[], int) Create() => ([7], 8);
            [WorkflowStep("dataset_split")] public static ((double[], int) train, (double[], int) val) Split((double[] a, int b) all) => (all, all);
            [WorkflowStep("model_evaluate")] public static double Loss((double[], int) data) => data.Item2;
            """), "functions:\n  dataset_load: { exists: true }\nhyper_parameter_optimization:\n  space:\n    dataset_load: { exists: ['choice', [true, false]] }").AssertClean().Load();

        Assert.Equal(3, (await Trial.RunAsync(workflow))["validate"].Loss);
        Assert.Equal(8, (await Trial.RunAsync(workflow, new() { ["dataset_load.exists"] = 1 }))["validate"].Loss);
    }

    [Fact]
    public async Task Nothing_loaded_and_nothing_to_create_is_an_error_that_says_so()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_load")] public static Row[]? Load() => null;
            [WorkflowStep("model_evaluate")] public static double Loss(Row[] data) => 1;
            """)).AssertClean().Load();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Trial.RunAsync(workflow));
        Assert.Equal("Steps.Load (dataset_load) gave nothing, and there is no dataset_create.", exception.Message);
    }

    [Fact]
    public async Task A_plain_function_is_tuned_by_one_step()
    {
        var run = GeneratorRun.Of(
            CodeOf.Steps("""[WorkflowStep("model_evaluate")] public static float Branin(double x, double y) => (float)(x - y);"""),
            "hyper_parameter_optimization:\n  space:\n    model_evaluate:\n      x: ['uniform', -5, 10]\n      y: ['uniform', 0, 15]");
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("LOGML0013", diagnostic.Id));
        var workflow = run.AssertCompiles().Load();

        Assert.Equal(2.5 - 7.5, (await Trial.RunAsync(workflow))["validate"].Loss);
        var scores = await Trial.RunAsync(workflow, new() { ["model_evaluate.x"] = 3, ["model_evaluate.y"] = 1 }, isFull: true);
        Assert.Equal(2, scores["validate"].Loss);
        Assert.Single(scores);
    }

    [Fact]
    public async Task What_the_training_gives_is_the_model_when_it_is_what_the_evaluation_takes()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            public sealed record Trained(double Loss);
            [WorkflowStep("model_create")] public static Net Build() => new();
            [WorkflowStep("model_train")] public static Trained Train(Net net) => new(42);
            [WorkflowStep("model_evaluate")] public static double Loss(Trained model) => model.Loss;
            """)).AssertClean().Load();
        Assert.Equal(42, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Fact]
    public async Task What_the_training_gives_is_the_model_also_when_the_evaluation_asks_for_the_name_of_the_part()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            public sealed record Trained(double Loss);
            [WorkflowStep("dataset_create")] public static int[] Create() => [1, 2, 3, 4, 5];
            [WorkflowStep("model_create")] public static Net Build() => new();
            [WorkflowStep("model_train")] public static Trained Train(Net net) => new(42);
            [WorkflowStep("model_evaluate")] public static double Loss(Trained model, string part) => model.Loss + part.Length;
            """)).AssertClean().Load();
        Assert.Equal(42 + "validate".Length, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Fact]
    public async Task What_the_training_gives_is_ignored_when_the_evaluation_takes_the_created_model()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("model_create")] public static Net Build() => new() { Weight = 5 };
            [WorkflowStep("model_train")] public static double[] Train(Net net) => [1, 2, 3];
            [WorkflowStep("model_evaluate")] public static double Loss(Net model) => model.Weight;
            """)).AssertClean().Load();
        Assert.Equal(5, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Fact]
    public async Task A_training_that_gives_the_same_type_gives_the_model()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("model_create")] public static double[] Build() => [1];
            [WorkflowStep("model_train")] public static double[] Train(double[] weights) => [weights[0] + 1];
            [WorkflowStep("model_evaluate")] public static double Loss(double[] weights) => weights[0];
            """)).AssertClean().Load();
        Assert.Equal(2, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Theory]
    [InlineData("public sealed record Scores(double Accuracy, float Loss, int F1Score, string Text, decimal AUC);", "Scores", "new(0.5, 2, 3, \"\", 4)")]
    [InlineData("", "(decimal Accuracy, double loss, byte F1Score, string Text, long AUC)", "(0.5m, 2, 3, \"\", 4)")]
    [InlineData(
        "public class Base { public double Accuracy => 0.5; public double Loss => 2; } public sealed class Scores : Base { public int F1Score => 3; public double AUC => 4; }",
        "Scores", "new()")]
    public async Task A_record_of_metrics_gives_the_loss_and_the_other_numbers(string type, string name, string value)
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps(
            $$"""{{type}} [WorkflowStep("model_evaluate")] public static {{name}} Evaluate() => {{value}};""")).AssertClean().Load();

        var scores = (await Trial.RunAsync(workflow))["validate"];

        Assert.Equal(2, scores.Loss);
        Assert.Equal(
            [("accuracy", 0.5), ("auc", 4), ("f1_score", 3)], scores.Metrics.OrderBy(metric => metric.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Steps_of_one_class_share_an_instance_that_lives_for_one_run()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            public sealed class Stateful : IDisposable
            {
                private double _sum;
                [WorkflowStep("model_create")] public Net Build() => new() { Weight = ++_sum };
                [WorkflowStep("model_evaluate")] internal async Task<double> Loss(Net net) { await Task.Yield(); return net.Weight + ++_sum; }
                public void Dispose() => Log.Add("disposed", 0);
            }
            """)).AssertClean().Load();

        Assert.Equal(3, (await Trial.RunAsync(workflow))["validate"].Loss);
        Assert.Equal(3, (await Trial.RunAsync(workflow))["validate"].Loss);
        Assert.Equal(["disposed", "disposed"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task Asynchronous_steps_are_awaited()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static async Task<Row[]> Create() { await Task.Delay(1); return [new(1), new(2)]; }
            [WorkflowStep("dataset_split")] public static ValueTask<(Row[] train, Row[] validate)> Split(Row[] rows) => new((rows, rows));
            [WorkflowStep("dataset_inout")] public static async ValueTask<(double[] x, double[] y)> InOut(Row[] rows) { await Task.Yield(); return ([1], [2]); }
            [WorkflowStep("model_create")] public static ValueTask<Net> Build() => new(new Net());
            [WorkflowStep("model_train")] public static async Task Train(Net net, double[] x) { await Task.Delay(1); net.Weight = 11; }
            [WorkflowStep("model_evaluate")] public static Task<double> Loss(Net net, double[] y) => Task.FromResult(net.Weight + y[0]);
            [WorkflowStep("model_save")] public static async ValueTask Save(Net net) { await Task.Yield(); Log.Add("saved", 0); }
            """)).AssertClean().Load();

        Assert.Equal(13, (await Trial.RunAsync(workflow, isFull: true))["validate"].Loss);
        Assert.Equal(["saved"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task A_disabled_step_is_left_out()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static int[] Create() => [1, 2, 3, 4, 5];
            [WorkflowStep("dataset_augment")] public static int[] Augment(int[] data) => [.. data, .. data];
            [WorkflowStep("model_evaluate")] public static double Loss(int[] data) => data.Length;
            """), "functions:\n  dataset_augment: { enable: false }\n  dataset_split: { enable: false }").AssertClean().Load();
        Assert.Equal(5, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Fact]
    public async Task A_read_only_list_is_split_into_arrays_by_the_shares_of_the_yaml()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static IReadOnlyList<Row> Create() => [.. Enumerable.Range(0, 10).Select(i => new Row(i))];
            [WorkflowStep("model_evaluate")] public static double Loss(IEnumerable<Row> data) => data.Count();
            """), "functions:\n  dataset_split: { split_validate: 0.5, split_test: 0.1 }").AssertClean().Load();
        var scores = await Trial.RunAsync(workflow, isFull: true);
        Assert.Equal((4.0, 5.0, 1.0), (scores["train"].Loss, scores["validate"].Loss, scores["test"].Loss));
    }

    [Fact]
    public async Task The_training_may_take_the_validation_part_by_its_name()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static int[] Create() => [1, 2, 3, 4, 5];
            [WorkflowStep("model_train")] public static Net Train(int[] rows, int[] validate) => new() { Weight = rows.Length * 10 + validate.Length };
            [WorkflowStep("model_evaluate")] public static double Loss(Net net) => net.Weight;
            """)).AssertClean().Load();
        Assert.Equal(41, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Fact]
    public async Task A_step_that_is_stopped_does_not_go_on()
    {
        using var stop = new CancellationTokenSource();
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("model_evaluate")] public static double Loss(CancellationToken stop) => Log.Add("ran " + stop.CanBeCanceled, 1.0);
            """)).AssertClean().Load();

        await Trial.RunAsync(workflow, trial: new Trial { CancellationToken = stop.Token });
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Trial.RunAsync(workflow, trial: new Trial { CancellationToken = stop.Token }));

        Assert.Equal(["ran True"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public void The_host_learns_which_steps_are_switched_off_and_what_the_sections_set()
    {
        // A step that nothing would run, or that no trial runs, changes no result.
        const string Yaml = """
            functions:
              dataset_preprocess: { enable: false, scale: 2.0 }
              dataset_augment: { enable: false }
              dataset_split: { enable: false }
              model_save: { enable: false }
            dataset: { path: a.csv, sizes: [1, 2] }
            model: { width: 3 }
            """;
        using var manifest = System.Text.Json.JsonDocument.Parse(GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static int[] Create() => [1, 2, 3];
            [WorkflowStep("dataset_preprocess")] public static int[] Scale(int[] data, double scale) => data;
            [WorkflowStep("model_create")] public static string Make(int[] train) => "";
            [WorkflowStep("model_save")] public static void Save(string model) { }
            [WorkflowStep("model_evaluate")] public static double Loss(string model, int[] data) => data[0];
            """), Yaml).Load().Manifest);
        Assert.Equal("""["dataset_preprocess","dataset_split"]""", manifest.RootElement.GetProperty("disabled").GetRawText());
        Assert.Equal(
            """{"dataset":{"path":"a.csv","sizes":[1,2]},"model":{"width":3}}""",
            manifest.RootElement.GetProperty("settings").GetRawText());
    }

    [Fact]
    public void The_methods_alone_make_a_workflow() =>
        Assert.Contains(
            "\"optimization\":null,\"space\":{\"params\":[]},\"defaults\":{},\"final_run\":false",
            GeneratorRun.Of(CodeOf.Steps("""[WorkflowStep("model_evaluate")] public static double Loss() => 1;"""))
                .AssertClean()
                .Load().Manifest,
            StringComparison.Ordinal);

    [Fact]
    public void The_yaml_alone_makes_the_parameter_records()
    {
        var run = GeneratorRun.Of("", "functions:\n  model_train: { epochs: 3 }\nhyper_parameter_optimization:\n  max_evals: 7")
            .AssertClean();
        Assert.Equal(
            ["LogMl.Parameters.Load.g.cs", "LogMl.Parameters.g.cs", "LogMl.Parameters.model_train.g.cs"],
            run.Files.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_project_without_yaml_and_methods_gets_nothing() => Assert.Empty(GeneratorRun.Of("").AssertClean().Files);
}

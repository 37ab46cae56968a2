using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>
/// What holds for each step of the table: it can be switched off, be an instance method or asynchronous, and take services, parameters and
/// settings. The programs run.
/// </summary>
public class EveryStepTests
{
    private const string Settings = "dataset: { dataset_name: flowers }\nmodel: { model_name: net }\n";

    /// <summary>
    /// All steps, where each can do without any other: x and y are rows, the training makes the model that model_create has not made, and
    /// the data are loaded when they are not created.
    /// </summary>
    private const string Steps = """
        [WorkflowStep("dataset_load")] public static Row[]? Load(bool exists) => Log.Add("load", exists ? new Row[10] : null);
        [WorkflowStep("dataset_create")] public static Row[] Create() => Log.Add("create", new Row[10]);
        [WorkflowStep("dataset_augment")] public static Row[] Augment(Row[] rows) => Log.Add("augment", rows);
        [WorkflowStep("dataset_preprocess")] public static Row[] Clean(Row[] rows) => Log.Add("preprocess", rows);
        [WorkflowStep("dataset_split")] public static (Row[], Row[], Row[]) Split(Row[] rows) => Log.Add("split", (rows[..6], rows[6..9], rows[9..]));
        [WorkflowStep("dataset_inout")] public static (Row[] x, Row[] y) InOut(Row[] rows, string name) => Log.Add("inout " + name, (rows, rows));
        [WorkflowStep("dataset_save")] public static void Keep(Row[] data, Row[] train) => Log.Add($"keep {data.Length} {train.Length}", 0);
        [WorkflowStep("model_create")] public static Net Build(Row[] x) => Log.Add("build", new Net());
        [WorkflowStep("model_train")] public static Net Train(Row[] x, Net? model = null) => Log.Add("train", model ?? new Net());
        [WorkflowStep("model_evaluate")] public static double Loss(Net net, Row[] x, string name) => Log.Add("evaluate " + name, (double)x.Length);
        [WorkflowStep("model_predict")] public static double Predict(Net net, Row[] x, string name) => Log.Add("predict " + name, 1.0);
        [WorkflowStep("model_save")] public static void Save(Net net) => Log.Add("save", 0);
        [WorkflowStep("trial_finished")] public static void Tell(FinishedTrial trial) => Log.Add($"tell {trial.Number}", 0);
        """;

    private const string All =
        "load, create, augment, preprocess, split, keep 10 6, inout train, inout validate, inout test, build, train, evaluate validate, "
        + "evaluate train, evaluate test, predict test, save, tell 3";

    private const string Whole =
        "load, create, augment, preprocess, keep 10 10, inout train, inout validate, build, train, evaluate validate, predict validate, save, tell 3";

    [Theory]
    [InlineData("", All)]
    [InlineData("dataset_load", "create")]
    [InlineData("dataset_create", "load")]
    [InlineData("dataset_augment", "augment")]
    [InlineData("dataset_preprocess", "preprocess")]
    [InlineData("dataset_split", Whole)]
    [InlineData("dataset_inout", "inout")]
    [InlineData("dataset_save", "keep")]
    [InlineData("model_create", "build")]
    [InlineData("model_train", "train")]
    [InlineData("model_evaluate", "evaluate")]
    [InlineData("model_predict", "predict")]
    [InlineData("model_save", "save")]
    [InlineData("trial_finished", "tell")]
    public async Task A_step_can_be_switched_off(string step, string difference)
    {
        var exists = step == "dataset_create" ? "true" : "false";
        var yaml = $"functions:\n  dataset_load: {{ exists: {exists}{(step == "dataset_load" ? ", enable: false" : "")} }}\n"
            + (step is "" or "dataset_load" ? "" : $"  {step}: {{ enable: false }}\n");
        var workflow = GeneratorRun.Of(CodeOf.Steps(Steps), yaml).AssertClean().Load();

        var scores = await Trial.RunAsync(workflow, isFull: true);
        await Trial.FinishAsync(workflow, [], Trial.Finished);

        // The difference is the whole list, or the first word of the lines that are missing; without dataset_load, dataset_create remains.
        var missing = step == "dataset_load" ? "load" : step == "dataset_create" ? "create" : difference;
        var expected = difference.Contains(',', StringComparison.Ordinal)
            ? difference.Split(", ")
            : All.Split(", ").Where(line => line.Split(' ')[0] != missing);
        Assert.Equal(expected, CodeOf.LinesOf(workflow));
        Assert.Equal(
            step switch { "model_evaluate" => [], "dataset_split" => ["validate"], _ => new[] { "test", "train", "validate" } },
            scores.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("static", "sync")]
    [InlineData("static", "Task")]
    [InlineData("static", "ValueTask")]
    [InlineData("instance", "sync")]
    [InlineData("instance", "Task")]
    [InlineData("instance", "ValueTask")]
    public async Task A_step_has_any_form_and_gets_services_parameters_and_settings(string owner, string form)
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps($$"""
                public {{(owner == "static" ? "static" : "sealed")}} class Inner
                {
                    {{string.Join("\n", LogMl.Configuration.Model.StepTable.All.Select(step => Method(step.Name, owner, form)))}}
                }
                """),
            Settings + "functions:\n"
                + string.Concat(LogMl.Configuration.Model.StepTable.Names.Select((step, i) => $"  {step}: {{ number: {i} }}\n")))
            .AssertClean().Load();

        await Trial.RunAsync(workflow, isFull: true);
        await Trial.FinishAsync(workflow, [], Trial.Finished);

        // Two parts for dataset_inout and the evaluation, because the split gives no test part.
        Assert.Equal(
            [
                "dataset_load 0", "dataset_create 1", "dataset_augment 2", "dataset_preprocess 3", "dataset_split 4", "dataset_save 6",
                "dataset_inout 5", "dataset_inout 5", "model_create 7", "model_train 8", "model_evaluate 9", "model_evaluate 9",
                "model_predict 10", "model_save 11", "trial_finished 12",
            ],
            CodeOf.LinesOf(workflow));
    }

    /// <summary>A method that takes whatever a step can, and says which step it is when all of it is as it should be.</summary>
    private static string Method(string step, string owner, string form)
    {
        var pascal = LogMl.Configuration.Model.CSharpNames.ToPascalCase(step)!;
        var (type, value, data) = step switch
        {
            "dataset_load" => ("Row[]?", "(Row[]?)null", ""),
            "dataset_create" => ("Row[]", "new Row[10]", ""),
            "dataset_augment" or "dataset_preprocess" => ("Row[]", "data", "Row[] data, "),
            "dataset_split" => ("(Row[] train, Row[] validate)", "(data[..8], data[8..])", "Row[] data, "),
            "dataset_inout" => ("(Row[] x, int[] y)", "(data, new int[data.Length])", "Row[] data, "),
            "dataset_save" => ("int", "0", "Row[] data, Row[] train, Row[] validate, "),
            "model_create" => ("Net", "new Net()", "Row[] x, int[] y, Row[] train, Row[] validate, "),
            "model_train" => ("Net", "net", "Net net, Row[] x, int[] y, int[] validateY, "),
            "model_evaluate" => ("double", "1.0", "Net net, Row[] x, int[] y, string name, "),
            "model_predict" => ("double[]", "new double[1]", "Net net, Row[] x, string part, "),
            "trial_finished" => ("", "0", "FinishedTrial ended, IStudy study, "),
            _ => ("int", "0", "Net net, "),
        };
        var result = (form, type) switch
        {
            ("sync", "") => "void",
            ("sync", _) => type,
            (_, "") => "async " + form,
            _ => $"async {form}<{type}>",
        };
        var (trial, isTrialRight) = type.Length == 0
            ? ("", "ended.Number == 3 && study.Planned == 10")
            : ("ITrial trial, ", "trial.Seed == 7");
        var pause = form == "sync" ? "" : "await Task.Yield();";
        return $$"""
            [WorkflowStep("{{step}}")] public {{(owner == "static" ? "static" : "")}} {{result}} Do{{pascal}}(
                {{data}}{{pascal}}Parameters p, int number, WorkflowParameters all, {{trial}}CancellationToken stop, Random random,
                Microsoft.Extensions.Logging.ILogger log, Microsoft.Extensions.Logging.ILogger<Net> typed, int other = 5)
            {
                {{pause}}
                var isRight = p.Number == number && all.{{pascal}}.Number == number && {{isTrialRight}} && !stop.IsCancellationRequested
                    && random is not null && log is not null && typed is not null && other == 5
                    && DatasetSettings.DatasetName == "flowers" && ModelSettings.ModelName == "net";
                {{(type.Length == 0 ? "" : "return ")}}Log.Add("{{step}} " + (isRight ? number : "wrong"), {{value}});
            }
            """;
    }
}

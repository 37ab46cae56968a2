using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>Which stages of the data set run again in a later trial.</summary>
public class StageCacheTests
{
    private const string Yaml = """
        functions:
          dataset_create: { rows: 10 }
          dataset_preprocess: { scale: 1.0 }
          model_train: { epochs: 1 }
        hyper_parameter_optimization:
          space:
            dataset_preprocess: { scale: ['uniform', 0, 1] }
            model_train: { epochs: ['uniformint', 1, 9] }
        """;

    private const string Steps = """
        [WorkflowStep("dataset_create"CREATE_OPTIONS)] public static double[] Create(int rows, Random randomCREATE_PARAMETER) =>
            Log.Add("create", Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray());
        [WorkflowStep("dataset_preprocess"PREPROCESS_OPTIONS)] public static double[] Scale(double[] rows, double scale) =>
            Log.Add("preprocess", rows.Select(row => row * scale).ToArray());
        [WorkflowStep("model_train")] public static void Train(int epochs) { }
        [WorkflowStep("model_evaluate")] public static double Loss(double[] rows) => rows.Sum();
        """;

    [Fact]
    public async Task Only_the_stages_whose_parameters_changed_run_again() => Assert.Equal(
        ["create", "preprocess", "preprocess"], await LinesOfThreeTrials(createOptions: "", preprocessOptions: ""));

    [Fact]
    public async Task A_stage_that_opts_out_runs_in_every_trial() => Assert.Equal(
        ["create", "preprocess", "preprocess", "preprocess"], await LinesOfThreeTrials(createOptions: "", preprocessOptions: ", Cache = false"));

    [Fact]
    public async Task What_follows_a_stage_that_opts_out_runs_in_every_trial() => Assert.Equal(
        ["create", "preprocess", "create", "preprocess", "create", "preprocess"],
        await LinesOfThreeTrials(createOptions: ", Cache = false", preprocessOptions: ""));

    [Fact]
    public async Task A_stage_that_takes_the_trial_runs_in_every_trial() => Assert.Equal(
        ["create", "preprocess", "create", "preprocess", "create", "preprocess"],
        await LinesOfThreeTrials(createOptions: "", preprocessOptions: "", createParameter: ", ITrial trial"));

    [Fact]
    public async Task All_parameters_of_the_workflow_count_for_a_stage_that_takes_them_all()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps(
            Steps.Replace("CREATE_OPTIONS", "", StringComparison.Ordinal).Replace("PREPROCESS_OPTIONS", "", StringComparison.Ordinal)
                .Replace("CREATE_PARAMETER", ", WorkflowParameters all", StringComparison.Ordinal)), Yaml).AssertClean().Load();
        var cache = new StageCache();
        await Trial.RunAsync(workflow, new() { ["model_train.epochs"] = 1 }, cache: cache);
        await Trial.RunAsync(workflow, new() { ["model_train.epochs"] = 2 }, cache: cache);
        Assert.Equal(["create", "preprocess", "create", "preprocess"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task A_cached_stage_gives_what_the_trial_would_have_computed()
    {
        var cached = await ScoresOf(createOptions: "");
        var computed = await ScoresOf(createOptions: ", Cache = false");
        Assert.Equal(computed, cached);
    }

    private static async Task<IReadOnlyList<string>> LinesOfThreeTrials(
        string createOptions, string preprocessOptions, string createParameter = "")
    {
        var workflow = WorkflowOf(createOptions, preprocessOptions, createParameter);
        var cache = new StageCache();
        await Trial.RunAsync(workflow, new() { ["dataset_preprocess.scale"] = 0.5, ["model_train.epochs"] = 1 }, cache: cache);
        await Trial.RunAsync(workflow, new() { ["dataset_preprocess.scale"] = 0.5, ["model_train.epochs"] = 2 }, cache: cache);
        await Trial.RunAsync(workflow, new() { ["dataset_preprocess.scale"] = 0.7, ["model_train.epochs"] = 2 }, cache: cache);
        return CodeOf.LinesOf(workflow);
    }

    private static async Task<IReadOnlyList<double>> ScoresOf(string createOptions)
    {
        var workflow = WorkflowOf(createOptions, preprocessOptions: "");
        var cache = new StageCache();
        var losses = new List<double>();
        foreach (var scale in new[] { 0.5, 0.7, 0.5 })
        {
            var scores = await Trial.RunAsync(workflow, new() { ["dataset_preprocess.scale"] = scale }, cache: cache);
            losses.Add(scores["validate"].Loss!.Value);
        }

        return losses;
    }

    private static Workflow WorkflowOf(string createOptions, string preprocessOptions, string createParameter = "") =>
        GeneratorRun.Of(
            CodeOf.Steps(Steps.Replace("CREATE_OPTIONS", createOptions, StringComparison.Ordinal)
                .Replace("PREPROCESS_OPTIONS", preprocessOptions, StringComparison.Ordinal)
                .Replace("CREATE_PARAMETER", createParameter, StringComparison.Ordinal)),
            Yaml).AssertClean().Load();
}

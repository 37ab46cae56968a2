using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>Objectives and constraints name numbers that model_evaluate gives.</summary>
public sealed class GoalDiagnosticTests
{
    private const string Search = "hyper_parameter_optimization:\n  ";

    private const string Metrics = """
        public sealed record Scores(double F1Score, long ModelBytes, string Note) { public float LatencyMs => 3; }
        [WorkflowStep("model_evaluate")] public static Scores Evaluate() => new(0.5, 1024, "");
        """;

    private const string Choices = "There are: f1_score, model_bytes, latency_ms";

    [Theory]
    [InlineData("objectives: {[|f1score|]: maximize}",
        "'f1score' is no number that 'Steps.Evaluate' gives; did you mean 'f1_score'? " + Choices)]
    [InlineData("objectives: {f1_score: maximize, [|loss|]: minimize}", "'loss' is no number that 'Steps.Evaluate' gives; there are: f1_score, model_bytes, latency_ms")]
    [InlineData("objectives: {f1_score: maximize, [|note|]: minimize}", "'note' is no number that")]
    [InlineData("objectives: {f1_score: maximize}\n  constraints: {[|latency|]: '<= 20'}",
        "'latency' is no number that 'Steps.Evaluate' gives")]
    public void A_name_that_is_no_score_is_told_at_its_place_with_those_that_are(string yaml, string message) =>
        OneDiagnostic.ExpectInYaml("LOGML0150", message, Metrics, Search + yaml + "\n");

    [Theory]
    [InlineData("public sealed record Scores(double Loss, double? Auc);", "new(1, 2)")]
    [InlineData("", "(1, 2)")]
    public void A_score_that_may_be_null_is_told_to_be_one(string type, string value)
    {
        var result = type.Length == 0 ? "(double Loss, float? Auc)" : "Scores";
        OneDiagnostic.ExpectInYaml(
            "LOGML0150",
            "'auc' is no number that 'Steps.Evaluate' gives: 'Auc' may be null, and a score is a number in every trial; "
            + "give it a type without '?'",
            type + $"[WorkflowStep(\"model_evaluate\")] public static {result} Evaluate() => {value};",
            Search + "objectives: {[|auc|]: maximize}\n");
    }

    [Fact]
    public void A_constraint_on_a_deviation_of_one_fold_is_an_error() => OneDiagnostic.ExpectInYaml(
        "LOGML0150",
        "'loss_std' is no number that 'Steps.Loss' gives: ShuffleSplit makes one fold, and a standard deviation needs two",
        """
        [WorkflowStep("dataset_create")] public static int[] Create() => [];
        [WorkflowStep("model_evaluate")] public static double Loss(int[] data) => 1;
        """,
        "cross_validation: { ShuffleSplit: { n_splits: 1 } }\n" + Search + "constraints: {[|loss_std|]: '<= 0.1'}\n");

    [Fact]
    public void A_number_alone_is_the_loss() => OneDiagnostic.ExpectInYaml(
        "LOGML0150", "'f1_score' is no number that 'Steps.Loss' gives; there are: loss", OneDiagnostic.Evaluate,
        Search + "objectives: {[|f1_score|]: maximize}\n");

    [Fact]
    public void With_cross_validation_a_constraint_may_name_a_deviation_over_the_folds_and_an_objective_may_not()
    {
        const string Data = """[WorkflowStep("dataset_create")] public static int[] Create() => [];""";
        const string Folds = "cross_validation: { KFold: { n_splits: 4 } }\n" + Search + "objectives: {f1_score: maximize}\n  ";
        var metrics = Data + Metrics.Replace("Evaluate()", "Evaluate(int[] data)", StringComparison.Ordinal);
        GeneratorRun.Of(OneDiagnostic.Program(metrics), Folds + "constraints: {f1_score_std: '<= 0.1'}\n").AssertClean();
        OneDiagnostic.ExpectInYaml(
            "LOGML0150", "'loss_std' is no number that 'Steps.Evaluate' gives; there are: f1_score, model_bytes, latency_ms, f1_score_std",
            metrics, Folds + "constraints: {[|loss_std|]: '<= 0.1'}\n");
        OneDiagnostic.ExpectInYaml(
            "LOGML0150", "'f1_score_std' is no number that 'Steps.Evaluate' gives; did you mean 'f1_score'? " + Choices,
            metrics, Folds.Replace("{f1", "{[|f1_score_std|]: minimize, f1", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_objectives_a_result_without_a_loss_is_an_error_at_its_method() => OneDiagnostic.Expect(
        "LOGML0105", "step 'model_evaluate' must give", Metrics.Replace("Evaluate()", "[|Evaluate|]()", StringComparison.Ordinal),
        Search + "constraints: {latency_ms: '<= 20'}\n");

    [Fact]
    public async Task With_objectives_the_result_needs_no_loss_and_the_manifest_has_the_goals()
    {
        var run = GeneratorRun.Of(
            OneDiagnostic.Program(Metrics),
            Search + "objectives: {f1_score: maximize, model_bytes: minimize}\n  constraints: {latency_ms: '<=20'}\n");
        run.AssertClean();
        var workflow = run.Load();
        Assert.Contains(
            "\"objectives\":{\"f1_score\":\"maximize\",\"model_bytes\":\"minimize\"},\"constraints\":{\"latency_ms\":\"<= 20\"}",
            workflow.Manifest, StringComparison.Ordinal);
        var scores = await Trial.RunAsync(workflow);
        Assert.Equal(
            ["f1_score 0.5", "model_bytes 1024", "latency_ms 3"],
            scores["validate"].Figures.Select(figure => FormattableString.Invariant($"{figure.Key} {figure.Value}")));
    }
}

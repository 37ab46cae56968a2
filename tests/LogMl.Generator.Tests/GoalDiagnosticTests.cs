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

    [Fact]
    public void A_number_alone_is_the_loss() => OneDiagnostic.ExpectInYaml(
        "LOGML0150", "'f1_score' is no number that 'Steps.Loss' gives; there are: loss", OneDiagnostic.Evaluate,
        Search + "objectives: {[|f1_score|]: maximize}\n");

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

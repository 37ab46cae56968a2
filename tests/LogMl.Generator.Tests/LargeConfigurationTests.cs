using System.Globalization;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>What the YAML may hold, the compiler can compile, in time and memory that grow with it and not with its square.</summary>
public class LargeConfigurationTests
{
    private const int Options = 2_000;

    private static readonly string Choice =
        "functions: { model_evaluate: { kind: o0x } }\nhyper_parameter_optimization:\n  space: { model_evaluate: { kind: [choice, ["
        + string.Join(", ", Enumerable.Range(0, Options).Select(i => "o" + i.ToString(CultureInfo.InvariantCulture) + "x")) + "]] } }";

    [Fact]
    public async Task A_choice_of_thousands_of_names_gives_each_of_them()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps(
                """[WorkflowStep("model_evaluate")] public static double Loss(string kind) => double.Parse(kind[1..^1]);"""), Choice)
                .Load();

        foreach (var index in new[] { 0, 1, Options - 1 })
        {
            var scores = await Trial.RunAsync(workflow, new Dictionary<string, double> { ["model_evaluate.kind"] = index });
            Assert.Equal(index, scores["validate"].Loss);
        }
    }

    [Fact]
    public void A_choice_is_compiled_without_a_switch_over_its_options()
    {
        var run =
            GeneratorRun.Of(CodeOf.Steps("""[WorkflowStep("model_evaluate")] public static double Loss(string kind) => 1;"""), Choice);

        Assert.DoesNotContain(" switch ", run.Files["LogMl.Workflow.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dataset: { LONG: 1 }")]
    [InlineData("functions: { model_evaluate: { kind: relu } }\nhyper_parameter_optimization: { space: { model_evaluate: { kind: [choice, [relu, LONG]] } } }")]
    public void A_name_that_no_assembly_has_room_for_is_no_name_in_it(string yaml)
    {
        var run = GeneratorRun.Of(
            CodeOf.Steps("""[WorkflowStep("model_evaluate")] public static double Loss(ITrial trial) => 1;"""),
            yaml.Replace("LONG", new string('a', 1_030), StringComparison.Ordinal));

        run.LoadAssembly();
    }
}

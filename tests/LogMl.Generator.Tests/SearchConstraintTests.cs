using LogMl.Generator.Tests.Kit;
using LogMl.Runtime;
using static LogMl.Generator.Tests.Kit.OneDiagnostic;

namespace LogMl.Generator.Tests;

/// <summary>Methods that tell whether a point of the search space may be tried.</summary>
public class SearchConstraintTests
{
    private const string Steps = """
        [WorkflowStep("model_create")] public static Net Create(int width) => new();
        [WorkflowStep("model_train")] public static void Train(Net net, ModelTrainParameters p) { }
        [WorkflowStep("model_evaluate")] public static double Loss() => 1;
        """;

    private const string Yaml = """
        functions:
          model_create: { width: 2 }
          model_train: { leaves: 10, min_leaf: 3, kind: gini }
        hyper_parameter_optimization:
          space:
            model_create:
              width: ['randint', 9]
            model_train:
              leaves: ['uniformint', 2, 64]
              kind: ['choice', ['gini', 'entropy']]
        """;

    [Fact]
    public void Predicates_over_one_record_several_or_all_get_the_values_of_the_point_or_the_defaults()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps(Steps + """

                [SearchConstraint] internal static bool Fits(ModelTrainParameters p) => p.Leaves * p.MinLeaf < 30;
                [SearchConstraint] public static bool Both(in ModelCreateParameters model, ModelTrainParameters p) => model.Width <= p.Leaves;
                public static class Rules
                {
                    [SearchConstraint] public static bool @params(WorkflowParameters all) => all.ModelTrain.Kind == ModelTrainKind.Gini;
                }
                """),
            Yaml).AssertClean().Load();

        Assert.Equal(["Rules.params", "Steps.Both", "Steps.Fits"], workflow.SearchConstraints.Select(constraint => constraint.Name).Order());
        Assert.Contains("\"search_constraints\":[", workflow.Manifest, StringComparison.Ordinal);
        Assert.Equal(["Steps.Fits"], Refusing());
        Assert.Equal([], Refusing(("model_train.leaves", 9)));
        Assert.Equal(["Rules.params", "Steps.Both"], Refusing(("model_train.leaves", 2), ("model_create.width", 3), ("model_train.kind", 1)));

        IEnumerable<string> Refusing(params (string Name, double Value)[] values)
        {
            var point = new ParameterValues(values.ToDictionary(value => value.Name, value => value.Value));
            return workflow.SearchConstraints.Where(constraint => !constraint.IsAllowed(point)).Select(constraint => constraint.Name).Order();
        }
    }

    [Fact]
    public void A_workflow_without_predicates_is_as_before()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps(Steps), Yaml).AssertClean().Load();
        Assert.Empty(workflow.SearchConstraints);
        Assert.DoesNotContain("search_constraints", workflow.Manifest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public bool [|Fits|](ModelTrainParameters p) => true;", "it must be static")]
    [InlineData("public static int [|Fits|](ModelTrainParameters p) => 1;", "it must return bool")]
    [InlineData("public static bool? [|Fits|](ModelTrainParameters p) => null;", "it must return bool")]
    [InlineData("public static void [|Fits|](ModelTrainParameters p) { }", "it must return bool")]
    [InlineData("public static Task<bool> [|Fits|](ModelTrainParameters p) => Task.FromResult(true);", "it must give a bool at once")]
    [InlineData("public static bool [|Fits|]() => true;", "it takes no parameters")]
    [InlineData("private static bool [|Fits|](ModelTrainParameters p) => true;", "it must be internal or public")]
    [InlineData("public static bool [|Fits|]<T>(ModelTrainParameters p) => true;", "it is generic")]
    [InlineData("public static bool Fits(ModelTrainParameters p, [|int leaves|]) => true;", "'leaves' is of type 'int'; it takes records of parameters only")]
    [InlineData("public static bool Fits([|ModelTrainParameters[] p|]) => true;", "'p' is of type 'ModelTrainParameters[]'")]
    [InlineData("public static bool Fits([|ref ModelTrainParameters p|]) => true;", "parameter 'p' is passed by reference")]
    public void A_method_that_cannot_be_asked_is_one_error(string method, string expected) =>
        Expect("LOGML0155", expected, method.Contains("public bool", StringComparison.Ordinal)
            ? Steps + "} public sealed class Other { [SearchConstraint] " + method
            : Steps + "[SearchConstraint] " + method, Yaml);

    [Fact]
    public void Two_of_one_name_are_an_error() => Expect(
        "LOGML0155", "another one has this name",
        Steps + """
            [SearchConstraint] public static bool Fits(ModelCreateParameters p) => true;
            [SearchConstraint] public static bool [|Fits|](ModelTrainParameters p) => true;
            """,
        Yaml);

    [Fact]
    public void A_predicate_over_parameters_that_are_not_searched_is_a_warning() => Expect(
        "LOGML0156", "'Steps.Fits' allows every point of the search or none: no parameter of 'DatasetSplitParameters' is in the search space",
        Steps + "[SearchConstraint] public static bool [|Fits|](DatasetSplitParameters p) => true;",
        Yaml);

    [Fact]
    public void A_public_predicate_makes_the_records_public() => GeneratorRun.Of(
        CodeOf.Steps(Steps.Replace("public static", "internal static", StringComparison.Ordinal)
            + "[SearchConstraint] public static bool Fits(ModelTrainParameters p) => true;"),
        Yaml).AssertClean();
}

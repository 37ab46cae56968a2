using LogMl.Generator.Tests.Kit;
using LogMl.Runtime;

namespace LogMl.Generator.Tests;

/// <summary>Methods that tell whether a point of the search space may be tried.</summary>
public class SearchConstraintTests
{
    internal const string Steps = """
        [WorkflowStep("model_create")] public static Net Create(int width) => new();
        [WorkflowStep("model_train")] public static void Train(Net net, ModelTrainParameters p) { }
        [WorkflowStep("model_evaluate")] public static double Loss() => 1;
        """;

    internal const string Yaml = """
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

        Assert.Equal(
            ["Rules.params", "Steps.Both", "Steps.Fits"],
            workflow.SearchConstraints.Select(constraint => constraint.Name).Order());
        Assert.Contains("\"search_constraints\":[", workflow.Manifest, StringComparison.Ordinal);
        Assert.Equal(["Steps.Fits"], Refusing());
        Assert.Equal([], Refusing(("model_train.leaves", 9)));
        Assert.Equal(
            ["Rules.params", "Steps.Both"],
            Refusing(("model_train.leaves", 2), ("model_create.width", 3), ("model_train.kind", 1)));

        IEnumerable<string> Refusing(params (string Name, double Value)[] values)
        {
            var point = new ParameterValues(values.ToDictionary(value => value.Name, value => value.Value));
            return workflow.SearchConstraints.Where(constraint => !constraint.IsAllowed(point))
                .Select(constraint => constraint.Name)
                .Order();
        }
    }

    [Fact]
    public void A_workflow_without_predicates_is_as_before()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps(Steps), Yaml).AssertClean().Load();
        Assert.Empty(workflow.SearchConstraints);
        Assert.DoesNotContain("search_constraints", workflow.Manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_predicate_makes_the_records_public() => GeneratorRun.Of(
        CodeOf.Steps(Steps.Replace("public static", "internal static", StringComparison.Ordinal)
            + "[SearchConstraint] public static bool Fits(ModelTrainParameters p) => true;"),
        Yaml).AssertClean();
}

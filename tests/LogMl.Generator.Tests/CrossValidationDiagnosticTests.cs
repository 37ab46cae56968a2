using LogMl.Generator.Tests.Kit;
using static LogMl.Generator.Tests.Kit.OneDiagnostic;

namespace LogMl.Generator.Tests;

/// <summary>Each diagnostic of cross_validation that needs the methods.</summary>
public sealed class CrossValidationDiagnosticTests
{
    private const string Folds = "cross_validation: { KFold: { n_splits: 4 } }\n";

    [Fact]
    public void A_label_that_no_row_has_is_an_error_at_its_line()
    {
        const string Yaml = "cross_validation:\n  StratifiedKFold:\n    [|label|]: {0}";
        var marked = MarkedCode.Find(Yaml.Replace("{0}", "Ib", StringComparison.Ordinal))!.Value;
        Check(
            GeneratorRun.Of(CodeOf.Steps("""
                [WorkflowStep("dataset_create")] public static Row[] Create() => [];
                [WorkflowStep("model_evaluate")] public static double Loss(Row[] data) => 1;
                """), marked.Text), "LOGML0160",
            "'Ib' is not a property or a field of 'Row', the type of a row; did you mean 'Id'? There are: Id",
            GeneratorRun.YamlPath, marked);
        marked = MarkedCode.Find(Yaml.Replace("{0}", "Digit", StringComparison.Ordinal))!.Value;
        Check(
            GeneratorRun.Of(CodeOf.Steps("""
                [WorkflowStep("dataset_create")] public static double[][] Create() => [];
                [WorkflowStep("model_evaluate")] public static double Loss(double[][] data) => 1;
                """), marked.Text),
            "LOGML0160", "'Digit' is not a property or a field of 'double[]', the type of a row; it has none",
            GeneratorRun.YamlPath, marked);
    }

    [Theory]
    [InlineData("[WorkflowStep(\"dataset_create\")] public static IEnumerable<Row> [|Create|]() => [];", "'Steps.Create' gives 'IEnumerable<Row>', whose rows cannot be chosen one by one; give an array or a List")]
    [InlineData("[WorkflowStep(\"dataset_create\")] public static Net Create() => new(); [WorkflowStep(\"dataset_split\")] public static (Row[], Net) [|Cut|](Net net) => ([], net);", "'Steps.Cut' gives 'Net', whose rows cannot be chosen one by one; give an array or a List, or remove this method so that the default split is used")]
    [InlineData("[WorkflowStep(\"dataset_create\")] public static Net Create() => new(); [WorkflowStep(\"dataset_split\")] public static (Row[], int[]) [|Cut|](Net net) => ([], []);", "'Steps.Cut' gives rows of 'Row[]' to train on and of 'int[]' to validate on; give both the same type")]
    public void Data_that_cannot_be_cut_into_folds_are_an_error_at_the_method_that_gives_them(string members, string message) => Expect(
        "LOGML0161", "'cross_validation' cannot make folds: " + message,
        members.Replace("IEnumerable", "System.Collections.Generic.IEnumerable", StringComparison.Ordinal) + Evaluate, Folds);

    [Fact]
    public void A_workflow_without_data_has_no_folds() => ExpectInYaml(
        "LOGML0161", "'cross_validation' cannot make folds: the workflow has no data set", Evaluate,
        "[|cross_validation|]: { LeaveOneOut: }");

    [Theory]
    [InlineData("functions:\n  dataset_split: { [|split_validate|]: 0.0, split_test: 0.9 }\n")]
    [InlineData("functions:\n  dataset_split: { [|split_validate|]: 0.2 }\nhyper_parameter_optimization:\n  space:\n    dataset_split: { split_validate: ['uniform', 0.1, 0.3] }\n")]
    public void A_share_for_validation_has_no_effect_and_is_a_warning(string yaml) => ExpectInYaml(
        "LOGML0162", "'split_validate' has no effect: 'cross_validation' validates on its folds",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate, yaml + Folds);

    [Fact]
    public void A_metric_with_the_name_of_the_deviation_is_an_error() => Expect(
        "LOGML0105", "step 'model_evaluate' must give no number of that name: 'loss_std' is the standard deviation of the loss over the folds",
        """
        [WorkflowStep("dataset_create")] public static Row[] Create() => [];
        [WorkflowStep("model_evaluate")] public static (double Loss, double LossStd) [|Loss|](Row[] data) => (1, 2);
        """, Folds);

    [Fact]
    public void So_is_one_with_the_name_of_the_deviation_of_an_objective() => Expect(
        "LOGML0105", "no number of that name: 'f1_score_std' is the standard deviation of f1_score over the folds",
        """
        [WorkflowStep("dataset_create")] public static Row[] Create() => [];
        [WorkflowStep("model_evaluate")] public static (double F1Score, double F1ScoreStd) [|Loss|](Row[] data) => (1, 2);
        """, Folds + "\nhyper_parameter_optimization:\n  objectives: { f1_score: maximize }\n");
}

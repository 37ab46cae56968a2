using static LogMl.Generator.Tests.Kit.OneDiagnostic;

namespace LogMl.Generator.Tests;

/// <summary>Mistakes about the step trial_finished.</summary>
public class TrialFinishedDiagnosticTests
{
    [Fact]
    public void A_result_would_be_ignored_and_is_an_error() => Expect(
        "LOGML0105", "'Steps.Ended' gives 'bool'; step 'trial_finished' must give nothing; to end the search it takes an IStudy",
        Evaluate + """[WorkflowStep("trial_finished")] public static bool [|Ended|](FinishedTrial trial) => true;""");

    [Fact]
    public void A_running_trial_or_data_are_not_there() => Expect(
        "LOGML0103", "of type 'ITrial'; did you mean 'FinishedTrial'? Available are: FinishedTrial, IStudy, CancellationToken, Random",
        Evaluate + """[WorkflowStep("trial_finished")] public static void Ended([|ITrial trial|]) { }""");

    [Fact]
    public void A_finished_trial_is_in_no_other_step() => Expect(
        "LOGML0103",
        "Nothing in step 'model_create' can be bound to 'trial' of type 'FinishedTrial'; did you mean 'ITrial'? Available",
        Evaluate + """[WorkflowStep("model_create")] public static Net Create([|FinishedTrial trial|]) => new();""");

    [Fact]
    public void Its_parameters_cannot_be_searched() => ExpectInYaml(
        "LOGML0128", "'patience' cannot be searched: step 'trial_finished' runs when a trial is over",
        Evaluate + """[WorkflowStep("trial_finished")] public static void Ended(int patience) { }""",
        "functions:\n  trial_finished: { patience: 3 }\nhyper_parameter_optimization:\n  space:\n    trial_finished:\n      [|patience|]: ['randint', 5]\n");

    [Fact]
    public void A_parameter_that_it_does_not_take_is_a_warning() => ExpectInYaml(
        "LOGML0109", "'patience' is a parameter of step 'trial_finished'",
        Evaluate + """[WorkflowStep("trial_finished")] public static void Ended(FinishedTrial trial) { }""",
        "functions:\n  trial_finished: { [|patience|]: 3 }\n");
}

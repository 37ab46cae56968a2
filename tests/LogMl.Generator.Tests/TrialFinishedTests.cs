using System.Text.Json;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>The step trial_finished, which runs after each trial of a search.</summary>
public class TrialFinishedTests
{
    private const string Yaml = """
        functions:
          model_train: { rate: 0.5, kind: gini }
          trial_finished: { patience: 3 }
        hyper_parameter_optimization:
          space:
            model_train:
              rate: ['uniform', 0, 1]
              kind: ['choice', ['gini', 'entropy']]
        """;

    private const string Train = """
        [WorkflowStep("model_create")] public static Net Create() => new();
        [WorkflowStep("model_train")] public static void Train(Net net, ModelTrainParameters p) { }
        [WorkflowStep("model_evaluate")] public static double Loss() => 1;
        """;

    [Fact]
    public async Task It_gets_each_trial_with_typed_parameters_and_one_instance_for_the_whole_search()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps(Train + """

                public sealed class Watch : IDisposable
                {
                    private int _count;

                    [WorkflowStep("trial_finished")]
                    public async Task EndedAsync(FinishedTrial trial, IStudy study, WorkflowParameters p, TrialFinishedParameters own, Random random)
                    {
                        await Task.Yield();
                        _count++;
                        Log.Add($"{_count}: {trial.Number} {trial.State} {trial.Loss} {p.ModelTrain.Rate} {p.ModelTrain.Kind} "
                            + $"{trial.UserAttributes["size"]} {trial.IsBest} {study.Planned} {random.Next()}", 0);
                        if (_count == own.Patience - 1)
                        {
                            study.Stop("it is\ngood enough");
                            study.Stop("again");
                        }
                    }

                    public void Dispose() => Log.Add("disposed of", 0);
                }
                """),
            Yaml).AssertClean().Load();
        Assert.Contains("\"trial_finished\":\"Watch.EndedAsync\"", workflow.Manifest, StringComparison.Ordinal);

        var complete = Trial.Finished with
        {
            Number = 4,
            State = FinishedTrialState.Complete,
            Scores = new Dictionary<string, double> { ["loss"] = 2 },
            UserAttributes = new Dictionary<string, JsonElement> { ["size"] = JsonElement.Parse("7") },
            IsBest = true,
        };
        var pruned = complete with
        {
            Number = 5, State = FinishedTrialState.Pruned, IsBest = false, Scores = new Dictionary<string, double>(),
        };
        var values = new Dictionary<string, double> { ["model_train.rate"] = 0.25, ["model_train.kind"] = 1 };
        var study = await Trial.FinishAsync(workflow, values, complete, pruned);

        var random = new Random(StepSeed.Of(7, "trial_finished")).Next();
        Assert.Equal(
            [$"1: 4 Complete 2 0.25 Entropy 7 True 10 {random}", $"2: 5 Pruned  0.25 Entropy 7 False 10 {random}", "disposed of"],
            CodeOf.LinesOf(workflow));
        Assert.Equal("it is\\ngood enough", study.StopReason);
    }

    [Fact]
    public void It_is_in_the_list_of_steps_but_in_no_run()
    {
        var run = GeneratorRun.Of(
            CodeOf.Steps(Train + """
                [WorkflowStep(WorkflowSteps.TrialFinished)] public static void Ended(FinishedTrial trial, IStudy study) { }
                public static LogMl.WorkflowStepInfo Last => SampleWorkflow.Steps[^1];
                """),
            Yaml.Replace("  trial_finished: { patience: 3 }\n", "", StringComparison.Ordinal)).AssertClean();
        var step = (WorkflowStepInfo)run.Load().Assembly.GetType("Steps")!.GetProperty("Last")!.GetValue(null)!;
        Assert.Equal(("trial_finished", "Steps.Ended", WorkflowStepRuns.AfterTrial), (step.Name, step.Method, step.RunsIn));
        Assert.Equal(["FinishedTrial", "IStudy"], step.Takes.Select(input => input.From));
    }
}

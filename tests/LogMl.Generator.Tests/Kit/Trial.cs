using System.Text.Json.Nodes;
using LogMl.Runtime;

namespace LogMl.Generator.Tests.Kit;

/// <summary>Runs generated workflows.</summary>
internal sealed class Trial : ITrial
{
    public int Number { get; init; }

    public long Seed { get; init; } = 7;

    /// <summary>The folder that steps get.</summary>
    public string Folder { get; init; } = "/";

    public string Directory => Folder;

    public string? Device => null;

    public CancellationToken CancellationToken { get; init; }

    public List<(double Value, int Step)> Reports { get; } = [];

    public void Report(double value, int step) => Reports.Add((value, step));

    public void SetAttribute(string name, JsonNode? value)
    {
    }

    public bool ShouldPrune() => false;

    public void ThrowIfPruned()
    {
    }

    /// <summary>One run of a workflow; a cache that is passed on keeps its stages.</summary>
    public static async Task<IReadOnlyDictionary<string, EvaluationScores>> RunAsync(
        Workflow workflow, Dictionary<string, double>? values = null, bool isFull = false, StageCache? cache = null, Trial? trial = null)
    {
        var run = new WorkflowRun(
            trial ?? new Trial(), new ParameterValues(values ?? []), studySeed: 1, isFull, saves: isFull, cache ?? new StageCache());
        await workflow.RunAsync(run);
        return run.Scores;
    }

    /// <summary>Trial 3, which failed, without searched parameters.</summary>
    public static FinishedTrial Finished { get; } = new() { Number = 3, State = FinishedTrialState.Failed };

    /// <summary>Runs the step trial_finished, if there is one, for some trials of 10, and returns the study that it has seen.</summary>
    public static async Task<RunningStudy> FinishAsync(
        Workflow workflow, Dictionary<string, double> values, params FinishedTrial[] trials)
    {
        var study = new RunningStudy { Planned = 10 };
        if (workflow.Listen is { } listen)
        {
            await listen(new FinishedTrials(async step =>
            {
                foreach (var trial in trials)
                {
                    await step(new FinishedTrialRun(trial, study, new ParameterValues(values), seed: 7, default));
                }
            }));
        }

        return study;
    }
}

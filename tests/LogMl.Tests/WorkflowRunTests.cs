using System.Text.Json.Nodes;
using LogMl.Runtime;

namespace LogMl.Tests;

public sealed class WorkflowRunTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Random_numbers_of_a_stage_follow_from_the_study_and_the_step_and_not_from_what_is_tried()
    {
        var first = await StageAsync(Run(seed: 1, studySeed: 5, rows: 2), "dataset_create");
        Assert.Equal(first, await StageAsync(Run(seed: 9, studySeed: 5, rows: 2), "dataset_create"));
        Assert.NotEqual(first, await StageAsync(Run(seed: 1, studySeed: 6, rows: 2), "dataset_create"));
        Assert.Equal(first, await StageAsync(Run(seed: 1, studySeed: 5, rows: 3), "dataset_create"));
        Assert.NotEqual(first, await StageAsync(Run(seed: 1, studySeed: 5, rows: 2), "dataset_split"));
    }

    [Fact]
    public void Random_numbers_of_other_steps_follow_from_the_trial()
    {
        Assert.Equal(Run(seed: 1, studySeed: 5).Random("model_train").Next(), Run(seed: 1, studySeed: 6).Random("model_train").Next());
        Assert.NotEqual(Run(seed: 1).Random("model_train").Next(), Run(seed: 2).Random("model_train").Next());
        Assert.NotEqual(Run(seed: 1).Random("model_train").Next(), Run(seed: 1).Random("model_create").Next());
    }

    [Fact]
    public async Task A_stage_that_opted_out_runs_every_time()
    {
        var stages = new StageCache(() => false);
        var runs = 0;
        for (var i = 0; i < 3; i++)
        {
            await Run(stages: stages).StageAsync("dataset_create", cache: false, [], _ => new ValueTask<int>(++runs));
        }

        Assert.Equal(3, runs);
        Assert.Equal(0, stages.Count);
    }

    [Fact]
    public async Task No_step_begins_after_the_stop()
    {
        var run = Run();
        run.EnterStep("model_train");
        await _stop.CancelAsync();
        Assert.Throws<OperationCanceledException>(() => run.EnterStep("model_evaluate"));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await StageAsync(run, "dataset_create"));
        Assert.Equal("model_train", run.CurrentStep);
    }

    [Fact]
    public void Two_figures_of_one_name_are_refused()
    {
        var run = Run();
        run.Evaluated("validate", 0.5, ("accuracy", 0.9));
        Assert.Throws<ArgumentException>(() => run.Evaluated("test", 0.5, ("accuracy", 0.9), ("accuracy", 0.8)));
        Assert.Throws<ArgumentException>(() => run.Evaluated("test", 0.5, ("loss", 0.9)));
        Assert.Equal(["validate"], run.Scores.Keys);
    }

    public void Dispose() => _stop.Dispose();

    private static ValueTask<double> StageAsync(WorkflowRun run, string step) =>
        run.StageAsync(step, cache: true, ["dataset_create.rows"], random => new ValueTask<double>(random.NextDouble()));

    private WorkflowRun Run(long seed = 1, long studySeed = 1, double rows = 1, StageCache? stages = null) => new(
        new TrialOfTest(seed, _stop.Token),
        new ParameterValues(new Dictionary<string, double> { ["dataset_create.rows"] = rows }),
        studySeed,
        isFull: false,
        saves: false,
        stages ?? new StageCache(() => false));

    private sealed class TrialOfTest(long seed, CancellationToken stop) : ITrial
    {
        public int Number => 0;

        public long Seed => seed;

        public string Directory => Path.GetTempPath();

        public string? Device => null;

        public CancellationToken CancellationToken => stop;

        public void Report(double value, int step) => throw new NotSupportedException();

        public void SetAttribute(string name, JsonNode? value) => throw new NotSupportedException();

        public bool ShouldPrune() => false;

        public void ThrowIfPruned()
        {
        }
    }
}

using System.ComponentModel;
using System.Security.Cryptography;

namespace LogMl.Runtime;

/// <summary>Runs a workflow that a program calls, outside of a search. Generated code calls it. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DirectRun
{
    /// <summary>Runs a workflow that gives a model.</summary>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <param name="steps">Runs the steps.</param>
    /// <param name="seed"><c>random_seed</c> of the YAML file; null when it has none.</param>
    /// <param name="options">How the workflow runs; null for the defaults.</param>
    /// <param name="cancellationToken">The token that steps get, and that is looked at before each of them.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static async Task<WorkflowResult<TModel>> RunAsync<TModel>(
        Func<WorkflowRun, ValueTask<TModel>> steps, long? seed, WorkflowRunOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var (run, trial) = Begin(seed, options ?? new WorkflowRunOptions(), cancellationToken);
        var model = await steps(run).ConfigureAwait(false);
        return new WorkflowResult<TModel>(model, run.Figures, trial);
    }

    /// <summary>Runs a workflow without a model.</summary>
    /// <param name="steps">Runs the steps.</param>
    /// <param name="seed"><c>random_seed</c> of the YAML file; null when it has none.</param>
    /// <param name="options">How the workflow runs; null for the defaults.</param>
    /// <param name="cancellationToken">The token that steps get, and that is looked at before each of them.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static async Task<WorkflowResult> RunAsync(
        Func<WorkflowRun, ValueTask> steps, long? seed, WorkflowRunOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var (run, trial) = Begin(seed, options ?? new WorkflowRunOptions(), cancellationToken);
        await steps(run).ConfigureAwait(false);
        return new WorkflowResult(run.Figures, trial);
    }

    private static (WorkflowRun Run, DirectTrial Trial) Begin(long? seed, WorkflowRunOptions options, CancellationToken cancellationToken)
    {
        var chosen = options.Seed ?? seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var trial = new DirectTrial(chosen, options.Directory, cancellationToken);

        // Each stage runs once, so that nothing is found in the cache, and no value of a trial is asked for.
        var values = new ParameterValues(new Dictionary<string, double>());
        var run = new WorkflowRun(
            trial, values, options.DataSeed ?? chosen, options.IsFull, saves: options.IsFull, new StageCache());
        return (run, trial);
    }
}

namespace LogMl;

/// <summary>How a workflow runs that a program calls: <c>AppWorkflow.RunAsync(parameters, options)</c>.</summary>
public sealed record WorkflowRunOptions
{
    /// <summary>
    /// The seed of the run, from which <see cref="ITrial.Seed"/> and each <see cref="Random"/> of a step follow. Without one it is
    /// <c>random_seed</c> of the YAML file, and without that a fresh one, which <see cref="WorkflowResult.Seed"/> names. The same seed
    /// gives the run of <c>-t:LogMlRun -p:HyperOptSeed=</c>.
    /// </summary>
    public long? Seed { get; init; }

    /// <summary>
    /// The seed of the data-set stages, the default split among them; without one it is that of the run. In a search it is the seed of the
    /// study, whatever the seed of the trial.
    /// </summary>
    public long? DataSeed { get; init; }

    /// <summary>
    /// The folder that <see cref="ITrial.Directory"/> gives to steps that save something. It is created when a step asks for it. Without
    /// one, a step that asks gets a new folder for temporary files, which <see cref="WorkflowResult.Directory"/> names and nobody deletes.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Whether the run also scores the training and the test part, predicts and saves, as <c>-t:LogMlRun</c> and the final run of a search
    /// do. False by default: the run is that of a trial.
    /// </summary>
    public bool IsFull { get; init; }
}

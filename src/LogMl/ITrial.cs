using System.Text.Json.Nodes;

namespace LogMl;

/// <summary>The trial that a step runs in. A step takes it as a parameter, in any place after the data.</summary>
public interface ITrial
{
    /// <summary>
    /// The trial's number in its study, from 0. A run outside of a search (<c>-t:LogMlRun</c>, the final run) has the number -1.
    /// </summary>
    int Number { get; }

    /// <summary>The seed of this trial: a function of the study's seed and the trial's number.</summary>
    long Seed { get; }

    /// <summary>
    /// The absolute path of the trial's folder; with <c>n_jobs</c> of <c>cross_validation</c>, of a folder for the fold within it. A step
    /// may write files into it. Reading this creates the folder; when it is still empty at the end of the trial, it is deleted.
    /// <para>A trial that is run again because its process or its host was killed, or the search was stopped, finds here the files that its
    /// steps had written, so that a step can go on from a checkpoint. A file may have been cut off while it was written: write it under
    /// another name, and then rename it. A trial of other code or data, and one that is run again on request, begins with an empty
    /// folder.</para>
    /// </summary>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be created.</exception>
    string Directory { get; }

    /// <summary>
    /// The GPU that this trial's process was given by <c>logml worker</c>, by the name that CUDA_VISIBLE_DEVICES takes: its number on the
    /// machine, or an id such as <c>GPU-5b9f...</c>. The process sees no other one, so that it is number 0 for CUDA. Null when the process
    /// was given none: there is no GPU, or the search is not one of <c>logml worker</c>.
    /// </summary>
    string? Device { get; }

    /// <summary>
    /// Is cancelled when the search is stopped, or when the trial reaches a limit. A step that runs for long should observe it.
    /// </summary>
    CancellationToken CancellationToken { get; }

    /// <summary>Reports an intermediate value of the objective, for example the validation loss after an epoch.</summary>
    /// <param name="value">The value; lower is better. It may be NaN or infinite.</param>
    /// <param name="step">
    /// The progress of the training (an epoch, a batch), 0 or more. A second report of the same step replaces its value.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    void Report(double value, int step);

    /// <summary>
    /// Sets a user attribute of the trial, such as the name of a file or the number of weights:
    /// <c>trial.SetAttribute("weights", 1200)</c>. The study keeps it, and Optuna's dashboard shows it. In trials.csv it has a column
    /// <c>user_attrs_weights</c>. The search does not learn from it. Outside of a search it is not kept.
    /// </summary>
    /// <param name="name">
    /// A name of at most 512 characters that LogMl itself does not use for trials. An earlier value of the same name is replaced.
    /// </param>
    /// <param name="value">
    /// A number, text, truth value, array or object of JSON, or null. A number that is not finite is kept as the text NaN, Infinity or
    /// -Infinity.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The name is too long or reserved, or JSON cannot hold the value, or its text has more than 100,000 characters.
    /// </exception>
    void SetAttribute(string name, JsonNode? value);

    /// <summary>
    /// Whether the pruner of the search (<c>pruner</c> in the YAML) ends this trial, judging by the reports of this and the other trials.
    /// Call it after each report. A step that gets true should end: it returns, or throws <see cref="TrialPrunedException"/>. No further
    /// step runs then. Without a pruner, and outside of a search, it is always false.
    /// </summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    bool ShouldPrune();

    /// <summary>Throws when the pruner ends the trial: <c>trial.Report(loss, epoch); trial.ThrowIfPruned();</c></summary>
    /// <exception cref="TrialPrunedException"><see cref="ShouldPrune"/> is true.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    void ThrowIfPruned();
}

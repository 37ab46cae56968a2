namespace LogMl;

/// <summary>The trial that a step runs in. A step takes it as a parameter, in any place after the data.</summary>
public interface ITrial
{
    /// <summary>The trial's number in its study, from 0. A run outside of a search (<c>-t:LogMlRun</c>, the final run) has the number -1.</summary>
    int Number { get; }

    /// <summary>The seed of this trial: a function of the study's seed and the trial's number.</summary>
    long Seed { get; }

    /// <summary>
    /// The absolute path of the trial's folder; a step may write files into it. The folder is made when this is read, and goes when it is still empty at the end of the trial.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made.</exception>
    string Directory { get; }

    /// <summary>Cancelled when the search is stopped; a step that runs for long should observe it.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>Reports an intermediate value of the objective, for example the validation loss after an epoch.</summary>
    /// <param name="value">The value; lower is better. It may be NaN or infinite.</param>
    /// <param name="step">How far the training is (an epoch, a batch), 0 or more; a step that is reported again replaces its value.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    void Report(double value, int step);

    /// <summary>
    /// Whether the pruner of the search (<c>pruner</c> in the YAML) gives this trial up, by what this and the other trials have reported. Ask after each
    /// report. A step that gets true ends: it returns, or throws <see cref="TrialPrunedException"/>; no further step runs then. Without a pruner, and
    /// outside of a search, always false.
    /// </summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    bool ShouldPrune();

    /// <summary>Ends the step when the trial is given up: <c>trial.Report(loss, epoch); trial.ThrowIfPruned();</c></summary>
    /// <exception cref="TrialPrunedException"><see cref="ShouldPrune"/> is true.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    void ThrowIfPruned();
}

namespace LogMl.Optimization.Running;

/// <summary>The study that <see cref="OptimizationLoop{TTrial}"/> asks and tells: a study of the engine, or a stored one.</summary>
/// <typeparam name="TTrial">The type of the trial that the objective gets.</typeparam>
internal interface IAskTell<TTrial>
    where TTrial : TrialView
{
    /// <summary>The number of calls of <see cref="Study.Stop"/>.</summary>
    int StopCount { get; }

    /// <summary>Tells when a trial has ended.</summary>
    EndSignal Ended { get; }

    /// <summary>The end of the search by a stopping criterion; null while the search should go on.</summary>
    StudyEnd? CheckStopping();

    /// <summary>The end of the search if the study has its maximum number of trials; otherwise null.</summary>
    StudyEnd? CheckMaxEvals(int? maxEvals);

    /// <summary>Starts the next trial.</summary>
    /// <param name="maxEvals">The total number of trials of the study; null for no limit.</param>
    /// <param name="end">The reason why there is no further trial; null if there may be one.</param>
    /// <returns>
    /// The trial, or null. If <paramref name="end"/> is null too, call again when a trial has ended: the next one must wait for it, or
    /// other processes run the last trials, and may give one back.
    /// </returns>
    TTrial? TryAsk(int? maxEvals, out StudyEnd? end);

    /// <summary>Ends a running trial with its result.</summary>
    /// <returns>Whether this call ended the trial.</returns>
    bool Tell(TTrial trial, TrialResult result);

    /// <summary>Ends a running trial as pruned.</summary>
    /// <returns>Whether this call ended the trial.</returns>
    bool TellPruned(TTrial trial);

    /// <summary>Ends a running trial whose objective has thrown an exception.</summary>
    /// <returns>Whether this call ended the trial.</returns>
    bool TellFailed(TTrial trial, Exception exception);

    /// <summary>Ends a running trial whose objective was cancelled, or gives it back to the store.</summary>
    /// <returns>Whether this call ended the trial.</returns>
    bool TellCancelled(TTrial trial);
}

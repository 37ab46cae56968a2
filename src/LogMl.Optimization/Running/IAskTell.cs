using LogMl.Optimization.Stopping;

namespace LogMl.Optimization.Running;

/// <summary>What <see cref="OptimizationLoop{TTrial}"/> asks and tells: a study of the engine, or one that is stored.</summary>
/// <typeparam name="TTrial">What the objective gets.</typeparam>
internal interface IAskTell<TTrial>
    where TTrial : TrialView
{
    /// <summary>How often the study was stopped.</summary>
    int StopCount { get; }

    /// <summary>The end of the search by one of the stopping criteria; null while it should go on.</summary>
    StudyEnd? CheckStopping();

    /// <summary>The end of a search that has all its trials; null while there may be a further one.</summary>
    StudyEnd? CheckMaxEvals(int? maxEvals);

    /// <summary>Starts the next trial.</summary>
    /// <param name="maxEvals">The number of trials the study shall have; null for no limit.</param>
    /// <param name="end">Why there is no further trial.</param>
    /// <returns>
    /// Null when there is none. Without an end, too, there may be one later: others run the last trials, and may give one up.
    /// </returns>
    TTrial? TryAsk(int? maxEvals, out StudyEnd? end);

    /// <summary>Ends a running trial with its result.</summary>
    /// <returns>Whether the trial is over by it.</returns>
    bool Tell(TTrial trial, TrialResult result);

    /// <summary>Ends a running trial that was given up before its end.</summary>
    /// <returns>Whether the trial is over by it.</returns>
    bool TellPruned(TTrial trial);

    /// <summary>Ends a running trial whose objective has thrown an exception.</summary>
    /// <returns>Whether the trial is over by it.</returns>
    bool TellFailed(TTrial trial, Exception exception);

    /// <summary>Ends a running trial whose objective was cancelled, or gives it back.</summary>
    /// <returns>Whether the trial is over by it.</returns>
    bool TellCancelled(TTrial trial);
}

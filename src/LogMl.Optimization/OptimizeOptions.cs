namespace LogMl.Optimization;

/// <summary>
/// When <see cref="Study.Optimize(Func{Trial, double}, OptimizeOptions, CancellationToken)"/> ends, and how it runs trials.
/// </summary>
public sealed record OptimizeOptions
{
    /// <summary>The total number of trials of the study, at least 0; null for no limit. Earlier trials and failed trials count.</summary>
    public int? MaxEvals { get; init; }

    /// <summary>
    /// The time after the call from which on no trial starts; positive, or null for no limit. Running trials are not interrupted.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// The number of trials that run at the same time, at least 1: the number of threads, or of pending calls of an asynchronous objective.
    /// With more than one, the points depend on the order in which trials end, unless the study is deterministic
    /// (<see cref="StudyOptions.DeterministicWorkers"/>).
    /// </summary>
    public int Workers { get; init; } = 1;

    /// <summary>
    /// Tells which exceptions of the objective only fail their trial. The search goes on after them, and
    /// <see cref="StudyEnd.FirstException"/> keeps the first one. Any other exception ends the search and reaches the caller; so does every
    /// exception if this is null. It is not called for pruning and cancellation.
    /// </summary>
    public Func<Exception, bool>? Catch { get; init; }

    /// <summary>
    /// Called for each trial that has ended, one call at a time. It may stop the study (<see cref="Study.Stop"/>). An exception that it
    /// throws ends the search and reaches the caller.
    /// </summary>
    public Action<TrialView>? TrialFinished { get; init; }

    /// <summary>The clock for <see cref="Timeout"/>. The default is the clock of the system; tests may replace it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        Require.AtLeast(MaxEvals ?? 0, 0, nameof(MaxEvals));
        Require.AtLeast(Workers, 1, nameof(Workers));
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (Timeout <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(Timeout), Require.Text($"Timeout must be positive; got {Timeout}."));
        }
    }
}

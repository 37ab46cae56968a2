using LogMl.Optimization.Stopping;

namespace LogMl.Optimization;

/// <summary>How long and how <see cref="Study.Optimize(Func{Trial, double}, OptimizeOptions, CancellationToken)"/> runs trials.</summary>
public sealed record OptimizeOptions
{
    /// <summary>
    /// The number of trials the study shall have, those from before and those that failed included; null for no limit. Not negative.
    /// </summary>
    public int? MaxEvals { get; init; }

    /// <summary>
    /// No trial begins when so much time has passed since the call; those that run go on to their end. Null for no limit. Positive.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How many trials run at a time: on as many threads, or, for asynchronous objectives, so many calls that have not ended yet. At
    /// least 1. With more than one the points depend on which trial ends first.
    /// </summary>
    public int Workers { get; init; } = 1;

    /// <summary>
    /// Which exceptions of the objective are only the failure of one trial: for them the search goes on, and
    /// <see cref="StudyEnd.FirstException"/> keeps the first. Null for none: then any exception ends the search, and reaches the caller.
    /// Pruning and cancellation are not asked about.
    /// </summary>
    public Func<Exception, bool>? Catch { get; init; }

    /// <summary>
    /// Called for each trial that has ended, one call at a time; it may stop the study (<see cref="Study.Stop"/>). An exception ends the
    /// search, and reaches the caller.
    /// </summary>
    public Action<Trial>? TrialFinished { get; init; }

    /// <summary>The clock of <see cref="Timeout"/>; that of the system unless a test has its own.</summary>
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

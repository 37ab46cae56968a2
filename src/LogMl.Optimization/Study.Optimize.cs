using System.Runtime.CompilerServices;
using LogMl.Optimization.Running;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization;

/// <content>The loop: asks, evaluates and tells.</content>
public sealed partial class Study
{
    private int _stopCount;

    internal int StopCount => Volatile.Read(ref _stopCount);

    /// <summary>
    /// Lets every running call of Optimize begin no further trial; trials that run go on to their end. Without such a call nothing happens.
    /// </summary>
    public void Stop() => Interlocked.Increment(ref _stopCount);

    /// <summary>
    /// Asks and tells until the study has <paramref name="maxEvals"/> trials, those from before included, or there is another reason to
    /// end.
    /// </summary>
    /// <param name="objective">The value of a trial. When it throws, the trial is failed and the exception goes on to the caller;
    /// <see cref="TrialPrunedException"/> makes the trial pruned. An objective may also tell the trial itself.</param>
    /// <param name="maxEvals">The number of trials the study shall have; not negative.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    public StudyEnd Optimize(Func<Trial, double> objective, int maxEvals, CancellationToken cancellationToken = default) =>
        Optimize(objective, new OptimizeOptions { MaxEvals = maxEvals }, cancellationToken);

    /// <summary>Asks and tells until there is a reason to end.</summary>
    /// <param name="objective">The value of a trial; as above.</param>
    /// <param name="options">How long, and how.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the study has several objectives.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    public StudyEnd Optimize(Func<Trial, double> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Optimize((trial, _) => objective(trial), options, cancellationToken);
    }

    /// <summary>Asks and tells until there is a reason to end.</summary>
    /// <param name="objective">The value of a trial; as above. It gets the token, and ends with an
    /// <see cref="OperationCanceledException"/> when that is cancelled: then the trial is failed, not complete.</param>
    /// <param name="options">How long, and how.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the study has several objectives.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    public StudyEnd Optimize(
        Func<Trial, CancellationToken, double> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        RequireOneObjective();
        return Optimize((trial, token) => new TrialResult(objective(trial, token)), options, cancellationToken);
    }

    /// <summary>Asks and tells until there is a reason to end, for several objectives or for constraints.</summary>
    /// <param name="objective">The result of a trial; otherwise as above.</param>
    /// <param name="options">How long, and how.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    [OverloadResolutionPriority(-1)] // An objective that only throws would otherwise be ambiguous.
    public StudyEnd Optimize(
        Func<Trial, CancellationToken, TrialResult> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        return new OptimizationLoop(
            this, (trial, token) => new ValueTask<TrialResult>(objective(trial, token)), options, cancellationToken).Run();
    }

    /// <summary>
    /// Asks and tells, one trial after the other, until the study has <paramref name="maxEvals"/> trials, those from before included, or
    /// there is another reason to end.
    /// </summary>
    /// <param name="objective">The value of a trial; as for
    /// <see cref="Optimize(Func{Trial, CancellationToken, double}, OptimizeOptions, CancellationToken)"/>.</param>
    /// <param name="maxEvals">The number of trials the study shall have; not negative.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    public Task<StudyEnd> OptimizeAsync(
        Func<Trial, CancellationToken, Task<double>> objective, int maxEvals, CancellationToken cancellationToken = default) =>
        OptimizeAsync(objective, new OptimizeOptions { MaxEvals = maxEvals }, cancellationToken);

    /// <summary>Asks and tells until there is a reason to end.</summary>
    /// <param name="objective">The value of a trial; as above.</param>
    /// <param name="options">How long, and how: with several workers so many trials run at a time.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the study has several objectives.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    public Task<StudyEnd> OptimizeAsync(
        Func<Trial, CancellationToken, Task<double>> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        RequireOneObjective();
        return OptimizeAsync(
            async (trial, token) => new TrialResult(await objective(trial, token).ConfigureAwait(false)), options, cancellationToken);
    }

    /// <summary>Asks and tells until there is a reason to end, for several objectives or for constraints.</summary>
    /// <param name="objective">The result of a trial; otherwise as above.</param>
    /// <param name="options">How long, and how: with several workers so many trials run at a time.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<StudyEnd> OptimizeAsync(
        Func<Trial, CancellationToken, Task<TrialResult>> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        return new OptimizationLoop(
            this, (trial, token) => new ValueTask<TrialResult>(objective(trial, token)), options, cancellationToken).RunAsync();
    }

    private void RequireOneObjective()
    {
        if (Options.Directions.Count > 1)
        {
            throw new ArgumentException(
                $"The study has {Options.Directions.Count} objectives: the objective must return a {nameof(TrialResult)} with a value for each.",
                "objective");
        }
    }
}

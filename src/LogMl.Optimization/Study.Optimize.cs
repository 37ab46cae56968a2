using System.Runtime.CompilerServices;
using LogMl.Optimization.Running;

namespace LogMl.Optimization;

/// <content>The loop that asks, evaluates and tells.</content>
public sealed partial class Study : IAskTell<Trial>
{
    private int _stopCount;

    /// <summary>
    /// Ends every running call of Optimize: it starts no further trial, and waits for its running trials. It has no effect on later calls.
    /// </summary>
    public void Stop() => Interlocked.Increment(ref _stopCount);

    /// <summary>
    /// Runs trials until the study has <paramref name="maxEvals"/> trials, earlier ones included, or the search ends for another reason.
    /// </summary>
    /// <param name="objective">
    /// Returns the value of a trial. If it throws, the trial fails and the exception reaches the caller; a
    /// <see cref="TrialPrunedException"/> makes the trial pruned instead. An objective may also tell the trial itself.
    /// </param>
    /// <param name="maxEvals">The total number of trials of the study; at least 0.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the search had ended.</exception>
    public StudyEnd Optimize(Func<Trial, double> objective, int maxEvals, CancellationToken cancellationToken = default) =>
        Optimize(objective, new OptimizeOptions { MaxEvals = maxEvals }, cancellationToken);

    /// <summary>Runs trials until the search ends.</summary>
    /// <param name="objective">Returns the value of a trial, as above.</param>
    /// <param name="options">When to end, and how to run.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the study has several objectives.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the search had ended.</exception>
    public StudyEnd Optimize(Func<Trial, double> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Optimize((trial, _) => objective(trial), options, cancellationToken);
    }

    /// <summary>Runs trials until the search ends.</summary>
    /// <param name="objective">
    /// Returns the value of a trial, as above. It gets the token, and should throw an <see cref="OperationCanceledException"/> when the
    /// token is cancelled: the trial then fails.
    /// </param>
    /// <param name="options">When to end, and how to run.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the study has several objectives.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the search had ended.</exception>
    public StudyEnd Optimize(
        Func<Trial, CancellationToken, double> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        RequireOneObjective();
        return Optimize((trial, token) => new TrialResult(objective(trial, token)), options, cancellationToken);
    }

    /// <summary>Runs trials until the search ends, with several objectives or with constraints.</summary>
    /// <param name="objective">Returns the result of a trial; otherwise as above.</param>
    /// <param name="options">When to end, and how to run.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the search had ended.</exception>
    [OverloadResolutionPriority(-1)] // An objective that only throws would otherwise be ambiguous.
    public StudyEnd Optimize(
        Func<Trial, CancellationToken, TrialResult> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        return new OptimizationLoop<Trial>(
            this, (trial, token) => new ValueTask<TrialResult>(objective(trial, token)), options, cancellationToken).Run();
    }

    /// <summary>
    /// Runs one trial after the other, until the study has <paramref name="maxEvals"/> trials, earlier ones included, or the search ends
    /// for another reason.
    /// </summary>
    /// <param name="objective">
    /// Returns the value of a trial, as for
    /// <see cref="Optimize(Func{Trial, CancellationToken, double}, OptimizeOptions, CancellationToken)"/>.
    /// </param>
    /// <param name="maxEvals">The total number of trials of the study; at least 0.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the search had ended.</exception>
    public Task<StudyEnd> OptimizeAsync(
        Func<Trial, CancellationToken, Task<double>> objective, int maxEvals, CancellationToken cancellationToken = default) =>
        OptimizeAsync(objective, new OptimizeOptions { MaxEvals = maxEvals }, cancellationToken);

    /// <summary>Runs trials until the search ends.</summary>
    /// <param name="objective">Returns the value of a trial, as above.</param>
    /// <param name="options">When to end, and how to run; several workers run that many trials at the same time.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the study has several objectives.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the search had ended.</exception>
    public Task<StudyEnd> OptimizeAsync(
        Func<Trial, CancellationToken, Task<double>> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        RequireOneObjective();
        return OptimizeAsync(
            async (trial, token) => new TrialResult(await objective(trial, token).ConfigureAwait(false)), options, cancellationToken);
    }

    /// <summary>Runs trials until the search ends, with several objectives or with constraints.</summary>
    /// <param name="objective">Returns the result of a trial; otherwise as above.</param>
    /// <param name="options">When to end, and how to run; several workers run that many trials at the same time.</param>
    /// <param name="cancellationToken">Ends the loop before the next trial, and is handed to the objective.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the search had ended.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<StudyEnd> OptimizeAsync(
        Func<Trial, CancellationToken, Task<TrialResult>> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        return new OptimizationLoop<Trial>(
            this, (trial, token) => new ValueTask<TrialResult>(objective(trial, token)), options, cancellationToken).RunAsync();
    }

    /// <exception cref="ArgumentException">The study has several objectives.</exception>
    internal void RequireOneObjective()
    {
        if (Options.Directions.Count > 1)
        {
            throw new ArgumentException(
                $"The study has {Options.Directions.Count} objectives: "
                + $"the objective must return a {nameof(TrialResult)} with a value for each.",
                "objective");
        }
    }

    EndSignal IAskTell<Trial>.Ended => Ended;

    int IAskTell<Trial>.StopCount => Volatile.Read(ref _stopCount);

    StudyEnd? IAskTell<Trial>.CheckMaxEvals(int? maxEvals) => CheckMaxEvals(maxEvals);

    Trial? IAskTell<Trial>.TryAsk(int? maxEvals, out StudyEnd? end)
    {
        lock (_lock)
        {
            end = CheckMaxEvals(maxEvals);
            if (end is not null || FindAwaited(_trials.Count) is not null)
            {
                return null;
            }

            var trial = TryAsk();
            end = trial is null ? new StudyEnd(StopReason.Exhausted, ExhaustionReason) : null;
            return trial;
        }
    }

    bool IAskTell<Trial>.Tell(Trial trial, TrialResult result)
    {
        Tell(trial, result);
        return true;
    }

    bool IAskTell<Trial>.TellPruned(Trial trial)
    {
        TellPruned(trial);
        return true;
    }

    bool IAskTell<Trial>.TellFailed(Trial trial, Exception exception)
    {
        TellFailed(trial);
        return true;
    }

    bool IAskTell<Trial>.TellCancelled(Trial trial)
    {
        TellFailed(trial);
        return true;
    }

    private StudyEnd? CheckMaxEvals(int? maxEvals) => _trials.Count >= maxEvals
        ? new StudyEnd(StopReason.MaxEvals, Require.Text($"The study has {_trials.Count} trials, of {maxEvals}."))
        : null;
}

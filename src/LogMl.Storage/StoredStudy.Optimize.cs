using System.Runtime.CompilerServices;
using LogMl.Optimization;
using LogMl.Optimization.Running;

namespace LogMl.Storage;

/// <content>The loop: asks, evaluates and tells. It is that of <see cref="Optimization.Study"/>.</content>
public sealed partial class StoredStudy : IAskTell<StoredTrial>
{
    /// <inheritdoc cref="Study.Stop"/>
    public void Stop() => Study.Stop();

    /// <inheritdoc cref="Study.CheckStopping"/>
    public StudyEnd? CheckStopping() => Study.CheckStopping();

    /// <summary>
    /// Asks and tells until the study has <paramref name="maxEvals"/> evaluations over all processes, those from before included, or there
    /// is another reason to end. Waits while the last evaluations run elsewhere.
    /// </summary>
    /// <param name="objective">
    /// The value of a trial. When it throws, the trial is failed and the exception goes on to the caller;
    /// <see cref="TrialPrunedException"/> makes the trial pruned. An objective may also tell the trial itself.
    /// </param>
    /// <param name="maxEvals">The number of evaluations the study shall have; not negative.</param>
    /// <param name="cancellationToken">
    /// Ends the loop before the next trial. A trial whose objective then ends with an <see cref="OperationCanceledException"/> is released.
    /// </param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    /// <exception cref="StorageException">The storage cannot be used.</exception>
    public StudyEnd Optimize(Func<StoredTrial, double> objective, int maxEvals, CancellationToken cancellationToken = default) =>
        Optimize(objective, new OptimizeOptions { MaxEvals = maxEvals }, cancellationToken);

    /// <summary>Asks and tells until there is a reason to end.</summary>
    /// <param name="objective">The value of a trial; as above. One with a <see cref="CancellationToken"/> gets that of the call.</param>
    /// <param name="options">How long to search, and how. With several workers, that many trials run at the same time.</param>
    /// <param name="cancellationToken">As above.</param>
    /// <returns>How the search ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the study has several objectives.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while there was more to do.</exception>
    /// <exception cref="StorageException">The storage cannot be used.</exception>
    public StudyEnd Optimize(Func<StoredTrial, double> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Optimize((trial, _) => objective(trial), options, cancellationToken);
    }

    /// <inheritdoc cref="Optimize(Func{StoredTrial, double}, OptimizeOptions, CancellationToken)"/>
    public StudyEnd Optimize(
        Func<StoredTrial, CancellationToken, double> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Study.RequireOneObjective();
        return Optimize((trial, token) => new TrialResult(objective(trial, token)), options, cancellationToken);
    }

    /// <summary>The same for several objectives or for constraints.</summary>
    /// <inheritdoc cref="Optimize(Func{StoredTrial, double}, OptimizeOptions, CancellationToken)"/>
    [OverloadResolutionPriority(-1)] // An objective that only throws would otherwise be ambiguous.
    public StudyEnd Optimize(
        Func<StoredTrial, CancellationToken, TrialResult> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        return new OptimizationLoop<StoredTrial>(
            this, (trial, token) => new ValueTask<TrialResult>(objective(trial, token)), options, cancellationToken).Run();
    }

    /// <inheritdoc cref="Optimize(Func{StoredTrial, double}, int, CancellationToken)"/>
    public Task<StudyEnd> OptimizeAsync(
        Func<StoredTrial, CancellationToken, Task<double>> objective, int maxEvals, CancellationToken cancellationToken = default) =>
        OptimizeAsync(objective, new OptimizeOptions { MaxEvals = maxEvals }, cancellationToken);

    /// <inheritdoc cref="Optimize(Func{StoredTrial, double}, OptimizeOptions, CancellationToken)"/>
    public Task<StudyEnd> OptimizeAsync(
        Func<StoredTrial, CancellationToken, Task<double>> objective,
        OptimizeOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Study.RequireOneObjective();
        return OptimizeAsync(
            async (trial, token) => new TrialResult(await objective(trial, token).ConfigureAwait(false)), options, cancellationToken);
    }

    /// <summary>The same for several objectives or for constraints.</summary>
    /// <inheritdoc cref="Optimize(Func{StoredTrial, double}, OptimizeOptions, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public Task<StudyEnd> OptimizeAsync(
        Func<StoredTrial, CancellationToken, Task<TrialResult>> objective,
        OptimizeOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        return new OptimizationLoop<StoredTrial>(
            this, (trial, token) => new ValueTask<TrialResult>(objective(trial, token)), options, cancellationToken).RunAsync();
    }

    EndSignal IAskTell<StoredTrial>.Ended => Study.Ended;

    int IAskTell<StoredTrial>.StopCount => ((IAskTell<Trial>)Study).StopCount;

    StudyEnd? IAskTell<StoredTrial>.CheckMaxEvals(int? maxEvals)
    {
        lock (_lock)
        {
            return EvaluationCount >= maxEvals && !Unfinished.Values.Any(entry => IsWithin(entry, maxEvals)) ? EndAt(maxEvals) : null;
        }
    }

    StoredTrial? IAskTell<StoredTrial>.TryAsk(int? maxEvals, out StudyEnd? end)
    {
        var trial = TryAsk(maxEvals, out var reason);
        end = reason switch
        {
            AskEnd.MaxEvals => EndAt(maxEvals),
            AskEnd.Exhausted => new StudyEnd(StopReason.Exhausted, Study.ExhaustionReason),
            _ => null,
        };
        return trial;
    }

    bool IAskTell<StoredTrial>.Tell(StoredTrial trial, TrialResult result) => Tell(trial, result);

    bool IAskTell<StoredTrial>.TellPruned(StoredTrial trial) => TellPruned(trial);

    bool IAskTell<StoredTrial>.TellFailed(StoredTrial trial, Exception exception) =>
        TellFailed(trial, $"{exception.GetType()}: {exception.Message}");

    bool IAskTell<StoredTrial>.TellCancelled(StoredTrial trial)
    {
        ReleaseIfRunning(trial);
        return false;
    }

    private StudyEnd EndAt(int? maxEvals) =>
        new(StopReason.MaxEvals, FormattableString.Invariant($"The study has {Evaluations} evaluations, of {maxEvals}."));
}

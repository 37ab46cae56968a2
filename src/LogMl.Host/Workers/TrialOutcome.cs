using LogMl.Host.Results;

namespace LogMl.Host.Workers;

/// <summary>The outcome of a trial in its worker.</summary>
internal abstract record TrialOutcome
{
    private TrialOutcome()
    {
    }

    /// <summary>The workflow ran to its end.</summary>
    /// <param name="Loss">The validation loss; it may be NaN or infinite.</param>
    /// <param name="Scores">The scores by name for each part of the data (train, validate, test); "loss" is the first.</param>
    public sealed record Completed(double Loss, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Scores) : TrialOutcome;

    /// <summary>A step ended the trial early, on the pruner's decision or its own.</summary>
    public sealed record Pruned : TrialOutcome;

    /// <summary>A step threw, the trial exceeded a limit, or the process died.</summary>
    public record Failed(TrialFailure Failure) : TrialOutcome;

    /// <summary>
    /// The process was killed from outside, as far as can be seen neither by this host nor by itself. Such a failure says nothing about the
    /// parameters.
    /// </summary>
    public sealed record Lost(TrialFailure Failure) : Failed(Failure);

    /// <summary>The search was stopped during the trial, which does not count.</summary>
    public sealed record Interrupted : TrialOutcome;
}

using LogMl.Host.Results;

namespace LogMl.Host.Workers;

/// <summary>What became of a trial.</summary>
internal abstract record TrialOutcome
{
    private TrialOutcome()
    {
    }

    /// <summary>The workflow ran to its end.</summary>
    /// <param name="Loss">The validation loss; it may be NaN or infinite.</param>
    /// <param name="Scores">For each part of the data (train, validate, test) its figures by name, "loss" first.</param>
    public sealed record Completed(double Loss, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Scores) : TrialOutcome;

    /// <summary>A step gave the trial up, as the pruner had said or by itself.</summary>
    public sealed record Pruned : TrialOutcome;

    /// <summary>A step threw, the loss was no number, or the process died.</summary>
    public sealed record Failed(TrialFailure Failure) : TrialOutcome;

    /// <summary>The search was stopped in the middle of the trial: it never counts.</summary>
    public sealed record Interrupted : TrialOutcome;
}

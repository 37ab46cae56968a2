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

    /// <summary>A step threw, the trial exceeded a limit, or the process died.</summary>
    public record Failed(TrialFailure Failure) : TrialOutcome;

    /// <summary>The process was killed from outside, not by this host, and not by its own doing as far as can be seen: a failure that says nothing about the parameters.</summary>
    public sealed record Lost(TrialFailure Failure) : Failed(Failure);

    /// <summary>The search was stopped in the middle of the trial: it never counts.</summary>
    public sealed record Interrupted : TrialOutcome;
}

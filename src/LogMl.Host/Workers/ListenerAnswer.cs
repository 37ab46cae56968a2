using LogMl.Host.Results;

namespace LogMl.Host.Workers;

/// <summary>How a run of the step trial_finished went.</summary>
/// <param name="Stop">Why it asks to end the search; null when it does not.</param>
/// <param name="Failure">What it threw; null when it returned.</param>
internal sealed record ListenerAnswer(string? Stop, TrialFailure? Failure);

namespace LogMl.Host.Results;

/// <summary>A trial that failed, or for which the step trial_finished failed.</summary>
/// <param name="Number">Its number in the study.</param>
/// <param name="Ended">When the trial ended.</param>
/// <param name="Failure">Why it failed, or why the step did.</param>
internal sealed record FailedTrial(int Number, DateTimeOffset Ended, TrialFailure Failure);

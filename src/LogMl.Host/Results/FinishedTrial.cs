namespace LogMl.Host.Results;

/// <summary>A trial of the search that is over.</summary>
/// <param name="Number">Its number in the study.</param>
/// <param name="Values">Its parameters: numbers, or the index of an option.</param>
/// <param name="Loss">The validation loss; NaN when it failed.</param>
/// <param name="Metrics">What model_evaluate gave for the validation part beside the loss.</param>
/// <param name="Failure">Why it failed; null when it is complete.</param>
/// <param name="Started">In UTC.</param>
/// <param name="Finished">In UTC.</param>
internal sealed record FinishedTrial(
    int Number,
    IReadOnlyDictionary<string, double> Values,
    double Loss,
    IReadOnlyDictionary<string, double> Metrics,
    TrialFailure? Failure,
    DateTimeOffset Started,
    DateTimeOffset Finished);

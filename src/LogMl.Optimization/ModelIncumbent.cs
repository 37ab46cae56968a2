namespace LogMl.Optimization;

/// <summary>
/// The best trial by a model of the loss. With noisy losses, the trial with the lowest loss is partly lucky; the model corrects for that by
/// the losses of the neighbouring trials.
/// </summary>
/// <param name="Trial">The complete and feasible trial at whose point the model expects the best loss.</param>
/// <param name="Mean">The expected loss there without noise, in the unit of the objective.</param>
/// <param name="StandardDeviation">The standard deviation of that expectation, in the same unit; at least 0.</param>
/// <param name="Noise">
/// The standard deviation of the noise of a single loss, as the model estimates it, in the same unit; at least 0.
/// </param>
public sealed record ModelIncumbent(TrialView Trial, double Mean, double StandardDeviation, double Noise);

namespace LogMl.Optimization;

/// <summary>
/// The best trial as a model of the loss sees it. Where losses are noisy, the trial with the lowest one has been lucky as well: what is
/// known of its neighbours tells how much of it was luck.
/// </summary>
/// <param name="Trial">The complete and feasible trial at whose point the model expects the best loss.</param>
/// <param name="Mean">The loss without noise that the model expects there, in the unit of the objective.</param>
/// <param name="StandardDeviation">How sure the model is of that, in the same unit; not negative.</param>
/// <param name="Noise">The standard deviation of the noise of a single loss, as the model sees it; not negative.</param>
public sealed record ModelIncumbent(Trial Trial, double Mean, double StandardDeviation, double Noise);

namespace LogMl.Storage;

/// <summary>The complete and feasible trial with the best value, among equals the first.</summary>
/// <param name="Number">The number in the storage.</param>
/// <param name="Value">The value of the objective, as it was told: the greatest one where the study maximizes.</param>
public sealed record BestTrial(int Number, double Value);

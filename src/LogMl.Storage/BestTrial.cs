namespace LogMl.Storage;

/// <summary>The complete and feasible trial with the best value, among equals the first.</summary>
/// <param name="Number">The number in the storage.</param>
/// <param name="Value">The value of the objective, in the sign in which it was told. When the study maximizes, it is the greatest.</param>
public sealed record BestTrial(int Number, double Value);

using LogMl.Optimization;

namespace LogMl.Storage;

/// <summary>A complete trial with its loss.</summary>
/// <param name="Number">The number in the storage.</param>
/// <param name="Evaluation">The number of the evaluation in the search (<see cref="StoredTrial.Evaluation"/>).</param>
/// <param name="Loss">The value of the objective, in the sign in which lower is better.</param>
/// <param name="Values">The values of the parameters, as in <see cref="TrialView.Values"/>.</param>
public sealed record StoredResult(int Number, int Evaluation, double Loss, IReadOnlyDictionary<string, double> Values);

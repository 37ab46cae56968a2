using LogMl.Optimization;

namespace LogMl.Storage;

/// <summary>A complete trial with its result.</summary>
/// <param name="Number">The number in the storage.</param>
/// <param name="Evaluation">The number of the evaluation in the search (<see cref="StoredTrial.Evaluation"/>).</param>
/// <param name="Losses">The value of each objective, in the sign in which lower is better.</param>
/// <param name="Values">The values of the parameters, as in <see cref="TrialView.Values"/>.</param>
public sealed record StoredResult(int Number, int Evaluation, IReadOnlyList<double> Losses, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>The value of the first objective, in the sign in which lower is better.</summary>
    public double Loss => Losses[0];

    /// <summary>The sum of the violated constraints; 0 for a feasible trial.</summary>
    public double Violation { get; init; }
}

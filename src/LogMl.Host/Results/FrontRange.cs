using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>The best and the worst value of an objective in the Pareto front.</summary>
/// <param name="Objective">The index of the objective.</param>
/// <param name="Best">The trial with the best value.</param>
/// <param name="Worst">The trial with the worst value.</param>
internal sealed record FrontRange(int Objective, StoredResult Best, StoredResult Worst)
{
    /// <summary>The ranges of all objectives; none for a front of fewer than two trials.</summary>
    public static IReadOnlyList<FrontRange> Of(IReadOnlyList<StoredResult> front) => front.Count < 2
        ? []
        :
        [
            .. Enumerable.Range(0, front[0].Losses.Count).Select(k =>
                new FrontRange(k, front.MinBy(result => result.Losses[k])!, front.MaxBy(result => result.Losses[k])!)),
        ];
}

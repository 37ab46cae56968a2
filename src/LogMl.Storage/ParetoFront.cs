using LogMl.Optimization.MultiObjective;

namespace LogMl.Storage;

/// <summary>The Pareto front of results, and the one result of it that stands for all.</summary>
internal static class ParetoFront
{
    /// <summary>
    /// The results that no other one dominates: is as good in each objective, and better in one. They are in the order of their numbers.
    /// </summary>
    public static IReadOnlyList<StoredResult> Of(IEnumerable<StoredResult> results) =>
        ParetoFronts.First(results.OrderBy(result => result.Number), Dominates);

    /// <summary>
    /// The result that is nearest to the ideal point, which has the best value of each objective in the front. Each objective is a fraction
    /// of its range in the front. Of equally near results it is the earlier one. Null for an empty front.
    /// </summary>
    public static StoredResult? Choose(IReadOnlyList<StoredResult> front)
    {
        if (front.Count == 0)
        {
            return null;
        }

        var objectives = Enumerable.Range(0, front[0].Losses.Count).ToArray();
        double[] least = [.. objectives.Select(k => front.Min(result => result.Losses[k]))];
        double[] most = [.. objectives.Select(k => front.Max(result => result.Losses[k]))];

        // Halves, because the range itself may be too large for a double.
        double Fraction(StoredResult result, int k) =>
            most[k] == least[k] ? 0 : ((result.Losses[k] / 2) - (least[k] / 2)) / ((most[k] / 2) - (least[k] / 2));
        return front.OrderBy(result => objectives.Sum(k => Fraction(result, k) * Fraction(result, k)))
            .ThenBy(result => result.Number).First();
    }

    /// <summary>
    /// Of the results with the smallest violation the best one: with the lowest loss, with several objectives the one of their front that
    /// <see cref="Choose"/> takes; among equals the first. Null when there are none.
    /// </summary>
    public static StoredResult? LeastViolating(IReadOnlyList<StoredResult> results)
    {
        var least = results.Count == 0 ? 0 : results.Min(result => result.Violation);
        return Choose(Of(results.Where(result => result.Violation == least)));
    }

    private static bool Dominates(StoredResult one, StoredResult other)
    {
        var isBetter = false;
        for (var k = 0; k < one.Losses.Count; k++)
        {
            if (one.Losses[k] > other.Losses[k])
            {
                return false;
            }

            isBetter |= one.Losses[k] < other.Losses[k];
        }

        return isBetter;
    }
}

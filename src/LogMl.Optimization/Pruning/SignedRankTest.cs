using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Pruning;

/// <summary>
/// Wilcoxon's signed-rank test. The absolute differences are ranked, and tied ones share their mean rank. The statistic T is the sum of the
/// ranks of the positive differences, where a zero counts half.
/// </summary>
internal static class SignedRankTest
{
    // The largest number of differences for which the distribution of T is computed exactly. The exact one is only valid without ties and
    // zeros.
    private const int MaxExact = 50;

    /// <summary>
    /// The one-sided p-value: the probability of at least this T if the differences are distributed symmetrically around 0.
    /// </summary>
    /// <param name="differences">Finite numbers, at least one.</param>
    public static double PValueOfGreater(IReadOnlyList<double> differences)
    {
        var n = differences.Count;
        double[] sizes = [.. differences.Select(Math.Abs).Order()];
        double[] signed = [.. differences.OrderBy(Math.Abs)];
        double t = 0;
        double tieTerm = 0;
        for (int start = 0, end; start < n; start = end)
        {
            end = start + 1;
            while (end < n && sizes[end] == sizes[start])
            {
                end++;
            }

            double size = end - start;
            var rank = (start + 1 + end) / 2.0;
            tieTerm += size * (size * size - 1);
            for (var i = start; i < end; i++)
            {
                t += signed[i] > 0 ? rank : signed[i] == 0 ? rank / 2 : 0;
            }
        }

        return n <= MaxExact && tieTerm == 0 && sizes[0] > 0 ? ExactTail(n, (int)t) : NormalTail(n, t, tieTerm);
    }

    /// <summary>The share of the 2^n assignments of signs to the ranks 1..n for which T is at least <paramref name="t"/>.</summary>
    private static double ExactTail(int n, int t)
    {
        // probabilities[s] is the probability of T = s for the ranks so far. Each rank is in the sum with probability 1/2.
        var largest = n * (n + 1) / 2;
        var probabilities = new double[largest + 1];
        probabilities[0] = 1;
        for (var rank = 1; rank <= n; rank++)
        {
            for (var s = rank * (rank + 1) / 2; s >= 0; s--)
            {
                probabilities[s] = (probabilities[s] + (s >= rank ? probabilities[s - rank] : 0)) / 2;
            }
        }

        double tail = 0;
        for (var s = largest; s >= t; s--)
        {
            tail += probabilities[s];
        }

        return Math.Min(tail, 1);
    }

    // The normal approximation without continuity correction; its variance is smaller with ties.
    private static double NormalTail(double n, double t, double tieTerm)
    {
        var mean = n * (n + 1) / 4;
        var deviation = Math.Sqrt((n * (n + 1) * (2 * n + 1) - tieTerm / 2) / 24);
        return StandardNormal.Cdf((mean - t) / deviation);
    }
}

namespace LogMl.Optimization.HyperoptTpe;

/// <summary>The split of the history into good trials and the rest (hyperopt 0.3.0, tpe.py, ap_split_trials).</summary>
internal static class GoodTrials
{
    /// <summary>ceil(gamma * sqrt(count)), at most <paramref name="cap"/>.</summary>
    public static int Count(int count, double gamma, int cap) => (int)Math.Min(Math.Ceiling(gamma * Math.Sqrt(count)), cap);

    /// <summary>Marks the trials with the lowest losses. Of equal losses, those of lower trial numbers are marked.</summary>
    /// <param name="losses">The losses in the order of the trial numbers.</param>
    /// <param name="gamma">See <see cref="Count"/>.</param>
    /// <param name="cap">See <see cref="Count"/>.</param>
    /// <returns>For each trial, whether it is good.</returns>
    public static bool[] Mark(IReadOnlyList<double> losses, double gamma, int cap)
    {
        var wanted = Count(losses.Count, gamma, cap);
        var best = new PriorityQueue<int, (double Loss, int Number)>(wanted + 1, WorstFirst.Instance);
        for (var i = 0; i < losses.Count; i++)
        {
            best.Enqueue(i, (losses[i], i));
            if (best.Count > wanted)
            {
                best.Dequeue();
            }
        }

        var good = new bool[losses.Count];
        foreach ((var index, _) in best.UnorderedItems)
        {
            good[index] = true;
        }

        return good;
    }

    private sealed class WorstFirst : IComparer<(double Loss, int Number)>
    {
        public static readonly WorstFirst Instance = new();

        public int Compare((double Loss, int Number) x, (double Loss, int Number) y) => y.CompareTo(x);
    }
}

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Selects a limited number of trials, because the cost of a process grows with the third power of its observations. Half of the selection
/// are the best trials; the rest is spread evenly over the ranks of the others.
/// </summary>
internal static class Selection
{
    /// <summary>Selects trials.</summary>
    /// <param name="history">The trials.</param>
    /// <param name="numbers">The numbers of complete trials, ascending.</param>
    /// <param name="most">The largest number of trials to select.</param>
    /// <returns>The numbers of the selected trials, ascending.</returns>
    public static int[] Of(History history, int[] numbers, int most)
    {
        if (numbers.Length <= most)
        {
            return numbers;
        }

        int[] ranked = [.. numbers.OrderBy(i => history.Loss(i)).ThenBy(i => i)];
        int best = most / 2, spread = most - best, others = ranked.Length - best;
        int[] selected =
            [.. ranked.Take(best), .. Enumerable.Range(0, spread).Select(k => ranked[best + (int)((long)k * others / spread)])];
        Array.Sort(selected);
        return selected;
    }
}

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// A part of many trials: the better half of it the best ones, the rest spread evenly over the others. What a process costs grows with the
/// third power of its observations.
/// </summary>
internal static class Selection
{
    /// <summary>Selects trials.</summary>
    /// <param name="history">The trials.</param>
    /// <param name="numbers">The numbers of complete ones, ascending.</param>
    /// <param name="most">How many to select at most.</param>
    /// <returns>Their numbers, ascending.</returns>
    public static int[] Of(History history, int[] numbers, int most)
    {
        if (numbers.Length <= most)
        {
            return numbers;
        }

        int[] ranked = [.. numbers.OrderBy(i => history.Loss(i)).ThenBy(i => i)];
        int best = most / 2, spread = most - best, others = ranked.Length - best;
        int[] selected = [.. ranked.Take(best), .. Enumerable.Range(0, spread).Select(k => ranked[best + (int)((long)k * others / spread)])];
        Array.Sort(selected);
        return selected;
    }
}

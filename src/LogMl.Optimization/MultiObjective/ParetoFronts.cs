namespace LogMl.Optimization.MultiObjective;

/// <summary>
/// Nondominated sorting of complete trials by constrained domination (K. Deb et al., "A fast and elitist multiobjective genetic algorithm:
/// NSGA-II", IEEE Trans. Evol. Comput. 6, 2002, sections III.A and VI.A).
/// </summary>
internal static class ParetoFronts
{
    /// <summary>
    /// Whether one trial dominates another. A feasible trial dominates an infeasible one. Of two infeasible trials, the one with the lower
    /// violation dominates. Of two feasible trials, one dominates if it is at least as good in each objective and better in one.
    /// </summary>
    public static bool Dominates(History history, int a, int b)
    {
        var violationOfA = history.Violation(a);
        var violationOfB = history.Violation(b);
        if (violationOfA > 0 || violationOfB > 0)
        {
            return violationOfA < violationOfB;
        }

        var isBetter = false;
        for (var k = 0; k < history.ObjectiveCount; k++)
        {
            var x = history.Loss(a, k);
            var y = history.Loss(b, k);
            if (x > y)
            {
                return false;
            }

            isBetter |= x < y;
        }

        return isBetter;
    }

    /// <summary>The trials that no other one dominates, in the given order.</summary>
    public static int[] First(History history, IReadOnlyList<int> numbers) =>
        [.. First(numbers, (one, other) => Dominates(history, one, other))];

    /// <summary>The items that no other one dominates, in the given order.</summary>
    public static IReadOnlyList<T> First<T>(IEnumerable<T> items, Func<T, T, bool> dominates)
    {
        // Every dominated item is dominated by a member of the front, so it is enough to compare with the front so far.
        var front = new List<T>();
        foreach (var candidate in items)
        {
            if (!front.Exists(member => dominates(member, candidate)))
            {
                front.RemoveAll(member => dominates(candidate, member));
                front.Add(candidate);
            }
        }

        return front;
    }

    /// <summary>Sorts trials into fronts. A trial is only dominated by members of earlier fronts.</summary>
    public static List<int[]> Sort(History history, IReadOnlyList<int> numbers)
    {
        var count = numbers.Count;
        var dominators = new int[count];
        var dominated = new List<int>[count];
        for (var i = 0; i < count; i++)
        {
            dominated[i] = [];
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                if (Dominates(history, numbers[i], numbers[j]))
                {
                    dominated[i].Add(j);
                    dominators[j]++;
                }
            }
        }

        var fronts = new List<int[]>();
        List<int> front = [.. Enumerable.Range(0, count).Where(i => dominators[i] == 0)];
        while (front.Count > 0)
        {
            fronts.Add([.. front.Select(i => numbers[i])]);
            front = [.. front.SelectMany(i => dominated[i]).Where(j => --dominators[j] == 0).Order()];
        }

        return fronts;
    }
}

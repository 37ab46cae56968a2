using LogMl.Optimization.MultiObjective;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// Selects the good trials for several objectives (Y. Ozaki et al., "Multiobjective tree-structured Parzen estimator", JAIR 73, 2022). It
/// takes one nondominated front after the other. Of the last front, which fits only in part, it greedily chooses a subset with a large
/// hypervolume. The weight of a good trial is its hypervolume contribution.
/// </summary>
internal sealed class ParetoSplit(History history)
{
    // The reference point is worse than the worst value of each objective by a tenth.
    private const double ReferenceFactor = 1.1;
    private const double NegativeReferenceFactor = 0.9;
    private const double SmallestWeight = 1e-3;

    /// <summary>Selects the good trials.</summary>
    /// <param name="order">The trials that ended with a value.</param>
    /// <param name="good">Receives their numbers. Its length is the number of trials to select.</param>
    /// <param name="weights">Receives their weights.</param>
    /// <returns>The number of selected trials.</returns>
    public int Select(TrialOrder order, Span<int> good, Span<double> weights)
    {
        List<int> rest = [];
        for (var i = 0; i < order.Count; i++)
        {
            if (history.State(order[i]) == TrialState.Complete)
            {
                rest.Add(order[i]);
            }
        }

        rest.Sort();
        var reference = ReferencePoint(rest);
        var count = 0;
        while (count < good.Length && rest.Count > 0)
        {
            var front = ParetoFronts.First(history, rest);
            rest.RemoveAll(trial => Array.BinarySearch(front, trial) >= 0);
            IEnumerable<int> taken = front.Length <= good.Length - count ? front : Subset(front, good.Length - count, reference);
            foreach (var trial in taken)
            {
                good[count++] = trial;
            }
        }

        Weigh(good[..count], weights, reference);
        return count;
    }

    private double[] ReferencePoint(List<int> trials)
    {
        var reference = new double[history.ObjectiveCount];
        for (var k = 0; k < reference.Length; k++)
        {
            var worst = trials.Count > 0 ? trials.Max(trial => history.Loss(trial, k)) : 0;
            reference[k] = worst > 0 ? worst * ReferenceFactor : worst < 0 ? worst * NegativeReferenceFactor : double.Epsilon;
        }

        return reference;
    }

    // Greedy hypervolume subset selection, whose hypervolume is at least 1 - 1/e of the optimum.
    private List<int> Subset(int[] front, int count, double[] reference)
    {
        List<int> left = [.. front];
        List<int> chosen = [];
        List<double[]> points = [];
        while (chosen.Count < count)
        {
            var best = 0;
            var bestVolume = double.NegativeInfinity;
            for (var i = 0; i < left.Count; i++)
            {
                points.Add(Losses(left[i]));
                var volume = Hypervolume.Compute(points, reference);
                points.RemoveAt(points.Count - 1);
                if (volume > bestVolume)
                {
                    (best, bestVolume) = (i, volume);
                }
            }

            points.Add(Losses(left[best]));
            chosen.Add(left[best]);
            left.RemoveAt(best);
        }

        return chosen;
    }

    private void Weigh(ReadOnlySpan<int> good, Span<double> weights, double[] reference)
    {
        var points = new List<double[]>();
        foreach (var trial in good)
        {
            points.Add(Losses(trial));
        }

        var all = Hypervolume.Compute(points, reference);
        double greatest = 0;
        for (var k = 0; k < points.Count; k++)
        {
            var point = points[k];
            points.RemoveAt(k);
            weights[k] = all - Hypervolume.Compute(points, reference);
            points.Insert(k, point);
            greatest = Math.Max(greatest, weights[k]);
        }

        for (var k = 0; k < points.Count; k++)
        {
            weights[k] = greatest > 0 ? Math.Max(weights[k] / greatest, SmallestWeight) : 1;
        }
    }

    private double[] Losses(int trial)
    {
        var losses = new double[history.ObjectiveCount];
        for (var k = 0; k < losses.Length; k++)
        {
            losses[k] = history.Loss(trial, k);
        }

        return losses;
    }
}

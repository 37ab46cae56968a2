namespace LogMl.Optimization.Pruning;

/// <summary>
/// The rungs of one asynchronous successive halving (L. Li et al. 2020, algorithm 2). Trials cannot be paused here, so a trial is promoted
/// or pruned as soon as it reaches a rung. While there are too few trials for a promotion, the best one is promoted.
/// </summary>
/// <remarks>
/// The value of a trial at a rung is the first one that it reports at the rung's step or later. Each rung keeps the values of all trials
/// sorted, so that decisions are cheap, and reports between rungs are cheap too.
/// </remarks>
internal sealed class Rungs(TrialReports reports, long firstResource, int reductionFactor, int bootstrapCount)
{
    private readonly List<Rung> _rungs = [];

    /// <summary>Takes a report into account. It may replace an earlier one.</summary>
    public void Reported(int number, int step)
    {
        var steps = reports.Steps(number);
        var index = steps.BinarySearch(step);
        var value = reports.Value(number, index);
        foreach (var rung in RungsBetween(index > 0 ? steps[index - 1] : -1, step))
        {
            rung.Set(number, value);
        }
    }

    /// <summary>Whether to prune a trial: it has just reached one or more rungs, and is not among the best at one of them.</summary>
    public bool ShouldPrune(int number)
    {
        var step = reports.LastStep(number);
        var value = reports.ValueAt(number, step);
        foreach (var rung in RungsBetween(reports.PreviousStep(number), step))
        {
            var count = rung.Values.Count;
            if (double.IsNaN(value) || count <= bootstrapCount || value > rung.Values[Math.Max(count / reductionFactor, 1) - 1])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The rungs whose steps are above one step and at most another one.</summary>
    private IEnumerable<Rung> RungsBetween(int above, int upTo)
    {
        double resource = firstResource;
        for (var i = 0; resource <= upTo; i++, resource *= reductionFactor)
        {
            if (i == _rungs.Count)
            {
                _rungs.Add(new Rung());
            }

            if (resource > above)
            {
                yield return _rungs[i];
            }
        }
    }

    private sealed class Rung
    {
        private readonly Dictionary<int, double> _valueOf = [];

        public SortedValues Values { get; } = new();

        public void Set(int number, double value)
        {
            if (_valueOf.Remove(number, out var old))
            {
                Values.Remove(old);
            }

            if (!double.IsNaN(value))
            {
                _valueOf.Add(number, value);
                Values.Add(value);
            }
        }
    }
}

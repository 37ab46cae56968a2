namespace LogMl.Optimization.Tpe;

/// <summary>
/// The trials that have a value, best first. Feasible complete trials come first, by their loss. Feasible pruned trials follow, by the last
/// step that they reported (later is better), then by its value. Infeasible trials come last, by their violation. Of equal trials, the one
/// with the lower number comes first.
/// </summary>
/// <remarks>
/// Trials are inserted after they have ended. Failed trials and pruned trials without a report have no value and are left out.
/// </remarks>
internal sealed class TrialOrder(History history) : IComparer<int>
{
    private const int FirstCapacity = 64;

    private int[] _sorted = new int[FirstCapacity];
    private int _seen;

    public int Count { get; private set; }

    /// <summary>The number of complete trials, infeasible ones included.</summary>
    public int Complete { get; private set; }

    /// <summary>The number of trials that ended without a value.</summary>
    public int WithoutValue { get; private set; }

    public int this[int rank] => _sorted[rank];

    public void Update()
    {
        // A stored study adds many trials at once. Sorting them is faster than inserting them one by one.
        var isBulk = history.Finished.Count - _seen > Count / 8 + FirstCapacity;
        for (; _seen < history.Finished.Count; _seen++)
        {
            var trial = history.Finished[_seen];
            if (HasNoValue(history, trial))
            {
                WithoutValue++;
                continue;
            }

            Complete += history.State(trial) == TrialState.Complete ? 1 : 0;
            if (isBulk)
            {
                InsertAt(Count, trial);
            }
            else
            {
                Insert(trial);
            }
        }

        if (isBulk)
        {
            Array.Sort(_sorted, 0, Count, this);
        }
    }

    int IComparer<int>.Compare(int x, int y)
    {
        var order = Key(x).CompareTo(Key(y));
        return order != 0 ? order : x.CompareTo(y);
    }

    /// <summary>Whether a trial ended without a value: it failed, or it was pruned without a report.</summary>
    public static bool HasNoValue(History history, int trial) =>
        history.State(trial) == TrialState.Failed || (history.State(trial) == TrialState.Pruned && history.LastReport(trial) is null);

    private void Insert(int trial)
    {
        var key = Key(trial);
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var other = _sorted[middle];
            var order = Key(other).CompareTo(key);
            if (order < 0 || (order == 0 && other < trial))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        InsertAt(low, trial);
    }

    private void InsertAt(int place, int trial)
    {
        if (Count == _sorted.Length)
        {
            Array.Resize(ref _sorted, Count * 2);
        }

        Array.Copy(_sorted, place, _sorted, place + 1, Count - place);
        _sorted[place] = trial;
        Count++;
    }

    private (int Class, double First, double Second) Key(int trial)
    {
        if (history.Violation(trial) > 0)
        {
            return (2, history.Violation(trial), 0);
        }

        if (history.State(trial) == TrialState.Complete)
        {
            return (0, history.Loss(trial), 0);
        }

        (var step, var value) = history.LastReport(trial)!.Value;
        return (1, -step, double.IsNaN(value) ? double.PositiveInfinity : value);
    }
}

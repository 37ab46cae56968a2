namespace LogMl.Optimization.Sampling;

/// <summary>
/// The order of trials with one objective, best first: feasible trials by their loss, then infeasible ones by their violation, then trials
/// without a loss (pruned, running, failed). Of equal trials, the one with the lower number comes first.
/// </summary>
internal sealed class TrialRanking(History history) : IComparer<int>
{
    public int Compare(int x, int y)
    {
        var order = CompareQuality(x, y);
        return order != 0 ? order : x.CompareTo(y);
    }

    /// <summary>Compares without the numbers: 0 for trials that are equally good.</summary>
    public int CompareQuality(int x, int y)
    {
        var a = Key(x);
        var b = Key(y);
        return a.CompareTo(b);
    }

    private (int Class, double Amount) Key(int number) => history.State(number) switch
    {
        TrialState.Complete when history.Violation(number) > 0 => (1, history.Violation(number)),
        TrialState.Complete => (0, history.Loss(number)),
        TrialState.Pruned => (2, 0),
        TrialState.Running => (3, 0),
        _ => (4, 0),
    };
}

namespace LogMl.Optimization.Sampling;

/// <summary>
/// The order of trials of one objective, best first: feasible ones by their loss, then infeasible ones by their violation, then those
/// without a loss (pruned, running, failed). Among equals the first is better.
/// </summary>
internal sealed class TrialRanking(History history) : IComparer<int>
{
    public int Compare(int x, int y)
    {
        int order = CompareQuality(x, y);
        return order != 0 ? order : x.CompareTo(y);
    }

    /// <summary>The same without the numbers: 0 for trials of which none is better.</summary>
    public int CompareQuality(int x, int y)
    {
        (int Class, double Amount) a = Key(x);
        (int Class, double Amount) b = Key(y);
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

namespace LogMl.Optimization.Stopping;

/// <summary>
/// Ends a search whose last trials have not improved the best loss. It reads all trials each time, at about a nanosecond for each.
/// </summary>
internal sealed class NoImprovementCriterion : StoppingCriterion
{
    private readonly int _trials;
    private readonly double _minRelativeImprovement;

    public NoImprovementCriterion(int trials, double minRelativeImprovement)
    {
        Require.AtLeast(trials, 1, nameof(trials));
        if (!(minRelativeImprovement is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(minRelativeImprovement),
                Require.Text($"minRelativeImprovement must be in [0, 1); got {minRelativeImprovement}."));
        }

        _trials = trials;
        _minRelativeImprovement = minRelativeImprovement;
    }

    internal override StudyEnd? Check(Study study, History history)
    {
        var best = double.PositiveInfinity;
        var bestNumber = -1;
        var since = 0;
        for (var i = 0; i < history.Count; i++)
        {
            var limit = bestNumber < 0 ? best : best - Math.Abs(best) * _minRelativeImprovement;
            if (history.State(i) == TrialState.Complete && history.Violation(i) == 0 && history.Loss(i) < limit)
            {
                (best, bestNumber, since) = (history.Loss(i), i, 0);
            }
            else if (bestNumber >= 0 && history.State(i) != TrialState.Running)
            {
                since++;
            }
        }

        return since >= _trials
            ? new StudyEnd(StopReason.NoImprovement, Require.Text($"{since} trials have not improved on trial {bestNumber}."))
            : null;
    }
}

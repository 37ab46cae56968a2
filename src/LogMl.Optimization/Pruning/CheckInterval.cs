namespace LogMl.Optimization.Pruning;

/// <summary>At which reports a pruner decides at all.</summary>
internal readonly record struct CheckInterval(int WarmupSteps, int IntervalSteps)
{
    /// <summary>
    /// Whether the last report of a trial is its first one in an interval: the intervals begin at the end of the warm-up, and follow each
    /// other at a distance of so many steps. A trial that reports less often than that is looked at each time.
    /// </summary>
    public bool IsDue(TrialReports reports, int number)
    {
        int step = reports.LastStep(number);
        return step >= WarmupSteps &&
            reports.LastStepButOne(number) < WarmupSteps + (step - WarmupSteps) / IntervalSteps * IntervalSteps;
    }

    public void Validate()
    {
        Require.AtLeast(WarmupSteps, 0, nameof(WarmupSteps));
        Require.AtLeast(IntervalSteps, 1, nameof(IntervalSteps));
    }
}

namespace LogMl.Optimization.Pruning;

/// <summary>The reports at which a pruner decides: those after the warm-up, once in each interval of steps.</summary>
internal readonly record struct CheckInterval(int WarmupSteps, int IntervalSteps)
{
    /// <summary>
    /// Whether the last report of a trial is its first one in an interval. The first interval begins at the end of the warm-up, and each is
    /// <see cref="IntervalSteps"/> long. For a trial that reports less often than that, each report is due.
    /// </summary>
    public bool IsDue(TrialReports reports, int number)
    {
        var step = reports.LastStep(number);
        return step >= WarmupSteps &&
            reports.PreviousStep(number) < WarmupSteps + (step - WarmupSteps) / IntervalSteps * IntervalSteps;
    }

    public void Validate()
    {
        Require.AtLeast(WarmupSteps, 0, nameof(WarmupSteps));
        Require.AtLeast(IntervalSteps, 1, nameof(IntervalSteps));
    }
}

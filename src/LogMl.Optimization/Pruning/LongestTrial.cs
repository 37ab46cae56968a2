namespace LogMl.Optimization.Pruning;

/// <summary>The last step of the longest complete trial: how long trials are when nobody has said.</summary>
internal sealed class LongestTrial(TrialReports reports)
{
    /// <summary>The step; null while no trial that reported is complete.</summary>
    public int? LastStep { get; private set; }

    /// <summary>Looks at a trial that has ended.</summary>
    /// <returns>True if the step has changed.</returns>
    public bool Update(int number)
    {
        if (reports.History.State(number) != TrialState.Complete || reports.Steps(number).Length == 0 ||
            reports.LastStep(number) <= LastStep)
        {
            return false;
        }

        LastStep = reports.LastStep(number);
        return true;
    }
}

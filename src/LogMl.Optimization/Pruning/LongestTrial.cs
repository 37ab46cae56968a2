namespace LogMl.Optimization.Pruning;

/// <summary>
/// The last step of the longest complete trial, from which a pruner infers the length of a trial if the user has not given it.
/// </summary>
internal sealed class LongestTrial(TrialReports reports)
{
    /// <summary>The step; null while no complete trial has reported.</summary>
    public int? LastStep { get; private set; }

    /// <summary>Takes a trial that has ended into account.</summary>
    /// <returns>True if <see cref="LastStep"/> has changed.</returns>
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

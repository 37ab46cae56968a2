namespace LogMl.Optimization.Pruning;

/// <summary>
/// Shows another pruner the mean of a trial's reports up to each step in the place of the report itself. It is for objectives that are the
/// mean over folds, whose single values differ more between the folds than between the trials.
/// </summary>
internal sealed class RunningMeanPruner(Pruner inner) : Pruner(inner.Name)
{
    internal override PruningRule CreateRule(TrialReports reports) => inner.CreateRule(reports.AsRunningMeans());
}

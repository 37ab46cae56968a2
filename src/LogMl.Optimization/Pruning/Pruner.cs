namespace LogMl.Optimization.Pruning;

/// <summary>
/// Decides by the intermediate values of a trial (<see cref="Trial.Report"/>) whether to end it early. A pruner has no state: a decision is
/// a function of its options and of the reports of the trials of the study. One pruner may serve several studies.
/// </summary>
public abstract class Pruner
{
    private protected Pruner(string name)
    {
        Name = name;
    }

    /// <summary>The name of the method: <c>median</c>, <c>hyperband</c> and so on.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Makes the rule that prunes the trials of one study.</summary>
    internal abstract PruningRule CreateRule(TrialReports reports);
}

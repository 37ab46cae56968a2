namespace LogMl.Optimization.Pruning;

/// <summary>
/// Decides by the intermediate values of a trial (<see cref="Trial.Report"/>) whether it should be given up before its end. A pruner has no
/// state: a decision is a function of its options and of what the trials of the study have reported. One pruner may serve several studies.
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

    /// <summary>Begins to serve a study.</summary>
    internal abstract PruningRule CreateRule(TrialReports reports);
}

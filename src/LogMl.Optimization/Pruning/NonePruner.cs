namespace LogMl.Optimization.Pruning;

/// <summary>Never prunes.</summary>
internal sealed class NonePruner() : Pruner("none")
{
    internal override PruningRule CreateRule(TrialReports reports) => new Rule();

    private sealed class Rule : PruningRule
    {
        public override bool ShouldPrune(int number) => false;
    }
}

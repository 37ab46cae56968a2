namespace LogMl.Optimization.Pruning;

/// <summary>A decision knows all that the trials have reported so far.</summary>
internal sealed class LivePruning : StudyPruning
{
    private readonly Pruner _pruner;
    private readonly IReadOnlyList<Trial> _trials;
    private readonly TrialReports _reports;
    private PruningRule _rule;

    public LivePruning(Pruner pruner, IReadOnlyList<Trial> trials, TrialReports reports)
    {
        _pruner = pruner;
        _trials = trials;
        _reports = reports;
        _rule = pruner.CreateRule(reports);
    }

    public override void Reported(int number, int step) => _rule.Reported(number, step);

    public override void Ended(int number) => _rule.Ended(number);

    public override void Restarted(int number)
    {
        _rule = _pruner.CreateRule(_reports);
        foreach (var trial in _trials)
        {
            Replay(trial, _rule);
        }
    }

    public override bool ShouldPrune(int number) => _rule.ShouldPrune(number);
}

using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Pruning;

/// <summary>The best complete and feasible trial, with which a pruner compares others.</summary>
internal sealed class BestTrial(History history)
{
    private readonly TrialRanking _ranking = new(history);

    /// <summary>Its number; null while there is none.</summary>
    public int? Number { get; private set; }

    /// <summary>Takes a trial that has ended into account.</summary>
    public void Update(int number)
    {
        if (history.State(number) == TrialState.Complete && history.Violation(number) == 0 &&
            (Number is not { } best || _ranking.Compare(number, best) < 0))
        {
            Number = number;
        }
    }
}

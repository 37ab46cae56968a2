using LogMl.Optimization;

namespace LogMl.Storage;

/// <content>
/// Results that are being replaced: another run of a complete trial was requested, and the result counts until that run has ended.
/// </content>
public partial class StudyView
{
    /// <summary>
    /// The complete trials whose requested repetitions have not ended, by number. The engine does not know their results: its trial for the
    /// evaluation is the one that is run again.
    /// </summary>
    private readonly Dictionary<int, TrialRecord> _standing = [];

    /// <summary>The numbers of trials whose results were replaced. The engine may have learnt of those results before.</summary>
    private readonly HashSet<int> _replaced = [];

    /// <summary>The number of waiting trials that are requested repetitions (<see cref="StudyStorage.TryRepeat"/>).</summary>
    public int WaitingRepetitions
    {
        get
        {
            lock (_lock)
            {
                return Unfinished.Values.Count(entry => entry.Record is { State: StoredState.Waiting, WantedRuns: > 0 });
            }
        }
    }

    /// <summary>
    /// The complete and feasible trial with the lowest loss, among equals the first; null while there is none, and in a study of several
    /// objectives.
    /// </summary>
    public StoredResult? Best
    {
        get
        {
            lock (_lock)
            {
                var best = Study.BestTrial;
                if (_standing.Count > 0 || (best is not null && _replaced.Contains(Numbers[best.Number])))
                {
                    return AllResults().OrderBy(result => result.Loss).ThenBy(result => result.Number).FirstOrDefault();
                }

                return best is null ? null : ResultOf(best);
            }
        }
    }

    /// <summary>The results of all complete and feasible trials that count, in a study with one objective. They have no order.</summary>
    public IReadOnlyList<StoredResult> Results
    {
        get
        {
            lock (_lock)
            {
                return [.. AllResults()];
            }
        }
    }

    private IEnumerable<StoredResult> AllResults() =>
        Study.Trials.Where(trial => !_replaced.Contains(Numbers[trial.Number])).Select(ResultOf)
            .Concat(_standing.Values.Select(ResultOf)).OfType<StoredResult>();

    private StoredResult? ResultOf(Trial trial) =>
        trial is { State: TrialState.Complete, IsFeasible: true, Loss: { } loss }
            ? new StoredResult(Numbers[trial.Number], _evaluationOf[trial.Number], loss, trial.Values)
            : null;

    private StoredResult? ResultOf(TrialRecord record) =>
        record.Values is [var value] && record.Constraints.All(constraint => constraint <= 0) && _points.Read(record, out _) is { } point
            ? new StoredResult(record.Number, EvaluationOf(record), _record.Directions[0] == Direction.Maximize ? -value : value, point)
            : null;

    /// <summary>Whether a trial has a result, as far as this object knows.</summary>
    private protected bool HasResult(int number) => _standing.ContainsKey(number)
        || (Numbers.IndexOf(number) is >= 0 and var index && Study.Trials[index].State == TrialState.Complete);

    /// <summary>Records that a requested repetition has ended, and that the results of the earlier runs no longer count.</summary>
    private protected void Replace(IReadOnlyList<int> numbers)
    {
        foreach (var number in numbers)
        {
            _standing.Remove(number);
            _replaced.Add(number);
        }
    }

    /// <summary>
    /// The earlier run that still has its result, because the requested repetition was cut off and has no result; else null.
    /// </summary>
    private TrialRecord? Unreplaced(TrialRecord record) => record.State == StoredState.Fail && record.Replaces.Any(HasResult)
        ? _storage.ReadTrials(_record.Id, record.RetryHistory[0] - 1, [])
            .FirstOrDefault(earlier => earlier.State == StoredState.Complete && record.RetryHistory.Contains(earlier.Number))
        : null;
}

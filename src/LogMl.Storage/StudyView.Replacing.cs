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

    private IReadOnlyList<StoredResult> _front = [];
    private (int Standing, int Replaced) _frontState;

    /// <summary>How many of the ended trials of the engine are taken into account in the front.</summary>
    private int _frontCount;

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

    /// <summary>The number of trials that wait to be run: repetitions, trials that were released, and points that were added.</summary>
    internal int WaitingTrials
    {
        get
        {
            lock (_lock)
            {
                return Unfinished.Values.Count(entry => entry.Record.State == StoredState.Waiting);
            }
        }
    }

    /// <summary>
    /// The complete and feasible trial with the lowest loss, among equals the first; null while there is none. With several objectives it
    /// is the trial of <see cref="Front"/> that is nearest to the ideal point, which has the best value of each objective in the front:
    /// each objective is scaled to its range in the front, and of equally near trials the earlier one is taken.
    /// </summary>
    public StoredResult? Best
    {
        get
        {
            lock (_lock)
            {
                if (_record.Directions.Count > 1)
                {
                    return ParetoFront.Choose(CurrentFront());
                }

                var best = Study.BestTrial;
                if (_standing.Count > 0 || (best is not null && _replaced.Contains(Numbers[best.Number])))
                {
                    return AllResults().OrderBy(result => result.Loss).ThenBy(result => result.Number).FirstOrDefault();
                }

                return best is null ? null : ResultOf(best);
            }
        }
    }

    /// <summary>
    /// The Pareto front, in the order of the numbers: the complete and feasible trials that count and that no other one dominates, by being
    /// as good in each objective and better in one. With one objective it is <see cref="Best"/>, if there is one.
    /// </summary>
    public IReadOnlyList<StoredResult> Front
    {
        get
        {
            lock (_lock)
            {
                return _record.Directions.Count > 1 ? CurrentFront() : Best is { } best ? [best] : [];
            }
        }
    }

    /// <summary>Whether a trial is complete, feasible or not.</summary>
    public bool HasResults
    {
        get
        {
            lock (_lock)
            {
                return CompleteResults().Any();
            }
        }
    }

    /// <summary>The number of complete trials that count and keep the constraints.</summary>
    internal int Feasible
    {
        get
        {
            lock (_lock)
            {
                return Study.Trials.Count(trial => trial.IsFeasible && IsResult(trial))
                    + _standing.Values.Count(record => ResultOf(record) is { Violation: 0 });
            }
        }
    }

    /// <summary>The number of complete trials that count and violate a constraint.</summary>
    public int Infeasible
    {
        get
        {
            lock (_lock)
            {
                return Study.Trials.Count(trial => !trial.IsFeasible && IsResult(trial))
                    + _standing.Values.Count(record => ResultOf(record) is { Violation: > 0 });
            }
        }
    }

    /// <summary>
    /// Of the complete trials that count and violate a constraint, the one with the smallest violation. Among equals it is the one with the
    /// lowest loss, or with several objectives the one that is nearest to the ideal point, as for <see cref="Best"/>; among equals again
    /// the first. Null while there is none.
    /// </summary>
    public StoredResult? LeastViolating
    {
        get
        {
            lock (_lock)
            {
                return ParetoFront.LeastViolating([.. CompleteResults().Where(result => result.Violation > 0)]);
            }
        }
    }

    /// <summary>The results of all complete and feasible trials that count. They have no order.</summary>
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

    private IEnumerable<StoredResult> AllResults() => CompleteResults().Where(result => result.Violation == 0);

    private IEnumerable<StoredResult> CompleteResults() =>
        Study.Trials.Where(IsResult).Select(ResultOf).Concat(_standing.Values.Select(ResultOf).OfType<StoredResult>());

    private bool IsResult(Trial trial) => trial.State == TrialState.Complete && !_replaced.Contains(Numbers[trial.Number]);

    private StoredResult ResultOf(Trial trial) =>
        new(Numbers[trial.Number], _evaluationOf[trial.Number], LossesOf(trial.Objectives), trial.Values)
        {
            Violation = trial.Violation,
        };

    private StoredResult? ResultOf(TrialRecord record) =>
        record.Values.Count == _record.Directions.Count && _points.Read(record, out _) is { } point
            ? new StoredResult(record.Number, EvaluationOf(record), LossesOf(record.Values), point)
            {
                Violation = record.Violation,
            }
            : null;

    /// <summary>The values of the objectives in the sign in which lower is better.</summary>
    internal double[] LossesOf(IReadOnlyList<double> values) =>
        [.. values.Zip(_record.Directions, (value, direction) => direction == Direction.Maximize ? -value : value)];

    /// <summary>The front. Trials that have ended since the last time are compared with it; replaced results need a new one.</summary>
    private IReadOnlyList<StoredResult> CurrentFront()
    {
        var ended = Study.EndedAfter(_frontCount);
        var state = (_standing.Count, _replaced.Count);
        if (_frontState != state)
        {
            _front = ParetoFront.Of(AllResults());
        }
        else if (ended.Count > 0)
        {
            _front = ParetoFront.Of([.. _front, .. ended.Where(trial => IsResult(trial) && trial.IsFeasible).Select(ResultOf)]);
        }

        (_frontState, _frontCount) = (state, _frontCount + ended.Count);
        return _front;
    }

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

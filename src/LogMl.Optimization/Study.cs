using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Optimization.MultiObjective;
using LogMl.Optimization.Points;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Running;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization;

/// <summary>
/// A search for the parameters with the lowest loss. <see cref="Ask()"/> proposes a point and <see cref="Tell(Trial, double)"/> takes its
/// loss. <see cref="Optimize(Func{Trial, double}, int, CancellationToken)"/> does both in a loop.
/// </summary>
/// <remarks>
/// <para>Any number of trials may run at the same time, and they may be told in any order. A proposal depends only on the seed of the
/// sampler, the number of the new trial, and what has been asked and told so far. So a study that is rebuilt from stored trials, by
/// <see cref="Ask(IEnumerable{KeyValuePair{string, double}})"/> and Tell, continues as if it had never stopped.</para>
/// <para>All members are thread-safe. Calls that ask, tell or report take a lock. Reading <see cref="Trials"/>, <see cref="BestTrial"/> or
/// a trial takes none.</para>
/// </remarks>
public sealed partial class Study
{
    private readonly Lock _lock = new();
    private readonly AppendOnlyList<Trial> _trials = new();
    private readonly PointReader _reader;
    private readonly Parameter[] _parameters;
    private readonly History _history;
    private readonly Proposer _proposer;
    private readonly StudyPruning _pruning;
    private volatile IReadOnlyDictionary<string, JsonElement> _userAttributes = Optimization.UserAttributes.None;
    private Trial? _bestTrial;
    private readonly double[] _signs;
    private readonly AllowedPoints? _allowed;
    private readonly SpaceSize _spaceSize;
    private readonly TriedPoints? _tried;
    private readonly EarlierResults? _earlier;

    /// <summary>Creates a study without trials.</summary>
    /// <param name="space">The space to search. It can no longer be changed.</param>
    /// <param name="options">How to search.</param>
    /// <exception cref="ArgumentException">
    /// Two parameters of the space or two search constraints have the same name, a fixed value is not in the support of its parameter, or
    /// the sampler does not support this space or this number of objectives.
    /// </exception>
    public Study(SearchSpace space, StudyOptions options)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Sampler, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Pruner, nameof(options));
        if (options.Directions is not { Count: > 0 })
        {
            throw new ArgumentException("A study needs the direction of at least one objective.", nameof(options));
        }

        ArgumentNullException.ThrowIfNull(options.SearchConstraints, nameof(options));
        Require.AtLeast(options.DeterministicWorkers ?? 1, 1, nameof(options.DeterministicWorkers));
        if (options.Directions.Count > 1 && options.Stopping.Count > 0)
        {
            throw new ArgumentException("Stopping criteria look at one objective; the study has several.", nameof(options));
        }

        Options = options;
        _parameters = space.Flatten();
        Parameters = Array.AsReadOnly(_parameters);
        _reader = new PointReader(_parameters);
        _signs = [.. options.Directions.Select(direction => direction == Direction.Maximize ? -1.0 : 1.0)];
        _allowed = options.SearchConstraints.Count == 0 ? null : new AllowedPoints(this, options.SearchConstraints);
        _history = new History(Parameters, _signs.Length, _reader.ReadFixed(options.Fixed), new StudyHistory(this)) { Allowed = _allowed };
        _known = options.DeterministicWorkers is null
            ? _history
            : new History(Parameters, _signs.Length, _history.Fixed, new StudyHistory(this, IsKnown)) { Allowed = _allowed };
        _spaceSize = new SpaceSize(_parameters, _history.Fixed);
        if (options.Duplicates != DuplicateHandling.Reevaluate)
        {
            _tried = new TriedPoints(_parameters, _spaceSize, _history.Fixed);
        }

        _earlier = options.Duplicates == DuplicateHandling.Reuse ? new EarlierResults() : null;
        _proposer = options.Sampler.CreateProposer(_known);
        _pruning = options.DeterministicWorkers is { } delay
            ? new DelayedPruning(options.Pruner, this, _trials, _known, _signs[0], delay)
            : new LivePruning(options.Pruner, _trials, new TrialReports(_trials, _history, _signs[0]));
    }

    /// <summary>How the study searches.</summary>
    public StudyOptions Options { get; }

    /// <summary>All parameters, those of branches included. Each choice comes before the parameters of its branches.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// All trials in the order of their numbers. It is a snapshot, which does not change when further trials are asked for. It takes no
    /// lock and copies nothing.
    /// </summary>
    public IReadOnlyList<Trial> Trials => _trials.Snapshot();

    /// <summary>A read-only view of the study.</summary>
    public StudyHistory History => _history.View;

    /// <summary>Tells when a trial has ended.</summary>
    internal EndSignal Ended { get; } = new();

    /// <summary>Whether a store keeps the study. Then its trials may be changed through the store only.</summary>
    internal bool IsStored { get; init; }

    /// <summary>
    /// The attributes that <see cref="SetUserAttribute(string, JsonNode?)"/> has set, in the order in which they were first set. It is a
    /// snapshot. The search ignores them.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> UserAttributes => _userAttributes;

    /// <summary>
    /// The complete and feasible trial with the lowest loss, the first one if several are equal; null while there is none, and in a study
    /// with several objectives.
    /// </summary>
    public Trial? BestTrial => Volatile.Read(ref _bestTrial);

    /// <summary>
    /// The best trial by the mean of a Gaussian process that is fitted to the losses. Prefer it to <see cref="BestTrial"/> when losses are
    /// noisy. Each call fits the process again, to at most 200 trials, half of which are the best ones. That takes some hundredths of a
    /// second.
    /// </summary>
    /// <returns>The trial, and what the process predicts for it; null while fewer than two trials are complete and feasible.</returns>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public ModelIncumbent? FindBestTrialByModel() => FindBestTrialByModel(sees: null);

    /// <inheritdoc cref="FindBestTrialByModel()"/>
    internal ModelIncumbent? FindBestTrialByModel(Func<int, bool>? sees)
    {
        if (_signs.Length > 1)
        {
            throw new InvalidOperationException($"The study has {_signs.Length} objectives, of which none is the loss.");
        }

        lock (_lock)
        {
            var feasible = CompleteAndFeasible(sees);
            if (feasible.Length < 2)
            {
                return null;
            }

            var model = GaussianProcessLoss.Fit(_history, feasible);
            (var number, (var mean, var deviation)) =
                feasible.Select(i => (Number: i, Belief: model.At(_trials[i].Point))).MinBy(pair => pair.Belief.Mean);
            return new ModelIncumbent(_trials[number], mean * _signs[0], deviation, model.Noise);
        }
    }

    /// <summary>
    /// The Pareto front: the complete and feasible trials that no other one dominates, in the order of their numbers. A trial dominates
    /// another if it is at least as good in each objective and better in one. With one objective, this is <see cref="BestTrial"/>, if there
    /// is one.
    /// </summary>
    public IReadOnlyList<Trial> BestTrials
    {
        get
        {
            lock (_lock)
            {
                return _signs.Length > 1 ? FindBestTrials(sees: null) : BestTrial is { } best ? [best] : [];
            }
        }
    }

    /// <summary>The Pareto front of the trials that <paramref name="sees"/> admits.</summary>
    internal IReadOnlyList<Trial> FindBestTrials(Func<int, bool>? sees)
    {
        lock (_lock)
        {
            var feasible = CompleteAndFeasible(sees);
            return _signs.Length > 1
                ? [.. ParetoFronts.First(_history, feasible).Select(i => _trials[i])]
                : [.. feasible.OrderBy(i => _history.Loss(i)).Take(1).Select(i => _trials[i])];
        }
    }

    /// <summary>
    /// Asks the criteria of <see cref="StudyOptions.Stopping"/> whether the search has ended. Call it in a loop of your own.
    /// </summary>
    /// <returns>
    /// The answer of the first criterion that ends the search; null while the search should go on, or <see cref="MustWait"/>.
    /// </returns>
    public StudyEnd? CheckStopping()
    {
        lock (_lock)
        {
            if (FindAwaited(_trials.Count) is not null)
            {
                return null;
            }

            LearnFor(_trials.Count);
            foreach (var criterion in Options.Stopping)
            {
                if (criterion.Check(this, _known) is { } end)
                {
                    return end;
                }
            }

            return null;
        }
    }

    /// <summary>Ends a trial with the value of its objective. A value that is NaN or infinite makes the trial failed.</summary>
    /// <param name="trial">A running trial of this study.</param>
    /// <param name="loss">The value; lower is better, unless the study maximizes.</param>
    /// <exception cref="ArgumentException">The trial belongs to another study, or the study has several objectives.</exception>
    /// <exception cref="InvalidOperationException">The trial has already been told.</exception>
    public void Tell(Trial trial, double loss) => Tell(trial, new TrialResult(loss));

    /// <summary>Ends a trial with the values of its objectives and constraints.</summary>
    /// <param name="trial">A running trial of this study.</param>
    /// <param name="result">The result of the trial. An objective that is NaN or infinite makes the trial failed.</param>
    /// <exception cref="ArgumentException">The trial belongs to another study, or the number of values is not the number of the study's
    /// objectives.</exception>
    /// <exception cref="InvalidOperationException">The trial has already been told.</exception>
    public void Tell(Trial trial, TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(trial);
        RequireObjectives(result, trial.Number);

        lock (_lock)
        {
            RequireRunning(trial);
            if (result.Objectives.All(double.IsFinite))
            {
                Complete(trial, result);
            }
            else
            {
                Fail(trial);
            }
        }
    }

    /// <summary>Ends a trial that was pruned. Samplers learn from the last value that it reported.</summary>
    /// <param name="trial">A running trial of this study.</param>
    /// <exception cref="ArgumentException">The trial belongs to another study.</exception>
    /// <exception cref="InvalidOperationException">The trial has already been told.</exception>
    public void TellPruned(Trial trial)
    {
        lock (_lock)
        {
            RequireRunning(trial);
            trial.End(TrialState.Pruned);
            SettleEnd(trial);
        }
    }

    /// <summary>Ends a trial that failed. From it, samplers learn at most where trials fail.</summary>
    /// <param name="trial">A running trial of this study.</param>
    /// <exception cref="ArgumentException">The trial belongs to another study.</exception>
    /// <exception cref="InvalidOperationException">The trial has already been told.</exception>
    public void TellFailed(Trial trial)
    {
        lock (_lock)
        {
            RequireRunning(trial);
            Fail(trial);
        }
    }

    /// <summary>Sets an attribute of the study, as <see cref="Trial.SetUserAttribute"/> does for a trial.</summary>
    /// <param name="name">The name. An attribute with this name is replaced.</param>
    /// <param name="value">
    /// A number, string, boolean, array or object of JSON, or null. A number that is not finite is stored as the string NaN, Infinity or
    /// -Infinity.
    /// </param>
    /// <exception cref="ArgumentException">JSON cannot hold the value.</exception>
    public void SetUserAttribute(string name, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        SetUserAttribute(name, AttributeJson.Of(name, value));
    }

    /// <summary>Lets a running trial start again: the trial and the pruner forget its reports.</summary>
    /// <param name="trial">A running trial of this study.</param>
    /// <exception cref="ArgumentException">The trial belongs to another study.</exception>
    /// <exception cref="InvalidOperationException">The trial has already been told.</exception>
    public void Restart(Trial trial)
    {
        lock (_lock)
        {
            RequireRunning(trial);
            if (trial.Reports.Count == 0)
            {
                return;
            }

            trial.ForgetReports();
            _pruning.Restarted(trial.Number);
        }
    }

    /// <summary>The trials that have ended, in the order in which they did, without the first ones.</summary>
    /// <param name="count">The number of trials that are left out.</param>
    internal IReadOnlyList<Trial> EndedAfter(int count)
    {
        lock (_lock)
        {
            return [.. _history.Finished.Skip(count).Select(number => _trials[number])];
        }
    }

    internal Parameter FindParameter(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _reader.TryFind(name, out var parameter)
            ? parameter
            : throw new KeyNotFoundException($"The search space has no parameter '{name}'.");
    }

    internal bool TryFindParameter(string name, [NotNullWhen(true)] out Parameter? parameter) =>
        _reader.TryFind(name, out parameter);

    /// <summary>Checks the number of values before anything is done with a result.</summary>
    internal void RequireObjectives(TrialResult result, int number)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Objectives.Count != _signs.Length)
        {
            throw new ArgumentException(
                $"The study has {_signs.Length} objectives; the result of trial {number} has {result.Objectives.Count} values.",
                nameof(result));
        }
    }

    /// <summary>A trial of a stored study may be changed through the store only, whatever it is cast to.</summary>
    internal void RequireOwnTrials()
    {
        if (IsStored)
        {
            throw new InvalidOperationException(
                "This trial is that of a stored study. Only the StoredTrial that was asked for can be changed.");
        }
    }

    internal void Report(Trial trial, double value, int step)
    {
        lock (_lock)
        {
            RequireRunning(trial);
            if (_signs.Length > 1)
            {
                throw new InvalidOperationException(
                    "A study with several objectives takes no intermediate values: it would not be clear of which.");
            }

            trial.AddReport(value, step);
            _pruning.Reported(trial.Number, step);
        }
    }

    internal void SetUserAttribute(string name, JsonElement value)
    {
        lock (_lock)
        {
            _userAttributes = _userAttributes.With(name, value);
        }
    }

    internal void SetUserAttribute(Trial trial, string name, JsonElement value)
    {
        lock (_lock)
        {
            RequireRunning(trial);
            trial.AddUserAttribute(name, value);
        }
    }

    internal void ReplaceUserAttributes(Trial trial, IReadOnlyDictionary<string, JsonElement> attributes)
    {
        lock (_lock)
        {
            RequireRunning(trial);
            trial.ReplaceUserAttributes(attributes);
        }
    }

    internal bool ShouldPrune(Trial trial)
    {
        lock (_lock)
        {
            RequireRunning(trial);
            if (_signs.Length > 1)
            {
                throw new InvalidOperationException(
                    "A study with several objectives prunes no trials: they have no intermediate values to decide by.");
            }

            LearnFor(trial.Number);
            return trial.Reports.Count > 0 && _pruning.ShouldPrune(trial.Number);
        }
    }

    private void Complete(Trial trial, TrialResult result, int? reusedTrial = null)
    {
        trial.End(TrialState.Complete, result, reusedTrial);
        SettleEnd(trial);
        if (trial.Loss is { } loss && trial.IsFeasible &&
            (BestTrial is not { } best || loss < best.Loss || (loss == best.Loss && trial.Number < best.Number)))
        {
            Volatile.Write(ref _bestTrial, trial);
        }
    }

    private int[] CompleteAndFeasible(Func<int, bool>? sees) => [.. Enumerable.Range(0, _history.Count)
        .Where(i => _history.State(i) == TrialState.Complete && _history.Violation(i) == 0 && sees?.Invoke(i) != false)];

    private void RequireRunning(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Study != this)
        {
            throw new ArgumentException($"Trial {trial.Number} belongs to another study.", nameof(trial));
        }

        if (trial.State != TrialState.Running)
        {
            throw new InvalidOperationException($"Trial {trial.Number} has already been told; it is {trial.State}.");
        }
    }

    private void Fail(Trial trial)
    {
        trial.End(TrialState.Failed);
        SettleEnd(trial);
    }

    /// <summary>Takes the end of a trial into account, for all who look at the trials.</summary>
    private void SettleEnd(Trial trial)
    {
        AddEnd(_history, trial);
        Ended.Pulse();
        _pruning.Ended(trial.Number);
        if (Options.DeterministicWorkers is null)
        {
            LearnResult(trial);
        }
    }

    /// <summary>Lets later trials reuse a result.</summary>
    private void LearnResult(Trial trial)
    {
        if (_earlier is not null && trial.State == TrialState.Complete)
        {
            _earlier.Add(trial);
            _tried!.Add(trial.Point);
        }
    }

    private void AddEnd(History history, Trial trial)
    {
        switch (trial.State)
        {
            case TrialState.Complete:
                history.Complete(trial.Number, [.. trial.Objectives.Select((value, i) => value * _signs[i])], trial.Violation);
                break;
            case TrialState.Pruned:
                var reports = trial.ReportSeries;
                var last = reports.Count == 0 ? ((int, double)?)null : (reports.Steps[^1], reports.Values[^1] * _signs[0]);
                history.Prune(trial.Number, last, trial.Violation);
                break;
            default:
                history.Fail(trial.Number);
                break;
        }
    }
}

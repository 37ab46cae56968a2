using LogMl.Optimization.Numerics;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization;

/// <content>Where the points of the trials come from.</content>
public sealed partial class Study
{
    // How often a sampler is asked again that proposes what has been tried.
    private const int MaxProposals = 10;

    private readonly Queue<ParameterValues> _enqueued = [];

    /// <summary>Starts a trial at the next enqueued point, or else at the one that the sampler proposes.</summary>
    /// <returns>The running trial; with <see cref="DuplicateHandling.Reuse"/> it may be complete already.</returns>
    /// <exception cref="InvalidOperationException">There is no further point; see <see cref="TryAsk"/>.</exception>
    public Trial Ask() =>
        TryAsk() ?? throw new InvalidOperationException($"There is no further point: {WhyExhausted}");

    /// <summary>Starts a trial at the next enqueued point, or else at the one that the sampler proposes, if there is one.</summary>
    /// <returns>The running trial; with <see cref="DuplicateHandling.Reuse"/> it may be complete already. Null when the sampler has
    /// proposed all its points, as grid search does at the end of the grid; when every point of a finite space has been tried, with
    /// <see cref="DuplicateHandling.Skip"/>, or has its result, with <see cref="DuplicateHandling.Reuse"/>.</returns>
    public Trial? TryAsk()
    {
        lock (_lock)
        {
            if (NextPoint() is not { } point)
            {
                return null;
            }

            Trial trial = Start(point);
            if (_earlier?.Find(point) is { } earlier)
            {
                Complete(trial, new TrialResult(earlier.Objectives) { Constraints = earlier.Constraints }, earlier.Number);
            }

            return trial;
        }
    }

    /// <summary>
    /// Starts a trial at a given point: one that is known to be good, or a stored trial when a study is resumed (then told as it was told
    /// before). It is evaluated whatever the study does with duplicates and fixed values.
    /// </summary>
    /// <param name="values">For each parameter that exists at this point its value, as in <see cref="Trial.Values"/>.</param>
    /// <returns>The running trial.</returns>
    /// <exception cref="ArgumentException">A name is unknown or given twice, a value is missing, is not in the support of its
    /// distribution, or belongs to a branch that is not chosen.</exception>
    public Trial Ask(IEnumerable<KeyValuePair<string, double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ParameterValues point = _reader.ReadWhole(values);
        lock (_lock)
        {
            return Start(point);
        }
    }

    /// <summary>
    /// The point that the sampler proposes for the next trial, without starting one: for a store in which others may take that trial first.
    /// <see cref="Ask(IEnumerable{KeyValuePair{string, double}})"/> starts it. Proposing twice gives the same point. Points that wait in
    /// <see cref="Enqueue"/> play no part.
    /// </summary>
    /// <param name="part">Values that the point shall have, as for <see cref="Enqueue"/>; null for none.</param>
    /// <returns>A value for each parameter that exists at the point; null when there is no further point, as for
    /// <see cref="TryAsk"/>.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Enqueue"/>.</exception>
    public IReadOnlyDictionary<string, double>? TryPropose(IEnumerable<KeyValuePair<string, double>>? part = null)
    {
        ParameterValues? given = part is null ? null : _reader.ReadPart(part, _history.Fixed);
        lock (_lock)
        {
            var random = new RandomStream(Options.Sampler.Seed, _trials.Count);
            if (given is not null)
            {
                Propose(given, random);
                return new TrialValues(this, given);
            }

            return NextOfSampler(random) is { } point ? new TrialValues(this, point) : null;
        }
    }

    /// <summary>The complete trial at a point, of several the first: what <see cref="DuplicateHandling.Reuse"/> takes the result of.</summary>
    /// <param name="values">For each parameter that exists at the point its value, as in <see cref="Trial.Values"/>.</param>
    /// <returns>The trial; null when there is none, or the study does not reuse results.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Ask(IEnumerable{KeyValuePair{string, double}})"/>.</exception>
    public Trial? FindReusable(IEnumerable<KeyValuePair<string, double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ParameterValues point = _reader.ReadWhole(values);
        lock (_lock)
        {
            return _earlier?.Find(point);
        }
    }

    /// <summary>
    /// Lets the next trials that are asked for begin with given points, in the order in which they were enqueued. The sampler adds what a
    /// point leaves open. Points that wait are not part of the history: whoever stores a study enqueues them again.
    /// </summary>
    /// <param name="values">Values of parameters, as in <see cref="Trial.Values"/>; <see cref="SearchSpace.Values"/> gives them for options.
    /// A parameter of a branch needs its choice beside it.</param>
    /// <param name="skipIfExists">Whether a point is left out when a trial has all of its values, or an equal point waits.</param>
    /// <returns>False if the point was left out.</returns>
    /// <exception cref="ArgumentException">A name is unknown or given twice, a value is not in the support of its distribution or not the
    /// fixed one, or a parameter belongs to a branch that is not given.</exception>
    public bool Enqueue(IEnumerable<KeyValuePair<string, double>> values, bool skipIfExists = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        ParameterValues point = _reader.ReadPart(values, _history.Fixed);
        lock (_lock)
        {
            if (skipIfExists &&
                (_enqueued.Any(other => other.AsSpan().SequenceEqual(point.AsSpan())) || _trials.Any(trial => Agrees(trial.Point, point))))
            {
                return false;
            }

            _enqueued.Enqueue(point);
            return true;
        }
    }

    internal StudyEnd? CheckMaxEvals(int? maxEvals) => _trials.Count >= maxEvals
        ? new StudyEnd(StopReason.MaxEvals, Require.Text($"The study has {_trials.Count} trials, of {maxEvals}."))
        : null;

    /// <summary>Asks, unless the study has so many trials; without a trial there is an end.</summary>
    internal Trial? TryAskWithin(int? maxEvals, out StudyEnd? end)
    {
        lock (_lock)
        {
            end = CheckMaxEvals(maxEvals);
            if (end is not null)
            {
                return null;
            }

            Trial? trial = TryAsk();
            end = trial is null ? new StudyEnd(StopReason.Exhausted, WhyExhausted) : null;
            return trial;
        }
    }

    private Trial Start(ParameterValues point)
    {
        var trial = new Trial(this, _trials.Count, point);
        _trials.Add(trial);
        _history.Add(point);
        if (Options.Duplicates == DuplicateHandling.Skip)
        {
            _tried!.Add(point);
        }

        return trial;
    }

    private ParameterValues? NextPoint()
    {
        var random = new RandomStream(Options.Sampler.Seed, _trials.Count);
        if (_enqueued.TryDequeue(out ParameterValues? enqueued))
        {
            Propose(enqueued, random);
            return enqueued;
        }

        return NextOfSampler(random);
    }

    private ParameterValues? NextOfSampler(RandomStream random)
    {
        if (_tried is { IsExhausted: true } || !_proposer.HasNext())
        {
            return null;
        }

        ParameterValues point = _history.Fixed.Copy();
        Propose(point, random);
        if (Options.Duplicates == DuplicateHandling.Skip)
        {
            MakeNew(point, random);
        }

        return point;
    }

    private void MakeNew(ParameterValues point, RandomStream random)
    {
        for (int i = 0; i < MaxProposals && _tried!.Contains(point); i++)
        {
            point.CopyFrom(_history.Fixed);
            Propose(point, random);
        }

        if (_tried!.Contains(point))
        {
            _tried.MoveToUntried(point, random);
        }
    }

    // Fixed values of branches that the sampler did not take go.
    private void Propose(ParameterValues point, RandomStream random)
    {
        if (!point.IsWhole(_parameters))
        {
            _proposer.Propose(_trials.Count, random, point);
        }

        point.ClearInactive(_parameters);
    }

    private string WhyExhausted => _tried is { IsExhausted: true }
        ? "every point of the search space has been tried."
        : $"{Options.Sampler.AlgorithmId} has proposed all its points.";

    private bool Agrees(ParameterValues point, ParameterValues part)
    {
        for (int i = 0; i < part.Count; i++)
        {
            if (part.IsActive(i) && part[i] != point[i] && !_history.Fixed.IsActive(i))
            {
                return false;
            }
        }

        return true;
    }
}

using LogMl.Optimization.Grid;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization;

/// <content>Asking: where the points of the trials come from.</content>
public sealed partial class Study
{
    // How often the sampler is asked again when it proposes points that have been tried.
    private const int MaxProposals = 10;

    // The same for points that a search constraint refuses. After that, random points are tried.
    private const int MaxRefusedProposals = 100;
    private const int MaxRefusedDraws = 10_000;

    // The largest space of which the refused points are found beforehand, so that the search ends when all others are tried.
    private const long MaxListedPoints = 10_000;

    private readonly Queue<ParameterValues> _enqueued = [];
    private bool _areRefusedListed;

    /// <summary>Starts a trial at the next enqueued point, or else at the one that the sampler proposes.</summary>
    /// <returns>The running trial; with <see cref="DuplicateHandling.Reuse"/> it may be complete already.</returns>
    /// <exception cref="NoAllowedPointException">As for <see cref="TryAsk"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no further point; see <see cref="TryAsk"/>. Or the study <see cref="MustWait"/>.
    /// </exception>
    public Trial Ask() =>
        TryAsk() ?? throw new InvalidOperationException($"There is no further point: {ExhaustionReason}");

    /// <summary>Starts a trial at the next enqueued point, or else at the one that the sampler proposes, if there is one.</summary>
    /// <returns>
    /// The running trial; with <see cref="DuplicateHandling.Reuse"/> it may be complete already. Null if the sampler has proposed all its
    /// points, as at the end of a grid. Also null if every point of a finite space has been tried (with
    /// <see cref="DuplicateHandling.Skip"/>) or has a result (with <see cref="DuplicateHandling.Reuse"/>). Points that a search constraint
    /// refuses do not count.
    /// </returns>
    /// <exception cref="NoAllowedPointException">
    /// The search constraints refuse every point that was found for the trial, or the enqueued one, which is then dropped.
    /// </exception>
    /// <exception cref="InvalidOperationException">The study <see cref="MustWait"/>.</exception>
    public Trial? TryAsk()
    {
        lock (_lock)
        {
            if (NextPoint() is not { } point)
            {
                return null;
            }

            var trial = Start(point);
            if (FindReusable(point, trial.Number) is { } earlier)
            {
                Complete(trial, new TrialResult(earlier.Objectives) { Constraints = earlier.Constraints }, earlier.Number);
            }

            return trial;
        }
    }

    /// <summary>
    /// Starts a trial at a given point. Use it for a point that is known to be good, or to rebuild a study from stored trials, which are
    /// then told their stored results. The handling of duplicates, the fixed values and the search constraints of the study do not apply to
    /// it.
    /// </summary>
    /// <param name="values">The value of each parameter that exists at the point, as in <see cref="Trial.Values"/>.</param>
    /// <returns>The running trial.</returns>
    /// <exception cref="ArgumentException">A name is unknown or given twice, a value is missing, is not in the support of its
    /// distribution, or belongs to a branch that is not chosen.</exception>
    public Trial Ask(IEnumerable<KeyValuePair<string, double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var point = _reader.ReadWhole(values);
        lock (_lock)
        {
            return Start(point);
        }
    }

    /// <summary>
    /// Proposes the point of the next trial without starting the trial, for a store in which another process may take its number first.
    /// <see cref="Ask(IEnumerable{KeyValuePair{string, double}})"/> starts it. Two calls in a row propose the same point. Enqueued points
    /// are ignored.
    /// </summary>
    /// <param name="part">Given values of the point, as for <see cref="Enqueue"/>; null for none.</param>
    /// <returns>
    /// The value of each parameter that exists at the point; null if there is no further point, as for <see cref="TryAsk"/>.
    /// </returns>
    /// <exception cref="ArgumentException">As for <see cref="Enqueue"/>.</exception>
    /// <exception cref="NoAllowedPointException">As for <see cref="TryAsk"/>.</exception>
    /// <exception cref="InvalidOperationException">The study <see cref="MustWait"/>.</exception>
    public IReadOnlyDictionary<string, double>? TryPropose(IEnumerable<KeyValuePair<string, double>>? part = null)
    {
        var given = part is null ? null : _reader.ReadPart(part, _history.Fixed);
        lock (_lock)
        {
            RequireNoWait();
            var random = new RandomStream(Options.Sampler.Seed, _trials.Count);
            if (given is not null)
            {
                return new TrialValues(this, FillIn(given, random));
            }

            return NextFromSampler(random) is { } point ? new TrialValues(this, point) : null;
        }
    }

    /// <summary>The first complete trial at a point, whose result <see cref="DuplicateHandling.Reuse"/> takes.</summary>
    /// <param name="values">The value of each parameter that exists at the point, as in <see cref="Trial.Values"/>.</param>
    /// <returns>The trial; null if there is none, or if the study does not reuse results.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Ask(IEnumerable{KeyValuePair{string, double}})"/>.</exception>
    public Trial? FindReusable(IEnumerable<KeyValuePair<string, double>> values) => FindReusable(values, number: null);

    /// <summary>The same for a trial that was started before.</summary>
    /// <param name="values">The whole point.</param>
    /// <param name="number">The number of the trial; null for the next one.</param>
    internal Trial? FindReusable(IEnumerable<KeyValuePair<string, double>> values, int? number)
    {
        ArgumentNullException.ThrowIfNull(values);
        var point = _reader.ReadWhole(values);
        lock (_lock)
        {
            return FindReusable(point, number ?? _trials.Count);
        }
    }

    /// <summary>
    /// Enqueues a point for one of the next trials; points are taken in the order in which they were enqueued. The sampler fills in the
    /// values that a point does not give. Waiting points are not part of the history: a store must enqueue them again.
    /// </summary>
    /// <param name="values">
    /// Values of parameters, as in <see cref="Trial.Values"/>; <see cref="SearchSpace.Values"/> makes them from options. A parameter of a
    /// branch needs the value of its choice as well.
    /// </param>
    /// <param name="skipIfExists">Whether to leave the point out if a trial has all of its values, or if an equal point waits.</param>
    /// <returns>False if the point was left out.</returns>
    /// <exception cref="ArgumentException">
    /// A name is unknown or given twice, a value is not in the support of its distribution or differs from the fixed one, or a parameter
    /// belongs to a branch that is not given.
    /// </exception>
    /// <exception cref="NoAllowedPointException">The values are a whole point, and a search constraint refuses it.</exception>
    public bool Enqueue(IEnumerable<KeyValuePair<string, double>> values, bool skipIfExists = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        var point = _reader.ReadPart(values, _history.Fixed);
        lock (_lock)
        {
            if (skipIfExists &&
                (_enqueued.Any(other => other.AsSpan().SequenceEqual(point.AsSpan()))
                    || _trials.Any(trial => HasValuesOf(trial.Point, point))))
            {
                return false;
            }

            if (_allowed is not null && point.IsWhole(_parameters))
            {
                _allowed.RequireAllowed(point);
            }

            _enqueued.Enqueue(point);
            return true;
        }
    }

    private Trial Start(ParameterValues point)
    {
        var trial = new Trial(this, _trials.Count, point);
        _trials.Add(trial);
        _history.Add(point);
        if (_known != _history)
        {
            _known.Add(point);
        }

        if (Options.Duplicates == DuplicateHandling.Skip)
        {
            _tried!.Add(point);
        }

        return trial;
    }

    // Later results than a deterministic trial may know are found only if there is no earlier one.
    private Trial? FindReusable(ParameterValues point, int number)
    {
        if (_earlier is null)
        {
            return null;
        }

        LearnFor(number);
        return _earlier.Find(point) is { } earlier && (Options.DeterministicWorkers is not { } delay || earlier.Number <= number - delay)
            ? earlier
            : null;
    }

    private ParameterValues? NextPoint()
    {
        RequireNoWait();
        var random = new RandomStream(Options.Sampler.Seed, _trials.Count);
        return _enqueued.TryDequeue(out var enqueued) ? FillIn(enqueued, random) : NextFromSampler(random);
    }

    /// <summary>Fills in the missing values of a given point.</summary>
    private ParameterValues FillIn(ParameterValues given, RandomStream random)
    {
        if (_allowed is not null)
        {
            return FindAllowed(given, random, mayRepeat: true);
        }

        Propose(given, 0, random);
        return given;
    }

    private ParameterValues? NextFromSampler(RandomStream random)
    {
        _allowed?.StartCount();
        ListRefused();
        if (_tried is { IsExhausted: true } || !_proposer.HasNext())
        {
            return null;
        }

        if (_allowed is not null)
        {
            return FindAllowed(_history.Fixed, random, mayRepeat: Options.Duplicates != DuplicateHandling.Skip);
        }

        var point = _history.Fixed.Copy();
        Propose(point, 0, random);
        if (Options.Duplicates == DuplicateHandling.Skip)
        {
            AvoidTriedPoint(point, random);
        }

        return point;
    }

    private void AvoidTriedPoint(ParameterValues point, RandomStream random)
    {
        for (var i = 0; i < MaxProposals && _tried!.Contains(point); i++)
        {
            point.CopyFrom(_history.Fixed);
            Propose(point, 0, random);
        }

        if (_tried!.Contains(point))
        {
            _tried.MoveToUntried(point, random);
        }
    }

    /// <summary>
    /// A point that the search constraints allow: of the sampler, or else the nearest one that is untried, or else a random one. All that
    /// is tried is a function of seed, number and trials, so that a rebuilt study finds the same point.
    /// </summary>
    private ParameterValues FindAllowed(ParameterValues given, RandomStream random, bool mayRepeat)
    {
        _allowed!.StartCount();
        var point = new ParameterValues(given.Count);
        if (given.IsWhole(_parameters))
        {
            point.CopyFrom(given);
            point.ClearInactive(_parameters);
            _allowed.RequireAllowed(point);
            return point;
        }

        for (var attempt = 0; attempt < MaxRefusedProposals; attempt++)
        {
            point.CopyFrom(given);
            Propose(point, attempt, random);
            if (IsFree())
            {
                return point;
            }
        }

        if (!mayRepeat)
        {
            _tried!.MoveToUntried(point, random);
            if (IsFree())
            {
                return point;
            }
        }

        for (var i = 0; i < MaxRefusedDraws; i++)
        {
            point.CopyFrom(given);
            RandomSampler.DrawMissing(_parameters, random, point);
            point.ClearInactive(_parameters);
            if (IsFree())
            {
                return point;
            }
        }

        throw _allowed.NotFound(_trials.Count);

        bool IsFree() => (mayRepeat || !_tried!.Contains(point)) && _allowed.Allows(point);
    }

    /// <summary>
    /// Counts the refused points of a small space as tried. A study that ends when all points are tried would otherwise not know how many
    /// there are.
    /// </summary>
    private void ListRefused()
    {
        if (_areRefusedListed || _allowed is null || _tried is null || _spaceSize.Total > MaxListedPoints)
        {
            return;
        }

        var all = new GridAxes(_parameters, new GridOptions { ExhaustiveUpTo = (int)MaxListedPoints }, _history.Fixed);
        var refused = 0;
        _allowed.StartCount();
        for (var number = 0; number < all.Count; number++)
        {
            var point = _history.Fixed.Copy();
            all.Set(number, point);
            point.ClearInactive(_parameters);
            if (!_allowed.Allows(point))
            {
                _tried.Add(point);
                refused++;
            }
        }

        if (refused == all.Count)
        {
            throw _allowed.NotFound(_trials.Count);
        }

        _areRefusedListed = true;
    }

    // Clears the fixed values of branches that the sampler did not choose.
    private void Propose(ParameterValues point, int attempt, RandomStream random)
    {
        if (!point.IsWhole(_parameters))
        {
            _proposer.Propose(_trials.Count, attempt, random, point);
        }

        point.ClearInactive(_parameters);
    }

    internal string ExhaustionReason => _tried is { IsExhausted: true }
        ? $"every point {(_allowed is null ? "of the search space" : "that the search constraints allow")} has been tried."
        : $"{Options.Sampler.AlgorithmId} has proposed all its points.";

    private bool HasValuesOf(ParameterValues point, ParameterValues part)
    {
        for (var i = 0; i < part.Count; i++)
        {
            if (part.IsActive(i) && part[i] != point[i] && !_history.Fixed.IsActive(i))
            {
                return false;
            }
        }

        return true;
    }
}

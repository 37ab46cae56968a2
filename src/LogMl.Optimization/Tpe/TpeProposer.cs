using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tpe;

/// <summary>TPE for one study. Between proposals it keeps only indices over the history, and buffers.</summary>
internal sealed class TpeProposer : Proposer
{
    private readonly TpeOptions _options;
    private readonly StartupPoints _startup;
    private readonly AllowedPoints? _allowed;
    private readonly Observations _observations;
    private readonly TrialSplit _split;
    private readonly SeenPoints _seenPoints;
    private readonly Mixture _good;
    private readonly Mixture _bad;
    private readonly Candidates _candidates;
    private readonly bool[] _isCoarse;
    private readonly double[] _given;
    private readonly double[] _givenCoordinates;
    private double[] _coordinates;
    private double[] _values;
    private double[] _bestCoordinates;
    private double[] _bestValues;

    public TpeProposer(History history, long seed, TpeOptions options)
    {
        _options = options;
        _startup = new StartupPoints(history.Parameters, seed);
        _allowed = history.Allowed;
        _observations = new Observations(history);
        _split = new TrialSplit(history, options);
        _seenPoints = new SeenPoints(history);
        _good = new Mixture(_observations, options.MaxGood, keepNorms: false);
        _bad = new Mixture(_observations, options.MaxBad, keepNorms: true);
        _candidates = new Candidates(_good, options.MaxGood);
        var axes = history.Parameters.Count;
        _isCoarse = new bool[axes];
        _given = new double[axes];
        _givenCoordinates = new double[axes];
        _coordinates = new double[axes];
        _values = new double[axes];
        _bestCoordinates = new double[axes];
        _bestValues = new double[axes];
    }

    public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
    {
        _split.Update();
        if (_split.IsStartup(number))
        {
            _startup.FillMissing(number, attempt, random, point);
            return;
        }

        _observations.Update();
        _seenPoints.Update();
        FitDensities(number, isExploring: random.NextDouble() < _options.Exploration);
        TakeGiven(point);
        _candidates.Prepare(_given, _givenCoordinates, _isCoarse);
        FindBestCandidate(point, random);
        Write(_bestCoordinates, _bestValues, point);
    }

    private void Write(double[] coordinates, double[] values, ParameterValues point)
    {
        foreach (var axis in _observations.Axes)
        {
            var a = axis.Parameter.Index;
            if (!point.IsActive(a) && !double.IsNaN(values[a]))
            {
                point[a] = axis.IsDiscrete ? values[a] : axis.ToValue(coordinates[a]);
            }
        }
    }

    /// <summary>
    /// Whether the search constraints allow the candidate. The good trials may have any density where no trial is allowed, so a candidate
    /// there would often win.
    /// </summary>
    private bool IsAllowed(ParameterValues given)
    {
        if (_allowed is null)
        {
            return true;
        }

        var point = given.Copy();
        Write(_coordinates, _values, point);
        return _allowed.Allows(point);
    }

    private void FitDensities(int number, bool isExploring)
    {
        _split.Fill(_good, _bad, isExploring);
        if (isExploring)
        {
            Bandwidths.FitExploring(_good);
        }
        else
        {
            Bandwidths.FitGood(_good, _options, number);
        }

        Bandwidths.FitBad(_bad, _options);
        for (var a = 0; a < _isCoarse.Length; a++)
        {
            // Both must be densities, or both must be probabilities of cells.
            _isCoarse[a] = _observations.Axes[a].IsDiscrete && (_good.IsCoarse(a) || _bad.IsCoarse(a));
        }

        _good.Prepare(_options.PriorWeight, _isCoarse);
        _bad.Prepare(_options.PriorWeight, _isCoarse);
    }

    // A value of a branch that is not chosen is ignored. A value of a branch whose choice is still open is kept.
    private void TakeGiven(ParameterValues point)
    {
        foreach (var axis in _observations.Axes)
        {
            var a = axis.Parameter.Index;
            var isPossible = axis.Parameter.Parent is not { } parent
                || double.IsNaN(point[parent.Index])
                || point.ConditionHolds(axis.Parameter);
            _given[a] = isPossible ? point[a] : double.NaN;
            _givenCoordinates[a] = double.IsNaN(_given[a]) ? double.NaN : axis.ToCoordinate(_given[a]);
        }
    }

    // A point that was evaluated before is taken only if all candidates were, because evaluating it again would at most show its noise.
    private void FindBestCandidate(ParameterValues given, RandomStream random)
    {
        var hasAllowed = false;
        var bestIsNew = false;
        var best = double.NegativeInfinity;
        for (var i = 0; i < _options.Candidates; i++)
        {
            var recombine = random.NextDouble() < _options.Recombination;
            _candidates.Draw(recombine, _given, random, _coordinates, _values);
            var isNew = !_seenPoints.Contains(_values);
            if (hasAllowed && bestIsNew && !isNew)
            {
                continue;
            }

            var score = _good.LogDensity(_coordinates, _values, _isCoarse) - _bad.LogDensity(_coordinates, _values, _isCoarse);
            if (hasAllowed && !(isNew && !bestIsNew) && !(score > best))
            {
                continue;
            }

            // While no candidate is allowed, the first one stands for all: the study refuses it, and asks again.
            var isAllowed = IsAllowed(given);
            if (isAllowed || i == 0)
            {
                hasAllowed = isAllowed;
                best = score;
                bestIsNew = isNew;
                (_coordinates, _bestCoordinates) = (_bestCoordinates, _coordinates);
                (_values, _bestValues) = (_bestValues, _values);
            }
        }
    }
}

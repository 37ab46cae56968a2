using LogMl.Optimization.Distributions;
using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.CmaEs;

/// <summary>The runs of CMA-ES on a study, one after the other. A new run starts when the previous one has converged.</summary>
internal sealed class EvolutionRuns
{
    // Separates the random numbers of restarts from those of proposals.
    private const long RestartSalt = 0x5265737461727473;

    private const int MaxDraws = 10;

    // The termination criteria of Hansen 2016, appendix B.3.
    private const double LossTolerance = 1e-12;
    private const double StepTolerance = 1e-11;

    private readonly History _history;
    private readonly TrialRanking _ranking;
    private readonly long _seed;
    private readonly CmaEsOptions _options;
    private readonly Coordinate[] _coordinates;
    private readonly int[] _coordinateOf;
    private readonly OptionProbabilities?[] _choiceOf;
    private readonly List<double> _bestLosses = [];
    private OptionProbabilities[] _choices;
    private RankWeights _weights;

    public EvolutionRuns(History history, long seed, CmaEsOptions options)
    {
        _history = history;
        _ranking = new TrialRanking(history);
        _seed = seed;
        _options = options;
        _coordinates = [.. history.Parameters
            .Where(p => p.Distribution is not (ChoiceDistribution or ICategorical { Count: 1 }) && !history.Fixed.IsActive(p.Index))
            .Select(p => new Coordinate(p))];
        _coordinateOf = new int[history.Parameters.Count];
        Array.Fill(_coordinateOf, -1);
        for (var i = 0; i < _coordinates.Length; i++)
        {
            _coordinateOf[_coordinates[i].ParameterIndex] = i;
        }

        _choiceOf = new OptionProbabilities?[history.Parameters.Count];
        _choices = NewChoices();
        var degreesOfFreedom = Math.Max(1, _coordinates.Length + _choices.Sum(choice => choice.DegreesOfFreedom));
        Population = options.Population ?? 4 + (int)Math.Floor(3 * PortableMath.Log(degreesOfFreedom));
        var centre = new double[_coordinates.Length];
        Array.Fill(centre, 0.5);
        Distribution = new SearchDistribution(centre, options.Sigma);
        _weights = new RankWeights(_coordinates.Length, Population);
    }

    /// <summary>The number of trials in a generation of the present run.</summary>
    public int Population { get; private set; }

    public SearchDistribution Distribution { get; private set; }

    /// <summary>Draws a point: the first of up to 10 draws that is inside of all bounds, or otherwise the last draw.</summary>
    public double[] Draw(RandomStream random)
    {
        var x = Distribution.Draw(random);
        for (var i = 1; i < MaxDraws && !IsInside(x); i++)
        {
            x = Distribution.Draw(random);
        }

        return x;
    }

    private bool IsInside(double[] x)
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (_coordinates[i].IsBounded && !(x[i] >= 0 && x[i] <= 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value of a parameter at a drawn point. For a choice, the option is drawn here.</summary>
    public double Value(Parameter parameter, double[] x, RandomStream random) =>
        _coordinateOf[parameter.Index] is >= 0 and int i ? _coordinates[i].ToValue(x[i])
        : _choiceOf[parameter.Index]?.Draw(random) ?? parameter.Distribution.FromUnit(0.5);

    /// <summary>Learns from a closed generation.</summary>
    /// <param name="members">The numbers of its trials.</param>
    /// <param name="next">The number of the first trial of the next generation.</param>
    public void Learn(int[] members, int next)
    {
        if (members.Length == 0)
        {
            return;
        }

        Array.Sort(members, _ranking);
        bool[] isTied = [.. members.Select((number, i) => i > 0 && _ranking.CompareQuality(members[i - 1], number) == 0)];
        (var forMean, var forCovariance) = _weights.Of(isTied);
        LearnOptions(members, forMean);
        if (_coordinates.Length > 0)
        {
            Distribution.Update([.. members.Select(Point)], forMean, forCovariance, _weights);
            KeepInBounds();
        }

        _bestLosses.Add(_history.Loss(members[0]));
        if (HasConverged(members))
        {
            Restart(next);
        }
    }

    private void LearnOptions(int[] members, double[] weights)
    {
        // The learning rate of a rank-mu update with this number of free parameters: it is smaller for larger models.
        var rate = _weights.MuEff / (_weights.MuEff + 2 * (1 + _choices.Sum(choice => choice.DegreesOfFreedom)));
        foreach (var choice in _choices)
        {
            choice.Update([.. members.Select(number => _history.Column(choice.ParameterIndex)[number])], weights, rate, _choices.Length);
        }
    }

    /// <summary>
    /// The point that was drawn for a trial, before reflection and rounding. It is drawn again from the random numbers of the trial. A
    /// coordinate that does not match the value of the trial (another distribution or the user proposed it) is computed from that value. A
    /// coordinate that the trial does not have keeps the draw.
    /// </summary>
    private double[] Point(int number)
    {
        var x = Draw(new RandomStream(_seed, number));
        for (var i = 0; i < x.Length; i++)
        {
            var value = _history.Column(_coordinates[i].ParameterIndex)[number];
            if (!double.IsNaN(value) && _coordinates[i].ToValue(x[i]) != value)
            {
                x[i] = _coordinates[i].FromValue(value);
            }
        }

        return x;
    }

    // The margin is 1 / (n lambda), as Hamano et al. recommend.
    private void KeepInBounds()
    {
        var alpha = 1.0 / (_coordinates.Length * Population);
        for (var i = 0; i < _coordinates.Length; i++)
        {
            if (_coordinates[i].IsBounded)
            {
                Distribution.ClampMean(i, 0, 1);
            }

            if (_coordinates[i].IsDiscrete)
            {
                (var low, var high) = _coordinates[i].Cell(_coordinates[i].ToValue(Distribution.Mean[i]));
                Distribution.KeepMargin(i, low, high, alpha);
            }
        }
    }

    private bool HasConverged(int[] members)
    {
        var window = 10 + (int)Math.Ceiling(30.0 * _coordinates.Length / Population);
        double[] losses = [.. _bestLosses.Skip(_bestLosses.Count - window), .. members.Select(number => _history.Loss(number))];
        var isFlat = _bestLosses.Count >= window && losses.Max() - losses.Min() <= LossTolerance * Math.Max(1, Math.Abs(losses[0]));
        var isPoint = _coordinates.Length > 0 &&
            Enumerable.Range(0, _coordinates.Length).All(i => Distribution.Deviation(i) < StepTolerance);
        return isFlat || isPoint || Distribution.IsIllConditioned;
    }

    private void Restart(int next)
    {
        var random = new RandomStream(_seed ^ RestartSalt, next);
        Population = (int)Math.Min((long)Population * _options.PopulationGrowth, int.MaxValue / 4);
        Distribution = new SearchDistribution([.. _coordinates.Select(_ => random.NextDouble())], _options.Sigma);
        _weights = new RankWeights(_coordinates.Length, Population);
        _choices = NewChoices();
        _bestLosses.Clear();
    }

    private OptionProbabilities[] NewChoices()
    {
        OptionProbabilities[] choices = [.. _history.Parameters
            .Where(p => p.Distribution is ChoiceDistribution { Options.Count: > 1 } && !_history.Fixed.IsActive(p.Index))
            .Select(p => new OptionProbabilities(p))];
        foreach (var choice in choices)
        {
            _choiceOf[choice.ParameterIndex] = choice;
        }

        return choices;
    }
}

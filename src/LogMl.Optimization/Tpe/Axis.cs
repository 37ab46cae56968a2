using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// A parameter as an axis of a density. A number has a coordinate: its law (the logarithm for a log family) moved and scaled so that a uniform
/// prior is [0, 1] and a normal one has mean 0 and deviation 1. The coordinate of a choice is the index of its option.
/// </summary>
/// <remarks>Integers and quantised numbers, randint too, are ordered: each value is a cell, and its coordinate the middle of that part of the
/// cell that is inside of the bounds, or the law itself where that is inside of the cell.</remarks>
internal sealed class Axis
{
    private const double UniformDeviation = 0.28867513459481288;
    private const double HalfInfiniteCell = 0.5;
    private const int Quantiles = 64;

    private readonly Distribution _distribution;
    private readonly double _origin;
    private readonly double _width = 1;

    public Axis(Parameter parameter)
    {
        Parameter = parameter;
        _distribution = parameter.Distribution;
        switch (_distribution)
        {
            case UniformDistribution uniform:
                (_origin, _width, IsBounded, IsDiscrete) = (uniform.Low, uniform.High - uniform.Low, true, uniform.Quantum is not null);
                break;
            case NormalDistribution normal:
                (_origin, _width, IsDiscrete) = (normal.Mu, normal.Sigma, normal.Quantum is not null);
                break;
            case RandIntDistribution integer:
                (_origin, _width, IsBounded, IsDiscrete) = (integer.Low - 0.5, (double)(integer.High - integer.Low), true, true);
                break;
            default:
                Choice = (ChoiceDistribution)_distribution;
                break;
        }

        WidestCell = IsDiscrete ? FindWidestCell() : 0;
        ChoiceLikeness = IsDiscrete ? Math.Min(1, 2 * FindCollision()) : 0;
    }

    public Parameter Parameter { get; }

    /// <summary>The options, when the parameter is a choice.</summary>
    public ChoiceDistribution? Choice { get; }

    public bool IsBounded { get; }

    /// <summary>Whether a number is an integer or quantised.</summary>
    public bool IsDiscrete { get; }

    /// <summary>The width of the widest cell; 0 for a continuous number, infinite when it has no end.</summary>
    public double WidestCell { get; }

    /// <summary>
    /// How much a number is like a choice: 1 when it has two values, 2/n when n values are equally likely, 0 for a continuous one. In general twice the
    /// probability that two draws from the prior have the same value, at most 1.
    /// </summary>
    public double ChoiceLikeness { get; }

    public double Low => IsBounded ? 0 : double.NegativeInfinity;

    public double High => IsBounded ? 1 : double.PositiveInfinity;

    /// <summary>The standard deviation of the prior.</summary>
    public double PriorDeviation => IsBounded ? UniformDeviation : 1;

    /// <summary>The length of the axis; of an unbounded one, that of a uniform prior with the same deviation.</summary>
    public double Length => IsBounded ? 1 : 1 / UniformDeviation;

    public double ToCoordinate(double value)
    {
        if (Choice is not null)
        {
            return value;
        }

        double x = (Law(value) - _origin) / _width;
        if (IsDiscrete)
        {
            (double low, double high) = Cell(value);
            low = double.IsInfinity(low) ? high - HalfInfiniteCell : low;
            x = x > low && x < high ? x : low + (high - low) / 2;
        }

        return IsBounded ? Math.Clamp(x, 0, 1) : x;
    }

    public double ToValue(double coordinate) => _distribution switch
    {
        UniformDistribution uniform => uniform.FromLaw(Math.Clamp(_origin + coordinate * _width, uniform.Low, uniform.High)),
        NormalDistribution normal => normal.FromLaw(Math.Clamp(_origin + coordinate * _width, -double.MaxValue, double.MaxValue)),
        RandIntDistribution integer => Math.Clamp(
            Math.Round(_origin + coordinate * _width, MidpointRounding.ToEven), integer.Low, (double)(integer.High - 1)),
        _ => coordinate,
    };

    /// <summary>The coordinates that are rounded to a discrete value.</summary>
    public (double Low, double High) Cell(double value)
    {
        double half = _distribution is NumericDistribution { Quantum: { } q } ? q / 2 : 0.5;
        double low = (Law(value - half) - _origin) / _width;
        double high = (Law(value + half) - _origin) / _width;
        return IsBounded ? (Math.Clamp(low, 0, 1), Math.Clamp(high, 0, 1)) : (low, high);
    }

    /// <summary>The logarithm of the prior density of a coordinate, or of the prior probability of an option.</summary>
    public double LogPrior(double coordinate)
    {
        if (Choice is not null)
        {
            return LogOf(Choice.Probabilities[(int)coordinate]);
        }

        return IsBounded ? 0 : -coordinate * coordinate / 2 - StandardNormal.LogSqrtTwoPi;
    }

    /// <summary>The logarithm of the prior probability of a discrete value.</summary>
    public double LogPriorMass(double value)
    {
        (double low, double high) = Cell(value);
        return LogOf(PriorMass(low, high));
    }

    /// <summary>A logarithm that is finite for 0 too: what is impossible by one kernel must be comparable by the others.</summary>
    public static double LogOf(double probability) => PortableMath.Log(Math.Max(probability, 1e-300));

    private double Law(double value) =>
        _distribution is NumericDistribution { IsLog: true } ? PortableMath.Log(Math.Max(value, 0)) : value;

    // The mean prior mass of the cell of a draw from the prior.
    private double FindCollision()
    {
        double sum = 0;
        for (int i = 0; i < Quantiles; i++)
        {
            (double low, double high) = Cell(_distribution.Quantile((i + 0.5) / Quantiles));
            sum += PriorMass(low, high);
        }

        return sum / Quantiles;
    }

    private double PriorMass(double low, double high) => IsBounded ? high - low : StandardNormal.Mass(low, high);

    // Cells of a log family become narrower from value to value, so that it is the first or, if the bound cuts that, the second.
    private double FindWidestCell()
    {
        double q = _distribution is NumericDistribution { Quantum: { } step } ? step : 1;
        if (_distribution is not NumericDistribution { IsLog: true })
        {
            return q / _width;
        }

        if (!IsBounded)
        {
            return double.PositiveInfinity;
        }

        double first = ToValue(0);
        (double low, double high) = Cell(first);
        (double nextLow, double nextHigh) = Cell(first + q);
        return Math.Max(high - low, nextHigh - nextLow);
    }
}

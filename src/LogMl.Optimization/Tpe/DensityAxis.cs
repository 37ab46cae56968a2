using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// A parameter as an axis of a density. A number has the coordinate of an <see cref="Axis"/> on which a normal prior has mean 0 and
/// standard deviation 1. The coordinate of a choice is the index of its option.
/// </summary>
/// <remarks>
/// The coordinate of a discrete value is the coordinate of the number itself if that lies inside of its cell. Otherwise it is the middle of
/// the part of the cell that lies inside of the bounds.
/// </remarks>
internal sealed class DensityAxis
{
    private const double UniformDeviation = 0.28867513459481288;
    private const double HalfInfiniteCell = 0.5;
    private const int Quantiles = 64;

    private readonly Axis? _number;

    public DensityAxis(Parameter parameter)
    {
        Parameter = parameter;
        Choice = parameter.Distribution as ChoiceDistribution;
        _number = parameter.Distribution is NumericDistribution number ? Axis.Standard(number) : null;
        WidestCell = IsDiscrete ? FindWidestCell() : 0;
        ChoiceLikeness = IsDiscrete ? Math.Min(1, 2 * CollisionProbability()) : 0;
    }

    public Parameter Parameter { get; }

    /// <summary>The distribution of a choice; null for a number.</summary>
    public ChoiceDistribution? Choice { get; }

    public bool IsBounded => _number is { IsBounded: true };

    /// <summary>Whether the parameter is an integer or a quantized number.</summary>
    public bool IsDiscrete => _number is { IsDiscrete: true };

    /// <summary>The width of the widest cell; 0 for a continuous number, infinite if there is no widest one.</summary>
    public double WidestCell { get; }

    /// <summary>
    /// How similar a number is to a choice: twice the probability that two draws from the prior are equal, at most 1. So it is 1 for two
    /// values, 2/n for n equally likely values, and 0 for a continuous number.
    /// </summary>
    public double ChoiceLikeness { get; }

    public double Low => IsBounded ? 0 : double.NegativeInfinity;

    public double High => IsBounded ? 1 : double.PositiveInfinity;

    /// <summary>The standard deviation of the prior.</summary>
    public double PriorDeviation => IsBounded ? UniformDeviation : 1;

    /// <summary>
    /// The length of the axis. For an unbounded axis, it is the length of a uniform prior with the same standard deviation.
    /// </summary>
    public double Length => IsBounded ? 1 : 1 / UniformDeviation;

    public double ToCoordinate(double value)
    {
        if (_number is null)
        {
            return value;
        }

        var x = _number.ToCoordinate(value);
        if (IsDiscrete)
        {
            (var low, var high) = Cell(value);
            low = double.IsInfinity(low) ? high - HalfInfiniteCell : low;
            x = x > low && x < high ? x : low + (high - low) / 2;
        }

        return IsBounded ? Math.Clamp(x, 0, 1) : x;
    }

    public double ToValue(double coordinate) => _number?.ToValue(coordinate) ?? coordinate;

    /// <summary>The interval of coordinates, inside of the bounds, that are rounded to a value of a number.</summary>
    public (double Low, double High) Cell(double value)
    {
        (var low, var high) = _number!.Cell(value);
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
        (var low, var high) = Cell(value);
        return LogOf(PriorMass(low, high));
    }

    /// <summary>
    /// A logarithm that is finite for 0, so that points that are impossible by one kernel can still be compared by the others.
    /// </summary>
    public static double LogOf(double probability) => PortableMath.Log(Math.Max(probability, 1e-300));

    // The probability that two draws from the prior are equal: the mean probability of the cell of a draw.
    private double CollisionProbability()
    {
        double sum = 0;
        for (var i = 0; i < Quantiles; i++)
        {
            (var low, var high) = Cell(Parameter.Distribution.FromUnit((i + 0.5) / Quantiles));
            sum += PriorMass(low, high);
        }

        return sum / Quantiles;
    }

    private double PriorMass(double low, double high) => IsBounded ? high - low : StandardNormal.Mass(low, high);

    // The cells of a log family become narrower from value to value. So the widest one is the first, or the second if the bound cuts the
    // first.
    private double FindWidestCell()
    {
        if (!_number!.IsLog)
        {
            return _number.Width(_number.Quantum);
        }

        if (!IsBounded)
        {
            return double.PositiveInfinity;
        }

        var first = ToValue(0);
        (var low, var high) = Cell(first);
        (var nextLow, var nextHigh) = Cell(first + _number.Quantum);
        return Math.Max(high - low, nextHigh - nextLow);
    }
}

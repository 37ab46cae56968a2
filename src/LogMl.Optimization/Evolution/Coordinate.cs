using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Evolution;

/// <summary>
/// A numeric parameter as a coordinate of an evolutionary search. On its <see cref="Axis"/>, every prior has the mean and the standard
/// deviation of the uniform distribution on [0, 1]. Coordinates out of the bounds are reflected.
/// </summary>
internal sealed class Coordinate(Parameter parameter)
{
    private const double SmallestUnit = 1e-12;

    private readonly Axis _axis = Axis.UniformScaled((NumericDistribution)parameter.Distribution);

    public int ParameterIndex => parameter.Index;

    /// <summary>Whether the coordinate is bounded to [0, 1].</summary>
    public bool IsBounded => _axis.IsBounded;

    /// <summary>Whether several coordinates have the same value.</summary>
    public bool IsDiscrete => _axis.IsDiscrete;

    /// <summary>The value of a coordinate, which is reflected if it is out of the bounds.</summary>
    public double ToValue(double coordinate) => _axis.ToValue(IsBounded ? Reflect(coordinate) : coordinate);

    public double FromValue(double value)
    {
        // A rounded value may be 0 or lie out of the bounds, and then has no coordinate of its own.
        (var low, var high) = Cell(value);
        var coordinate = _axis.IsLog && value <= 0 ? high : _axis.ToCoordinate(value);
        return IsBounded ? Math.Clamp(coordinate, Math.Max(low, 0), Math.Min(high, 1)) : coordinate;
    }

    /// <summary>The interval of coordinates with the same value. An end is infinite where no other value follows.</summary>
    public (double Low, double High) Cell(double value)
    {
        (var low, var high) = _axis.Cell(value);
        return (IsBounded && low <= 0 ? double.NegativeInfinity : low, IsBounded && high >= 1 ? double.PositiveInfinity : high);
    }

    /// <summary>
    /// Maps a value to (0, 1) by the cumulative distribution function of the prior. For a discrete value, a random coordinate of its cell
    /// is used.
    /// </summary>
    public double ToUnit(double value, RandomStream random)
    {
        var coordinate = FromValue(value);
        if (IsDiscrete)
        {
            (var low, var high) = Cell(value);
            low = double.IsInfinity(low) ? Math.Min(coordinate, IsBounded ? 0 : coordinate) : low;
            high = double.IsInfinity(high) ? Math.Max(coordinate, IsBounded ? 1 : coordinate) : high;
            coordinate = low + random.NextDouble() * (high - low);
        }

        return _axis.Cdf(coordinate);
    }

    /// <summary>Maps a number in [0, 1] to a value by the quantile function of the prior.</summary>
    public double FromUnit(double unit) => ToValue(_axis.Quantile(IsBounded ? unit : Math.Clamp(unit, SmallestUnit, 1 - SmallestUnit)));

    private static double Reflect(double x)
    {
        var folded = Math.Abs(x) % 2;
        return folded > 1 ? 2 - folded : folded;
    }
}

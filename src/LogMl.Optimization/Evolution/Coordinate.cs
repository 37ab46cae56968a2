using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Evolution;

/// <summary>
/// A numeric parameter as a coordinate of a search that moves points: the <see cref="Axis"/> on which every prior has mean 1/2 and the deviation of the
/// uniform distribution on [0, 1], and a bound reflects.
/// </summary>
internal sealed class Coordinate(Parameter parameter)
{
    private const double SmallestUnit = 1e-12;

    private readonly Axis _axis = Axis.LikeUniform((NumericDistribution)parameter.Distribution);

    public int ParameterIndex => parameter.Index;

    /// <summary>Whether the coordinate must be in [0, 1].</summary>
    public bool IsBounded => _axis.IsBounded;

    /// <summary>Whether several coordinates mean the same value.</summary>
    public bool IsDiscrete => _axis.IsDiscrete;

    /// <summary>The value of a coordinate; one beyond a bound is reflected there.</summary>
    public double ToValue(double coordinate) => _axis.ToValue(IsBounded ? Reflect(coordinate) : coordinate);

    public double FromValue(double value)
    {
        // A rounded value may be 0 or beyond the bounds, where the law has no place for it.
        (double low, double high) = Cell(value);
        double coordinate = _axis.IsLog && value <= 0 ? high : _axis.ToCoordinate(value);
        return IsBounded ? Math.Clamp(coordinate, Math.Max(low, 0), Math.Min(high, 1)) : coordinate;
    }

    /// <summary>The coordinates between which lies the same value; infinite where no other value follows.</summary>
    public (double Low, double High) Cell(double value)
    {
        (double low, double high) = _axis.Cell(value);
        return (IsBounded && low <= 0 ? double.NegativeInfinity : low, IsBounded && high >= 1 ? double.PositiveInfinity : high);
    }

    /// <summary>A place in (0, 1) by the prior's distribution function; of a discrete value a random one in its cell.</summary>
    public double ToUnit(double value, RandomStream random)
    {
        double coordinate = FromValue(value);
        if (IsDiscrete)
        {
            (double low, double high) = Cell(value);
            low = double.IsInfinity(low) ? Math.Min(coordinate, IsBounded ? 0 : coordinate) : low;
            high = double.IsInfinity(high) ? Math.Max(coordinate, IsBounded ? 1 : coordinate) : high;
            coordinate = low + random.NextDouble() * (high - low);
        }

        return _axis.Cdf(coordinate);
    }

    /// <summary>The value at a place in [0, 1].</summary>
    public double FromUnit(double unit) => ToValue(_axis.Quantile(IsBounded ? unit : Math.Clamp(unit, SmallestUnit, 1 - SmallestUnit)));

    private static double Reflect(double x)
    {
        double folded = Math.Abs(x) % 2;
        return folded > 1 ? 2 - folded : folded;
    }
}

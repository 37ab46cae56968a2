using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Evolution;

/// <summary>
/// A numeric parameter as a coordinate of an evolutionary search: its law (the logarithm for a log family), shifted and scaled so that the
/// prior has mean 1/2 and the standard deviation of the uniform distribution on [0, 1]. A uniform prior is the interval [0, 1] itself.
/// </summary>
/// <remarks>A randint is an ordered number here, which labels are not in TPE: each integer is a cell of [0, 1].</remarks>
internal sealed class Coordinate
{
    private static readonly double SqrtOf12 = Math.Sqrt(12);

    private const double SmallestUnit = 1e-12;

    private readonly Distribution _distribution;
    private readonly double _origin;
    private readonly double _width;

    public Coordinate(Parameter parameter)
    {
        ParameterIndex = parameter.Index;
        _distribution = parameter.Distribution;
        (_origin, _width) = parameter.Distribution switch
        {
            UniformDistribution uniform => (uniform.Low, uniform.High - uniform.Low),
            NormalDistribution normal => (normal.Mu - normal.Sigma * SqrtOf12 / 2, normal.Sigma * SqrtOf12),
            RandIntDistribution integer => (integer.Low - 0.5, (double)(integer.High - integer.Low)),
            _ => throw new ArgumentException("A choice is no coordinate.", nameof(parameter)),
        };
    }

    public int ParameterIndex { get; }

    /// <summary>Whether the coordinate must be in [0, 1].</summary>
    public bool IsBounded => _distribution is not NormalDistribution;

    /// <summary>Whether several coordinates mean the same value.</summary>
    public bool IsDiscrete => _distribution is RandIntDistribution or NumericDistribution { Quantum: not null };

    /// <summary>The value of a coordinate; one beyond a bound is reflected there.</summary>
    public double ToValue(double coordinate)
    {
        double inside = IsBounded ? Reflect(coordinate) : coordinate;
        double law = Math.Clamp(_origin + inside * _width, -double.MaxValue, double.MaxValue);
        return _distribution switch
        {
            UniformDistribution uniform => uniform.FromLaw(Math.Clamp(law, uniform.Low, uniform.High)),
            NumericDistribution numeric => numeric.FromLaw(law),
            RandIntDistribution integer =>
                Math.Clamp(Math.Round(law, MidpointRounding.ToEven), integer.Low, (double)(integer.High - 1)),
            _ => throw new InvalidOperationException("A choice is no coordinate."),
        };
    }

    public double FromValue(double value)
    {
        // A rounded value may be 0 or beyond the bounds, where the law has no place for it.
        (double low, double high) = Cell(value);
        double coordinate = _distribution is NumericDistribution { IsLog: true } && value <= 0 ? high : FromLaw(value);
        return IsBounded ? Math.Clamp(coordinate, Math.Max(low, 0), Math.Min(high, 1)) : coordinate;
    }

    /// <summary>The coordinates between which lies the same value; infinite where no other value follows.</summary>
    public (double Low, double High) Cell(double value)
    {
        double half = _distribution is NumericDistribution { Quantum: { } q } ? q / 2 : 0.5;
        double low = FromLaw(value - half);
        double high = FromLaw(value + half);
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

        return IsBounded ? coordinate : StandardNormal.Cdf((coordinate - 0.5) * SqrtOf12);
    }

    /// <summary>The value at a place in [0, 1].</summary>
    public double FromUnit(double unit) =>
        ToValue(IsBounded ? unit : 0.5 + StandardNormal.InverseCdf(Math.Clamp(unit, SmallestUnit, 1 - SmallestUnit)) / SqrtOf12);

    private static double Reflect(double x)
    {
        double folded = Math.Abs(x) % 2;
        return folded > 1 ? 2 - folded : folded;
    }

    private double FromLaw(double value)
    {
        double law = _distribution is NumericDistribution { IsLog: true } ? PortableMath.Log(Math.Max(value, 0)) : value;
        return (law - _origin) / _width;
    }
}

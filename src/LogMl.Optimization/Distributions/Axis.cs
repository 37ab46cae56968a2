using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Distributions;

/// <summary>
/// A coordinate axis for a numeric parameter. The coordinate is the value (its logarithm for a log family), shifted and scaled so that a
/// uniform prior is the interval [0, 1]. A value of an integer or quantized parameter is a cell: all coordinates that are rounded to it.
/// </summary>
/// <remarks>Each sampler decides how to treat coordinates out of the bounds, and which coordinate of its cell represents a value.</remarks>
internal sealed class Axis
{
    private static readonly double SqrtOf12 = Math.Sqrt(12);

    private readonly NumericDistribution _distribution;
    private readonly double _origin;
    private readonly double _width;
    private readonly double _mean;
    private readonly double _deviations;

    // On the axis, a normal prior has this mean, and one unit is this number of its standard deviations.
    private Axis(NumericDistribution distribution, double mean, double deviations)
    {
        _distribution = distribution;
        _mean = mean;
        _deviations = deviations;
        (_origin, _width) = IsBounded
            ? (distribution.LawLow, distribution.PriorSigma)
            : (distribution.PriorMean - distribution.PriorSigma * deviations * mean, distribution.PriorSigma * deviations);
    }

    public bool IsBounded => _distribution.IsBounded;

    /// <summary>Whether values are cells.</summary>
    public bool IsDiscrete => _distribution.Quantum is not null;

    /// <summary>The distance of neighbouring values; 1, without a meaning, for a continuous parameter.</summary>
    public double Quantum => _distribution.Quantum ?? 1;

    public bool IsLog => _distribution.IsLog;

    /// <summary>An axis on which a normal prior has mean 0 and standard deviation 1.</summary>
    public static Axis Standard(NumericDistribution distribution) => new(distribution, mean: 0, deviations: 1);

    /// <summary>An axis on which every prior has the mean and the standard deviation of the uniform distribution on [0, 1].</summary>
    public static Axis UniformScaled(NumericDistribution distribution) => new(distribution, mean: 0.5, deviations: SqrtOf12);

    /// <summary>
    /// The coordinate of a value. It may lie out of the bounds if the value was rounded; it is -infinity for the logarithm of 0.
    /// </summary>
    public double ToCoordinate(double value) => (_distribution.ToLaw(value) - _origin) / _width;

    /// <summary>The value of a coordinate. A coordinate out of the bounds gives the value of the nearest bound.</summary>
    public double ToValue(double coordinate)
    {
        // The sum of origin and width may miss the upper bound by rounding.
        var law = IsBounded && coordinate >= 1
            ? _distribution.LawHigh
            : Math.Clamp(_origin + coordinate * _width, -double.MaxValue, double.MaxValue);
        return _distribution.FromLaw(Math.Clamp(law, _distribution.LawLow, _distribution.LawHigh));
    }

    /// <summary>Converts a length of the law (a difference of values or of logarithms) to the units of the axis.</summary>
    public double Width(double law) => law / _width;

    /// <summary>The interval of coordinates that are rounded to a value. It may extend out of the bounds.</summary>
    public (double Low, double High) Cell(double value)
    {
        var half = Quantum / 2;
        var middle = _distribution.OnAxis(value);
        return (ToCoordinate(middle - half), ToCoordinate(middle + half));
    }

    /// <summary>The cumulative distribution function of the prior.</summary>
    public double Cdf(double coordinate) =>
        IsBounded ? Math.Clamp(coordinate, 0, 1) : StandardNormal.Cdf((coordinate - _mean) * _deviations);

    /// <summary>The prior probability of an interval, accurate in both tails.</summary>
    public double Mass(double low, double high) => IsBounded
        ? Cdf(high) - Cdf(low)
        : StandardNormal.Mass((low - _mean) * _deviations, (high - _mean) * _deviations);

    /// <summary>The density of the prior at a coordinate, per unit of the axis.</summary>
    public double Density(double coordinate)
    {
        if (IsBounded)
        {
            return coordinate is >= 0 and <= 1 ? 1 : 0;
        }

        var z = (coordinate - _mean) * _deviations;
        return PortableMath.Exp(-z * z / 2 - StandardNormal.LogSqrtTwoPi) * _deviations;
    }

    /// <summary>The quantile function of the prior.</summary>
    public double Quantile(double u) => IsBounded ? u : _mean + StandardNormal.InverseCdf(u) / _deviations;
}

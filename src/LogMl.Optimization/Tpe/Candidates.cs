using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// Draws points from the density of the good trials. A draw picks a kernel and walks down the tree of parameters with it, so that the
/// parameters of a branch come from a trial that chose the branch. Given values stay, and each kernel is weighted by the likelihood of the
/// given values.
/// </summary>
internal sealed class Candidates(Mixture good, int capacity)
{
    private readonly int _axisCount = good.Axes.Length;
    private readonly double[] _cumulative = new double[capacity];
    private readonly double[] _below = new double[capacity * good.Axes.Length];
    private readonly double[] _inside = new double[capacity * good.Axes.Length];
    private double _total;

    /// <summary>Computes what all draws have in common.</summary>
    public void Prepare(ReadOnlySpan<double> given, ReadOnlySpan<double> givenCoordinates, ReadOnlySpan<bool> isCoarse)
    {
        WeighKernels(given, givenCoordinates, isCoarse);
        for (var a = 0; a < _axisCount; a++)
        {
            var axis = good.Axes[a];
            if (axis.Choice is not null)
            {
                continue;
            }

            var width = good.Bandwidths[a];
            for (var k = 0; k < good.Count; k++)
            {
                var center = good.Coordinate(a, k);
                if (double.IsNaN(center))
                {
                    continue;
                }

                var place = k * _axisCount + a;
                _below[place] = axis.IsBounded ? StandardNormal.Cdf((axis.Low - center) / width) : 0;
                _inside[place] = axis.IsBounded ? StandardNormal.Cdf((axis.High - center) / width) - _below[place] : 1;
            }
        }
    }

    /// <summary>Draws a point.</summary>
    /// <param name="recombine">Whether each parameter picks its own kernel.</param>
    /// <param name="given">The given values, NaN for other parameters.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="coordinates">Receives the coordinates, NaN for parameters that do not exist.</param>
    /// <param name="values">Receives the values, NaN for parameters that do not exist.</param>
    public void Draw(bool recombine, ReadOnlySpan<double> given, RandomStream random, Span<double> coordinates, Span<double> values)
    {
        var kernel = Pick(random);
        for (var a = 0; a < _axisCount; a++)
        {
            var axis = good.Axes[a];
            coordinates[a] = values[a] = double.NaN;
            if (axis.Parameter.Parent is { } parent && values[parent.Index] != axis.Parameter.ParentOption)
            {
                continue;
            }

            if (!double.IsNaN(given[a]))
            {
                values[a] = given[a];
                coordinates[a] = axis.ToCoordinate(given[a]);
                continue;
            }

            var source = recombine ? Pick(random) : kernel;
            source = source >= 0 && double.IsNaN(good.Coordinate(a, source)) ? kernel : source;
            var drawn = DrawCoordinate(source, a, random);
            values[a] = axis.IsDiscrete ? axis.ToValue(drawn) : drawn;
            coordinates[a] = axis.IsDiscrete ? axis.ToCoordinate(values[a]) : drawn;
        }
    }

    private double DrawCoordinate(int kernel, int a, RandomStream random)
    {
        var axis = good.Axes[a];
        var center = kernel < 0 ? double.NaN : good.Coordinate(a, kernel);
        var width = good.Bandwidths[a];
        if (axis.Choice is { } choice)
        {
            return double.IsNaN(center) || random.NextDouble() < width ? choice.Draw(random) : center;
        }

        var isSmoothed = good.Smoothing[a] > 0 && random.NextDouble() < good.Smoothing[a];
        var u = random.NextOpenDouble();
        if (double.IsNaN(center) || isSmoothed)
        {
            return axis.IsBounded ? u : StandardNormal.InverseCdf(u);
        }

        var place = kernel * _axisCount + a;
        var p = Math.Clamp(_below[place] + u * _inside[place], double.Epsilon, 1 - 1.0 / (1L << 53));
        return Math.Clamp(center + width * StandardNormal.InverseCdf(p), axis.Low, axis.High);
    }

    // The index of a kernel, or -1 for the prior.
    private int Pick(RandomStream random)
    {
        var u = random.NextDouble() * _total;
        var k = 0;
        while (k < good.Count && u >= _cumulative[k])
        {
            k++;
        }

        return k < good.Count ? k : -1;
    }

    private void WeighKernels(ReadOnlySpan<double> given, ReadOnlySpan<double> givenCoordinates, ReadOnlySpan<bool> isCoarse)
    {
        double prior = 0;
        var greatest = double.NegativeInfinity;
        for (var k = -1; k < good.Count; k++)
        {
            var log = DensityAxis.LogOf(k < 0 ? good.PriorWeight : good.Weights[k]);
            for (var a = 0; a < _axisCount; a++)
            {
                if (double.IsNaN(given[a]))
                {
                    continue;
                }

                log += k >= 0 ? good.LogKernel(k, a, givenCoordinates[a], given[a], isCoarse[a])
                    : isCoarse[a] ? good.Axes[a].LogPriorMass(given[a])
                    : good.Axes[a].LogPrior(givenCoordinates[a]);
            }

            greatest = Math.Max(greatest, log);
            if (k < 0)
            {
                prior = log;
            }
            else
            {
                _cumulative[k] = log;
            }
        }

        _total = 0;
        for (var k = 0; k < good.Count; k++)
        {
            _total += PortableMath.Exp(_cumulative[k] - greatest);
            _cumulative[k] = _total;
        }

        _total += PortableMath.Exp(prior - greatest);
    }
}

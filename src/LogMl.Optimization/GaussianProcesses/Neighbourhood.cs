using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Points near a point, in a space of numbers, options and branches. Values that the user fixed stay.
/// </summary>
internal sealed class Neighbourhood(PointCoding coding, ParameterValues given, RandomStream random)
{
    /// <summary>A point from the prior.</summary>
    public ParameterValues FromPrior()
    {
        ParameterValues point = Given();
        RandomSampler.DrawMissing(coding.Parameters, random, point);
        return point;
    }

    /// <summary>A point with some of the values changed a little.</summary>
    /// <param name="parent">The point to start from.</param>
    /// <param name="scale">The standard deviation of the change of a number, in units of its prior.</param>
    /// <param name="rate">The probability that a value changes.</param>
    public ParameterValues Mutate(ParameterValues parent, double scale, double rate)
    {
        ParameterValues point = Given();
        int forced = (int)random.NextBelow((ulong)Math.Max(1, coding.Features.Length));
        int feature = -1;
        foreach (Parameter parameter in coding.Parameters)
        {
            bool isFree = parameter.Distribution is not ICountable { Count: 1 };
            feature += isFree ? 1 : 0;
            if (point.IsActive(parameter.Index) || !point.ConditionHolds(parameter))
            {
                continue;
            }

            double old = parent[parameter.Index];
            bool changes = isFree && (random.NextDouble() < rate || feature == forced);
            point[parameter.Index] = double.IsNaN(old) ? parameter.Distribution.Draw(random)
                : !changes ? old
                : coding.Features[feature].Coordinate is not { } coordinate ? parameter.Distribution.Draw(random)
                : Moved(coordinate, old, scale);
        }

        return point;
    }

    /// <summary>A point with one value replaced; what depends on it comes from the parent where it has it, else from the prior.</summary>
    public ParameterValues Replace(ParameterValues parent, int index, double value)
    {
        ParameterValues point = Given();
        foreach (Parameter parameter in coding.Parameters)
        {
            if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
            {
                double old = parent[parameter.Index];
                point[parameter.Index] = parameter.Index == index ? value : double.IsNaN(old) ? parameter.Distribution.Draw(random) : old;
            }
        }

        return point;
    }

    private double Moved(Coordinate coordinate, double value, double scale)
    {
        double x = coordinate.FromValue(value);
        double moved = coordinate.ToValue(x + scale * StandardNormal.Draw(random));
        if (moved != value || !coordinate.IsDiscrete)
        {
            return moved;
        }

        // At least to the next cell.
        (double low, double high) = coordinate.Cell(value);
        double target = random.NextDouble() < 0.5 ? low - 1e-9 : high + 1e-9;
        return double.IsInfinity(target) ? value : coordinate.ToValue(target);
    }

    private ParameterValues Given()
    {
        var point = new ParameterValues(coding.Parameters.Count);
        given.CopyTo(point);
        return point;
    }
}

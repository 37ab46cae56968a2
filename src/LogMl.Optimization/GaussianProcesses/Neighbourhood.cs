using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>Makes points near a point, in a space with numbers, options and branches. Given values stay.</summary>
internal sealed class Neighbourhood(PointCoding coding, ParameterValues given, RandomStream random)
{
    /// <summary>A point from the prior.</summary>
    public ParameterValues FromPrior() => Build(parameter => parameter.Distribution.Draw(random));

    /// <summary>A point with some of the values changed. At least one value is selected for a change.</summary>
    /// <param name="parent">The point to start from.</param>
    /// <param name="scale">The standard deviation of the change of a number, in units of its coordinate.</param>
    /// <param name="rate">The probability that a value changes.</param>
    public ParameterValues Mutate(ParameterValues parent, double scale, double rate)
    {
        var forced = (int)random.NextBelow((ulong)Math.Max(1, coding.Features.Length));
        return Build(parameter =>
        {
            var old = parent[parameter.Index];
            var feature = coding.FeatureOf(parameter);
            var changes = feature >= 0 && (random.NextDouble() < rate || feature == forced);
            return double.IsNaN(old) ? parameter.Distribution.Draw(random)
                : !changes ? old
                : coding.Features[feature].Coordinate is { } coordinate ? Move(coordinate, old, scale)
                : parameter.Distribution.Draw(random);
        });
    }

    /// <summary>
    /// A point with one value replaced. Other values come from the parent point if it has them, otherwise from the prior.
    /// </summary>
    public ParameterValues Replace(ParameterValues parent, int index, double value) => Build(parameter =>
        parameter.Index == index ? value
        : parent.IsActive(parameter.Index) ? parent[parameter.Index]
        : parameter.Distribution.Draw(random));

    private double Move(Coordinate coordinate, double value, double scale)
    {
        var x = coordinate.FromValue(value);
        var moved = coordinate.ToValue(x + scale * StandardNormal.Draw(random));
        if (moved != value || !coordinate.IsDiscrete)
        {
            return moved;
        }

        // A discrete number moves at least to a neighbouring cell.
        (var low, var high) = coordinate.Cell(value);
        var target = random.NextDouble() < 0.5 ? low - 1e-9 : high + 1e-9;
        return double.IsInfinity(target) ? value : coordinate.ToValue(target);
    }

    // Parents come before their children. A given value of a branch that is not chosen is dropped.
    private ParameterValues Build(Func<Parameter, double> value)
    {
        var point = new ParameterValues(coding.Parameters.Count);
        given.CopyTo(point);
        foreach (var parameter in coding.Parameters)
        {
            if (!point.ConditionHolds(parameter))
            {
                point[parameter.Index] = double.NaN;
            }
            else if (!point.IsActive(parameter.Index))
            {
                point[parameter.Index] = value(parameter);
            }
        }

        return point;
    }
}

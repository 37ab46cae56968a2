using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Points;

/// <summary>
/// The points that a study has tried, as a tree with a level for each parameter. A node counts the different points below it, which tells
/// whether any untried point is left there.
/// </summary>
/// <remarks>Adding or finding a point takes one look-up for each of its parameters, whatever the number of trials.</remarks>
internal sealed class TriedPoints(IReadOnlyList<Parameter> parameters, SpaceSize size, ParameterValues fixedValues)
{
    private readonly Dictionary<(int Node, double Value), int> _children = [];
    private readonly List<long> _counts = [0];

    /// <summary>Whether every point of the space has been tried.</summary>
    public bool IsExhausted => _counts[0] >= size.Total;

    public bool Contains(ParameterValues point)
    {
        var node = 0;
        for (var i = 0; i < point.Count && node >= 0; i++)
        {
            node = point.IsActive(i) ? Child(node, point[i]) : node;
        }

        return node >= 0;
    }

    /// <summary>Adds a point, unless it is there already or <see cref="SpaceSize"/> does not count it.</summary>
    public void Add(ParameterValues point)
    {
        if ((_counts[0] > 0 && Contains(point))
            || parameters.Any(parameter => point.IsActive(parameter.Index) && !IsCounted(parameter, point)))
        {
            return;
        }

        var node = 0;
        _counts[0]++;
        for (var i = 0; i < point.Count; i++)
        {
            if (!point.IsActive(i))
            {
                continue;
            }

            var child = Child(node, point[i]);
            if (child < 0)
            {
                child = _counts.Count;
                _children.Add((node, point[i]), child);
                _counts.Add(0);
            }

            node = child;
            _counts[node]++;
        }
    }

    /// <summary>
    /// Moves a point to the nearest untried one. Parameters keep their values, in their order, as long as untried points with these values
    /// are left; the next one takes the nearest value for which untried points are left. Parameters of a newly chosen branch are drawn from
    /// the prior.
    /// </summary>
    /// <param name="point">A point of the space. The space must have untried points.</param>
    /// <param name="random">The random numbers of the trial.</param>
    public void MoveToUntried(ParameterValues point, RandomStream random)
    {
        var node = 0;
        foreach (var parameter in parameters)
        {
            var i = parameter.Index;
            if (!point.ConditionHolds(parameter))
            {
                point[i] = double.NaN;
                continue;
            }

            var wanted = point.IsActive(i) ? point[i] : parameter.Distribution.Draw(random);
            foreach (var value in double.IsNaN(fixedValues[i]) ? NearbyValues.Of(parameter.Distribution, wanted, random) : [fixedValues[i]])
            {
                point[i] = value;
                var child = Child(node, value);
                if (child < 0 || _counts[child] < size.Remaining(point, i))
                {
                    break;
                }
            }

            node = Child(node, point[i]);
        }
    }

    // -1 if no tried point has this value below the node.
    private int Child(int node, double value) => node >= 0 && _children.TryGetValue((node, value), out var child) ? child : -1;

    // The size of the space leaves out options of probability 0, and values that differ from the fixed one.
    private bool IsCounted(Parameter parameter, ParameterValues point)
    {
        var value = point[parameter.Index];
        var fixedValue = fixedValues[parameter.Index];
        return double.IsNaN(fixedValue)
            ? parameter.Distribution is not ChoiceDistribution choice || choice.Probabilities[(int)value] > 0
            : value == fixedValue;
    }
}

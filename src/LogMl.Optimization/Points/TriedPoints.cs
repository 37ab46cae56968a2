using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Points;

/// <summary>
/// The points that a study has tried, as a tree with a level for each parameter. A node knows how many different points lie below it; so it
/// is known whether any is left there.
/// </summary>
/// <remarks>Adding and finding a point takes a look-up for each of its parameters, however many trials there are.</remarks>
internal sealed class TriedPoints(IReadOnlyList<Parameter> parameters, SpaceSize size, ParameterValues fixedValues)
{
    private readonly Dictionary<(int Node, double Value), int> _children = [];
    private readonly List<long> _counts = [0];

    /// <summary>Whether every point of the space has been tried.</summary>
    public bool IsExhausted => _counts[0] >= size.Total;

    public bool Contains(ParameterValues point)
    {
        int node = 0;
        for (int i = 0; i < point.Count && node >= 0; i++)
        {
            node = point.IsActive(i) ? Child(node, point[i]) : node;
        }

        return node >= 0;
    }

    /// <summary>Adds a point, unless it is there already or not one that is counted.</summary>
    public void Add(ParameterValues point)
    {
        if ((_counts[0] > 0 && Contains(point)) || parameters.Any(parameter => point.IsActive(parameter.Index) && !IsCounted(parameter, point)))
        {
            return;
        }

        int node = 0;
        _counts[0]++;
        for (int i = 0; i < point.Count; i++)
        {
            if (!point.IsActive(i))
            {
                continue;
            }

            int child = Child(node, point[i]);
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
    /// Changes a point to the nearest that has not been tried: the first parameters keep their values as long as anything is left
    /// with them, then one takes the nearest value with which something is. What is new in another branch is drawn.
    /// </summary>
    /// <param name="point">A point of the space, which must not be exhausted.</param>
    /// <param name="random">The random numbers of the trial.</param>
    public void MoveToUntried(ParameterValues point, RandomStream random)
    {
        int node = 0;
        foreach (Parameter parameter in parameters)
        {
            int i = parameter.Index;
            if (!point.ConditionHolds(parameter))
            {
                point[i] = double.NaN;
                continue;
            }

            double wanted = point.IsActive(i) ? point[i] : parameter.Distribution.Draw(random);
            foreach (double value in double.IsNaN(fixedValues[i]) ? NearbyValues.Of(parameter.Distribution, wanted, random) : [fixedValues[i]])
            {
                point[i] = value;
                int child = Child(node, value);
                if (child < 0 || _counts[child] < size.Remaining(point, i))
                {
                    break;
                }
            }

            node = Child(node, point[i]);
        }
    }

    // Below a node that does not exist nothing has been tried.
    private int Child(int node, double value) => node >= 0 && _children.TryGetValue((node, value), out int child) ? child : -1;

    // What the space's size leaves out: options that are impossible, and values other than the fixed one.
    private bool IsCounted(Parameter parameter, ParameterValues point)
    {
        double value = point[parameter.Index];
        double fixedValue = fixedValues[parameter.Index];
        return double.IsNaN(fixedValue)
            ? parameter.Distribution is not ChoiceDistribution choice || choice.Probabilities[(int)value] > 0
            : value == fixedValue;
    }
}

using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>Carries the points of one space over to another: numbers by their values, options by what they are.</summary>
/// <param name="from">The parameters of the trials.</param>
/// <param name="to">The parameters of the other space, each choice before those of its branches.</param>
/// <param name="fixedValues">The values of parameters that the other space does not search.</param>
internal sealed class PointMapping(IReadOnlyList<Parameter> from, IReadOnlyList<Parameter> to, FixedValues fixedValues)
{
    private readonly Dictionary<string, Parameter> _from = from.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);

    /// <param name="trial">A trial of the first space.</param>
    /// <param name="noted">The values of parameters that were not in the space when it ran.</param>
    /// <param name="point">The values that the other space has too.</param>
    /// <returns>Whether the trial is a point of the other space.</returns>
    public bool Map(TrialView trial, IReadOnlyDictionary<string, JsonElement> noted, out Dictionary<string, double> point)
    {
        point = new Dictionary<string, double>(StringComparer.Ordinal);
        var isWhole = true;
        foreach (var parameter in to)
        {
            if (parameter.Parent is { } parent && !(point.TryGetValue(parent.Name, out var option) && option == parameter.ParentOption))
            {
                continue;
            }

            if (trial.Values.TryGetValue(parameter.Name, out var value)
                && Map(_from[parameter.Name].Distribution, value, parameter.Distribution) is { } mapped)
            {
                point[parameter.Name] = mapped;
            }
            else if (!trial.Values.ContainsKey(parameter.Name) && noted.TryGetValue(parameter.Name, out var json)
                && PointEncoding.ReadFixed(parameter.Distribution, json) is { } known)
            {
                point[parameter.Name] = known;
            }
            else
            {
                isWhole = false;
            }
        }

        foreach (var (name, value) in trial.Values)
        {
            isWhole &= point.ContainsKey(name) || (to.All(parameter => parameter.Name != name) && IsFixed(name, value));
        }

        foreach (var (name, json) in noted)
        {
            isWhole &= trial.Values.ContainsKey(name) || point.ContainsKey(name)
                || (to.All(parameter => parameter.Name != name) && fixedValues.ProblemOf(name, json) is null);
        }

        return isWhole;
    }

    /// <summary>The mean over the parameters of how different two points are, each from 0 to 1.</summary>
    public static double Distance(
        IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, double> one, IReadOnlyDictionary<string, double> other)
    {
        double sum = 0;
        foreach (var parameter in parameters)
        {
            sum += (one.TryGetValue(parameter.Name, out var a), other.TryGetValue(parameter.Name, out var b)) switch
            {
                (false, false) => 0,
                (true, true) when parameter.Distribution is NumericDistribution number => Math.Abs(Place(number, a) - Place(number, b)),
                (true, true) => a == b ? 0 : 1,
                _ => 1,
            };
        }

        return sum / Math.Max(1, parameters.Count);
    }

    private static double Place(NumericDistribution number, double value)
    {
        var axis = Axis.UniformScaled(number);
        return axis.Cdf(axis.ToCoordinate(value));
    }

    /// <summary>The value of one distribution as one of another: the same number, or the same option; null when it has none.</summary>
    public static double? Map(Distribution from, double value, Distribution to) => (from, to) switch
    {
        (ChoiceDistribution before, ChoiceDistribution now) => IndexOf(now, KeyOf(before.Options[(int)value])),
        (NumericDistribution, NumericDistribution now) => now.ValueOf(value),
        _ => null,
    };

    private static double? IndexOf(ChoiceDistribution choice, string key)
    {
        for (var i = 0; i < choice.Options.Count; i++)
        {
            if (KeyOf(choice.Options[i]) == key)
            {
                return i;
            }
        }

        return null;
    }

    private static string KeyOf(object? option) => ChoiceLabel.Key(OptionJson.Text(option));

    private bool IsFixed(string name, double value) => fixedValues.Contains(name) && fixedValues.ProblemOf(name, value) is null;
}

using System.Diagnostics.CodeAnalysis;

namespace LogMl.Optimization.Points;

/// <summary>Reads and checks points that users and stores give by name.</summary>
internal sealed class PointReader
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Dictionary<string, Parameter> _byName = new(StringComparer.Ordinal);

    public PointReader(IReadOnlyList<Parameter> parameters)
    {
        _parameters = parameters;
        foreach (var parameter in parameters)
        {
            _byName.Add(parameter.Name, parameter);
        }
    }

    public bool TryFind(string name, [NotNullWhen(true)] out Parameter? parameter) => _byName.TryGetValue(name, out parameter);

    /// <summary>Reads a whole point: a value for each parameter that exists at it, and no others.</summary>
    public ParameterValues ReadWhole(IEnumerable<KeyValuePair<string, double>> values)
    {
        var point = ReadValues(values);
        foreach (var parameter in _parameters)
        {
            var isGiven = point.IsActive(parameter.Index);
            if (isGiven != point.ConditionHolds(parameter))
            {
                var problem = isGiven ? "is given, but belongs to a branch that is not chosen." : "has no value.";
                throw new ArgumentException($"Parameter '{parameter.Name}' {problem}", nameof(values));
            }
        }

        return point;
    }

    /// <summary>Reads the fixed values of a study, which hold wherever their parameter exists.</summary>
    public ParameterValues ReadFixed(IEnumerable<KeyValuePair<string, double>> values)
    {
        var point = ReadValues(values);
        foreach (var parameter in _parameters)
        {
            // A parent that is not fixed may still choose the option, so only a fixed parent can contradict.
            if (point.IsActive(parameter.Index) && parameter.Parent is { } parent && point.IsActive(parent.Index) &&
                !point.ConditionHolds(parameter))
            {
                throw new ArgumentException(
                    $"Parameter '{parameter.Name}' is fixed, but never exists: it belongs to option {parameter.ParentOption} of " +
                    Require.Text($"'{parent.Name}', which is fixed at option {point[parent.Index]}."),
                    nameof(values));
            }
        }

        return point;
    }

    /// <summary>Reads a part of a point. Each given parameter must exist by the values that are given or fixed.</summary>
    public ParameterValues ReadPart(IEnumerable<KeyValuePair<string, double>> values, ParameterValues fixedValues)
    {
        var given = ReadValues(values);
        var point = fixedValues.Copy();
        foreach (var parameter in _parameters)
        {
            var i = parameter.Index;
            if (!given.IsActive(i))
            {
                continue;
            }

            if (point.IsActive(i) && point[i] != given[i])
            {
                throw new ArgumentException(
                    Require.Text($"Parameter '{parameter.Name}' cannot be {given[i]}: the study fixes it at {point[i]}."), nameof(values));
            }

            point[i] = given[i];
            if (!point.ConditionHolds(parameter))
            {
                var parent = parameter.Parent!;
                var instead = point.IsActive(parent.Index) ? Require.Text($"is option {point[parent.Index]}") : "is not given";
                throw new ArgumentException(
                    $"Parameter '{parameter.Name}' exists only with option {parameter.ParentOption} of '{parent.Name}', which {instead}.",
                    nameof(values));
            }
        }

        return point;
    }

    private ParameterValues ReadValues(IEnumerable<KeyValuePair<string, double>> values)
    {
        var point = new ParameterValues(_parameters.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((var name, var value) in values)
        {
            if (!_byName.TryGetValue(name, out var parameter))
            {
                throw new ArgumentException($"The search space has no parameter '{name}'.", nameof(values));
            }

            if (!seen.Add(name))
            {
                throw new ArgumentException($"Parameter '{name}' is given twice.", nameof(values));
            }

            if (parameter.Distribution.ValueOf(value) is not { } meant)
            {
                throw new ArgumentException(
                    Require.Text($"Parameter '{name}' cannot be {value}: {parameter.Distribution.Name} does not give this value."),
                    nameof(values));
            }

            // Adding 0 turns -0 into 0, so that equal points have equal bits.
            point[parameter.Index] = meant + 0.0;
        }

        return point;
    }
}

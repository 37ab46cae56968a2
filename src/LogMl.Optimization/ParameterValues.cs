namespace LogMl.Optimization;

/// <summary>A point of the flat space: the value of each parameter, NaN for a parameter of a branch that is not chosen.</summary>
internal sealed class ParameterValues
{
    private readonly double[] _values;

    public ParameterValues(int count)
    {
        _values = new double[count];
        Clear();
    }

    public int Count => _values.Length;

    /// <summary>The value of a parameter, NaN while it has none.</summary>
    public double this[int index]
    {
        get => _values[index];
        set => _values[index] = value;
    }

    public ReadOnlySpan<double> AsSpan() => _values;

    public bool IsActive(int index) => !double.IsNaN(_values[index]);

    /// <summary>Overwrites all values of another point, those that are NaN included.</summary>
    public void CopyTo(ParameterValues other) => _values.CopyTo(other._values, 0);

    public void Clear() => Array.Fill(_values, double.NaN);

    public ParameterValues Copy()
    {
        var copy = new ParameterValues(_values.Length);
        copy.CopyFrom(this);
        return copy;
    }

    public void CopyFrom(ParameterValues other) => other._values.CopyTo(_values, 0);

    /// <summary>Sets parameters that do not exist at this point to NaN.</summary>
    public void ClearInactive(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (!ConditionHolds(parameter))
            {
                _values[parameter.Index] = double.NaN;
            }
        }
    }

    /// <summary>Whether every parameter that exists at this point has a value.</summary>
    public bool IsWhole(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (!IsActive(parameter.Index) && ConditionHolds(parameter))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a parameter exists at this point: its parent, which must have its value by now, has chosen its branch.</summary>
    public bool ConditionHolds(Parameter parameter) =>
        parameter.Parent is not { } parent || _values[parent.Index] == parameter.ParentOption;
}

namespace LogMl.Optimization;

/// <summary>The values of a point of the flat space; a parameter of a branch that was not chosen has none.</summary>
internal sealed class ParameterValues(int count)
{
    private readonly double[] _values = new double[count];
    private readonly bool[] _active = new bool[count];

    public bool IsActive(int index) => _active[index];

    /// <summary>The value of an active parameter.</summary>
    public double this[int index]
    {
        get => _values[index];
        set
        {
            _values[index] = value;
            _active[index] = true;
        }
    }

    /// <summary>Whether a parameter exists at this point. Its parent must have been decided before.</summary>
    public bool ConditionHolds(Parameter parameter) =>
        parameter.Parent is not { } parent || (IsActive(parent.Index) && _values[parent.Index] == parameter.ParentOption);
}

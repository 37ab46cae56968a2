using System.Numerics;

namespace LogMl.Optimization.Grid;

/// <summary>A parameter of a grid: its values in order, and for each of them the axes of the branch that it brings.</summary>
internal sealed class GridAxis
{
    private readonly int _parameterIndex;
    private readonly double[] _values;
    private readonly GridAxes[] _branches;

    public GridAxis(Parameter parameter, double[] values, GridAxes[] branches)
    {
        _parameterIndex = parameter.Index;
        _values = values;
        _branches = branches;
        Count = branches.Aggregate(BigInteger.Zero, (sum, branch) => sum + branch.Count);
    }

    /// <summary>How many different ways there are to set the parameter and those of its branches.</summary>
    public BigInteger Count { get; }

    /// <summary>Sets the parameter, and those of the branch, as in the way of this number.</summary>
    public void Set(BigInteger number, ParameterValues point)
    {
        int i = 0;
        for (; number >= _branches[i].Count; i++)
        {
            number -= _branches[i].Count;
        }

        point[_parameterIndex] = _values[i];
        _branches[i].Set(number, point);
    }

    /// <summary>The number of the way in which a trial sets the parameter, or null if it is not of the grid.</summary>
    public BigInteger? NumberOf(History history, int trial)
    {
        BigInteger before = BigInteger.Zero;
        double value = history.Column(_parameterIndex)[trial];
        for (int i = 0; i < _values.Length; i++)
        {
            if (_values[i] == value)
            {
                return before + _branches[i].NumberOf(history, trial);
            }

            before += _branches[i].Count;
        }

        return null;
    }
}

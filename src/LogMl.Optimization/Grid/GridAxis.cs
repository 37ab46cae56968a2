using System.Numerics;

namespace LogMl.Optimization.Grid;

/// <summary>A parameter of a grid: its values in order, with the grid of the branch of each value.</summary>
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

    /// <summary>The number of combinations of the values of the parameter and of the parameters of its branches.</summary>
    public BigInteger Count { get; }

    /// <summary>Sets the parameter, and the parameters of its branch, to the combination with this number.</summary>
    public void Set(BigInteger number, ParameterValues point)
    {
        var i = 0;
        for (; number >= _branches[i].Count; i++)
        {
            number -= _branches[i].Count;
        }

        point[_parameterIndex] = _values[i];
        _branches[i].Set(number, point);
    }

    /// <summary>The number of the combination of a trial; null if the trial is not on the grid.</summary>
    public BigInteger? NumberOf(History history, int trial)
    {
        var before = BigInteger.Zero;
        var value = history.Column(_parameterIndex)[trial];
        for (var i = 0; i < _values.Length; i++)
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

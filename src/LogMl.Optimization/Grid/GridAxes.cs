using System.Numerics;
using LogMl.Optimization.Distributions;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Grid;

/// <summary>
/// The grid over the parameters of a space or of a branch: all combinations of their values. The last parameter changes fastest.
/// </summary>
internal sealed class GridAxes
{
    private readonly List<GridAxis> _axes = [];

    /// <summary>
    /// Creates the grid of the parameters with this parent and option, and of all parameters below them. A given value is the only value of
    /// its axis.
    /// </summary>
    public GridAxes(
        IReadOnlyList<Parameter> parameters, GridOptions options, ParameterValues given, Parameter? parent = null, int parentOption = -1)
    {
        Count = BigInteger.One;
        foreach (var parameter in parameters)
        {
            if (parameter.Parent == parent && parameter.ParentOption == parentOption)
            {
                var values = given.IsActive(parameter.Index)
                    ? [given[parameter.Index]]
                    : GridValues.Of(parameter.Distribution, options);
                var axis = new GridAxis(
                    parameter, values, [.. values.Select(value => BranchOf(parameters, options, given, parameter, value))]);
                _axes.Add(axis);
                Count *= axis.Count;
            }
        }
    }

    /// <summary>The number of points.</summary>
    public BigInteger Count { get; }

    /// <summary>Sets the parameters to the values of the grid point with this number.</summary>
    public void Set(BigInteger number, ParameterValues point)
    {
        for (var i = _axes.Count - 1; i >= 0; i--)
        {
            number = BigInteger.DivRem(number, _axes[i].Count, out var digit);
            _axes[i].Set(digit, point);
        }
    }

    /// <summary>The number of the grid point of a trial; null if the trial is not on the grid.</summary>
    public BigInteger? NumberOf(History history, int trial)
    {
        BigInteger? number = BigInteger.Zero;
        foreach (var axis in _axes)
        {
            number = number * axis.Count + axis.NumberOf(history, trial);
        }

        return number;
    }

    // Only options have branches. Each value of a number has an empty branch.
    private static GridAxes BranchOf(
        IReadOnlyList<Parameter> parameters, GridOptions options, ParameterValues given, Parameter parameter, double value) =>
        new(parameter.Distribution is ChoiceDistribution ? parameters : [], options, given, parameter, (int)value);
}

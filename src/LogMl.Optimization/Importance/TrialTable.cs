using LogMl.Optimization.Distributions;

namespace LogMl.Optimization.Importance;

/// <summary>
/// Trials as rows of numbers. A number is represented by its cumulative probability under the prior, in [0, 1], so that the width of an
/// interval is its prior probability. A choice is represented by the index of the option. A parameter that does not exist in the trial is
/// NaN.
/// </summary>
internal sealed class TrialTable
{
    private readonly double[][] _columns;

    public TrialTable(StudyHistory study, IReadOnlyList<TrialView> trials, int objective)
    {
        Parameters = study.Parameters;
        double sign = study.Directions[objective] == Direction.Maximize ? -1 : 1;
        Losses = [.. trials.Select(trial => trial.Objectives[objective] * sign)];
        _columns = [.. Parameters.Select(parameter => Column(trials, parameter))];
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The loss of each row, in the sign in which lower is better.</summary>
    public double[] Losses { get; }

    public int Count => Losses.Length;

    /// <summary>The column of a parameter.</summary>
    public double[] this[int parameter] => _columns[parameter];

    private static double[] Column(IReadOnlyList<TrialView> trials, Parameter parameter)
    {
        var axis = parameter.Distribution is NumericDistribution number ? Axis.Standard(number) : null;
        return [.. trials.Select(trial => trial.Point[parameter.Index])
            .Select(value => axis is null || double.IsNaN(value) ? value : axis.Cdf(axis.ToCoordinate(value)))];
    }
}

using LogMl.Optimization.Distributions;

namespace LogMl.Optimization.Importance;

/// <summary>
/// Trials as rows of numbers: for a number its quantile under the prior, in [0, 1]; for a choice the index of the option; NaN for a
/// parameter that does not exist in the trial. So every interval of a column has its width as its prior probability.
/// </summary>
internal sealed class TrialTable
{
    private readonly double[][] _columns;

    public TrialTable(Study study, IReadOnlyList<Trial> trials, int objective)
    {
        Parameters = study.Parameters;
        double sign = study.Options.Directions[objective] == Direction.Maximize ? -1 : 1;
        Losses = [.. trials.Select(trial => trial.Objectives[objective] * sign)];
        _columns = [.. Parameters.Select(parameter => Column(trials, parameter))];
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The loss of each row, in the sign in which lower is better.</summary>
    public double[] Losses { get; }

    public int Count => Losses.Length;

    /// <summary>The column of a parameter.</summary>
    public double[] this[int parameter] => _columns[parameter];

    private static double[] Column(IReadOnlyList<Trial> trials, Parameter parameter)
    {
        Axis? axis = parameter.Distribution is NumericDistribution number ? Axis.Standard(number) : null;
        return [.. trials.Select(trial => trial.Point[parameter.Index])
            .Select(value => axis is null || double.IsNaN(value) ? value : axis.Cdf(axis.ToCoordinate(value)))];
    }
}

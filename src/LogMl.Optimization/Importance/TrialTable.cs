using LogMl.Optimization.Numerics;

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
        _columns = [.. Parameters.Select(parameter =>
            trials.Select(trial => Coordinate(parameter.Distribution, trial.Point[parameter.Index])).ToArray())];
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The loss of each row, in the sign in which lower is better.</summary>
    public double[] Losses { get; }

    public int Count => Losses.Length;

    /// <summary>The column of a parameter.</summary>
    public double[] this[int parameter] => _columns[parameter];

    private static double Coordinate(Distribution distribution, double value)
    {
        if (double.IsNaN(value))
        {
            return value;
        }

        return distribution switch
        {
            ChoiceDistribution => value,
            RandIntDistribution integer => (value - integer.Low + 0.5) / (integer.High - integer.Low),
            NumericDistribution number => Quantile(number, value),
            _ => throw new NotSupportedException($"No quantiles are known of {distribution.Name}."),
        };
    }

    // A rounded value may lie outside of the bounds, and be 0 where its logarithm is asked for: it belongs to the end of the range.
    private static double Quantile(NumericDistribution number, double value)
    {
        double law = number.IsLog ? PortableMath.Log(Math.Max(value, 0)) : value;
        return number is NormalDistribution
            ? StandardNormal.Cdf((law - number.PriorMean) / number.PriorSigma)
            : Math.Clamp((law - number.LawLow) / (number.LawHigh - number.LawLow), 0, 1);
    }
}

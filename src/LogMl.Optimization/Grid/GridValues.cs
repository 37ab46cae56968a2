using LogMl.Optimization.Distributions;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Grid;

/// <summary>The values of a parameter on a grid.</summary>
internal static class GridValues
{
    /// <summary>
    /// All values in ascending order if there are at most <see cref="GridOptions.ExhaustiveUpTo"/>. Otherwise the quantiles (i + 1/2) /
    /// levels of the prior, each of which represents the same probability.
    /// </summary>
    public static double[] Of(Distribution distribution, GridOptions options)
    {
        switch (distribution)
        {
            case ChoiceDistribution choice:
                return [.. Enumerable.Range(0, choice.Options.Count).Where(i => choice.Probabilities[i] > 0).Select(i => (double)i)];
            case NumericDistribution { IsBounded: true, Quantum: { } q } number when Multiples(number, q) is var (first, count)
                && count <= options.ExhaustiveUpTo:
                return [.. Enumerable.Range(0, (int)count).Select(i => (first + i) * q + 0.0)]; // no -0
            default:
                return [.. Enumerable.Range(0, options.Levels).Select(i => distribution.FromUnit((i + 0.5) / options.Levels)).Distinct()];
        }
    }

    /// <summary>The multiples of q from the smallest to the largest value: the first one divided by q, and their number.</summary>
    public static (double First, double Count) Multiples(NumericDistribution number, double q)
    {
        var first = Math.Round(number.Lowest / q);
        var last = Math.Round(number.Highest / q);
        return (first, last - first + 1);
    }
}

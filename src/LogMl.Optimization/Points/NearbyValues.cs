using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Points;

/// <summary>The values of a distribution in the order of their distance from a value.</summary>
internal static class NearbyValues
{
    // If a continuous prior draws no untried value in this number of draws, it is assumed to have none.
    private const int MaxDraws = 100;

    /// <summary>
    /// The value itself comes first. A quantized number then gives the others by their distance, a choice gives the other options from a
    /// random one on, and a continuous number gives draws from the prior.
    /// </summary>
    public static IEnumerable<double> Of(Distribution distribution, double value, RandomStream random) => distribution switch
    {
        ChoiceDistribution choice => Options(choice, value, random),
        NumericDistribution { Quantum: { } q } => Multiples(distribution, value, q),
        _ => Draws(distribution, value, random),
    };

    private static IEnumerable<double> Options(ChoiceDistribution choice, double value, RandomStream random)
    {
        var count = choice.Options.Count;
        if (choice.Probabilities[(int)value] > 0)
        {
            yield return value;
        }

        var start = (int)random.NextBelow((ulong)count);
        for (var k = 0; k < count; k++)
        {
            var option = (start + k) % count;
            if (option != value && choice.Probabilities[option] > 0)
            {
                yield return option;
            }
        }
    }

    private static IEnumerable<double> Multiples(Distribution distribution, double value, double q)
    {
        yield return value;
        var quanta = Math.Round(value / q);
        var isBelow = true;
        var isAbove = true;
        for (double k = 1; isBelow || isAbove; k++)
        {
            var below = (quanta - k) * q + 0.0;
            var above = (quanta + k) * q + 0.0;
            isBelow = isBelow && distribution.Contains(below);
            isAbove = isAbove && distribution.Contains(above);
            if (isBelow)
            {
                yield return below;
            }

            if (isAbove)
            {
                yield return above;
            }
        }
    }

    private static IEnumerable<double> Draws(Distribution distribution, double value, RandomStream random)
    {
        yield return value;
        for (var i = 0; i < MaxDraws; i++)
        {
            yield return distribution.Draw(random);
        }
    }
}

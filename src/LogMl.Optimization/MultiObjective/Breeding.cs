using LogMl.Optimization.Distributions;
using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.MultiObjective;

/// <summary>
/// Makes the child of two trials. Numbers undergo simulated binary crossover (K. Deb, R. Agrawal, "Simulated binary crossover for
/// continuous search space", 1995) and polynomial mutation (K. Deb, M. Goyal, 1996), in the unit interval of their prior. Options are
/// inherited or drawn from the prior.
/// </summary>
/// <remarks>
/// A parameter that only one parent has is inherited from that parent. A parameter that no parent has, because the child is in another
/// branch, is drawn from its prior.
/// </remarks>
internal sealed class Breeding(History history, NsgaIIOptions options)
{
    private readonly Coordinate?[] _coordinates =
        [.. history.Parameters.Select(p => p.Distribution is ChoiceDistribution ? null : new Coordinate(p))];

    /// <summary>Fills in the missing values of a point.</summary>
    public void MakeChild(int mother, int father, RandomStream random, ParameterValues point)
    {
        var isCrossed = random.NextDouble() < options.CrossoverProbability;
        var mutation = options.MutationProbability ?? 1.0 / Math.Max(1, CountOf(mother));
        foreach (var parameter in history.Parameters)
        {
            if (point.IsActive(parameter.Index) || !point.ConditionHolds(parameter))
            {
                continue;
            }

            var a = history.Column(parameter.Index)[mother];
            var b = isCrossed ? history.Column(parameter.Index)[father] : a;
            (a, b) = (double.IsNaN(a) ? b : a, double.IsNaN(b) ? a : b);
            var isMutated = random.NextDouble() < mutation;
            point[parameter.Index] = double.IsNaN(a) ? parameter.Distribution.Draw(random)
                : _coordinates[parameter.Index] is { } coordinate ? Number(coordinate, a, b, isMutated, random)
                : isMutated ? parameter.Distribution.Draw(random)
                : random.NextDouble() < 0.5 ? a : b;
        }
    }

    private int CountOf(int number)
    {
        var count = 0;
        foreach (var parameter in history.Parameters)
        {
            var isFree = parameter.Distribution is not ICategorical { Count: 1 };
            count += isFree && !double.IsNaN(history.Column(parameter.Index)[number]) ? 1 : 0;
        }

        return count;
    }

    private double Number(Coordinate coordinate, double a, double b, bool isMutated, RandomStream random)
    {
        var value = random.NextDouble() < 0.5 ? a : b;
        var isBlended = a != b && random.NextDouble() < 0.5;
        if (!isBlended && !isMutated)
        {
            return value;
        }

        var unit = isBlended
            ? Blend(coordinate.ToUnit(a, random), coordinate.ToUnit(b, random), random)
            : coordinate.ToUnit(value, random);
        return coordinate.FromUnit(Math.Clamp(isMutated ? unit + MutationStep(random) : unit, 0, 1));
    }

    // Deb and Agrawal 1995: one of the two children, whose distance is beta times the distance of the parents.
    private double Blend(double a, double b, RandomStream random)
    {
        var u = random.NextOpenDouble();
        var beta = Power(u < 0.5 ? 2 * u : 1 / (2 * (1 - u)), 1 / (options.CrossoverIndex + 1));
        var half = beta * (a - b) / 2;
        return (a + b) / 2 + (random.NextDouble() < 0.5 ? half : -half);
    }

    private double MutationStep(RandomStream random)
    {
        var u = random.NextOpenDouble();
        var exponent = 1 / (options.MutationIndex + 1);
        return u < 0.5 ? Power(2 * u, exponent) - 1 : 1 - Power(2 * (1 - u), exponent);
    }

    private static double Power(double x, double exponent) => PortableMath.Exp(exponent * PortableMath.Log(x));
}

using LogMl.Optimization.Numerics;
using LogMl.Optimization.Qmc;

namespace LogMl.Optimization.Tpe;

/// <summary>The points of the startup trials: a scrambled Sobol sequence, mapped through the quantile functions of the priors.</summary>
internal sealed class StartupPoints(IReadOnlyList<Parameter> parameters, long seed)
{
    private readonly ScrambledSobol _sequence = new(seed, Math.Min(parameters.Count, SobolDirections.Dimensions));

    public void FillMissing(int number, int attempt, RandomStream random, ParameterValues point)
    {
        foreach (var parameter in parameters)
        {
            var isInSequence = parameter.Index < SobolDirections.Dimensions;
            var u = isInSequence ? _sequence.Coordinate(ScrambledSobol.IndexOf(number, attempt), parameter.Index) : random.NextOpenDouble();
            if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
            {
                point[parameter.Index] = parameter.Distribution.FromUnit(u);
            }
        }
    }
}

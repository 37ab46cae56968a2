using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Sampling;

/// <summary>Random search: every parameter is drawn from its distribution.</summary>
internal sealed class RandomSampler(long seed) : Sampler(Samplers.RandomAlgorithmId, seed)
{
    internal override Proposer CreateProposer(History history) => new PriorProposer(history.Parameters);

    /// <summary>Draws the missing values of a point from the prior.</summary>
    public static void DrawMissing(IReadOnlyList<Parameter> parameters, RandomStream random, ParameterValues point)
    {
        foreach (var parameter in parameters)
        {
            if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
            {
                point[parameter.Index] = parameter.Distribution.Draw(random);
            }
        }
    }

    private sealed class PriorProposer(IReadOnlyList<Parameter> parameters) : Proposer
    {
        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point) =>
            DrawMissing(parameters, random, point);
    }
}

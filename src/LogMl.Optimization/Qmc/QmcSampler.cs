using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Qmc;

/// <summary>
/// Quasi-random search: trial n is point n of an Owen-scrambled Sobol sequence. The quantile function of the prior maps each coordinate to
/// the value of a parameter.
/// </summary>
/// <remarks>
/// Every parameter has its own dimension, also in a branch that is not chosen, so that the points of a branch are spread evenly. Constants
/// have none. Parameters beyond the 128 dimensions are random (padding: Owen, "Latin supercube sampling for very high-dimensional
/// simulations", 1998).
/// </remarks>
internal sealed class QmcSampler(long seed) : Sampler(Samplers.QmcAlgorithmId, seed)
{
    internal override Proposer CreateProposer(History history) => new QmcProposer(history.Parameters, Seed);

    private sealed class QmcProposer : Proposer
    {
        private readonly IReadOnlyList<Parameter> _parameters;
        private readonly int[] _dimensions;
        private readonly ScrambledSobol _sequence;

        public QmcProposer(IReadOnlyList<Parameter> parameters, long seed)
        {
            _parameters = parameters;
            _dimensions = new int[parameters.Count];
            var count = 0;
            foreach (var parameter in parameters)
            {
                var isConstant = parameter.Distribution is ICategorical { Count: 1 };
                _dimensions[parameter.Index] = isConstant || count == SobolDirections.Dimensions ? -1 : count++;
            }

            _sequence = new ScrambledSobol(seed, count);
        }

        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            foreach (var parameter in _parameters)
            {
                // The number is drawn even if it is not used, so that the other parameters do not depend on which branch is chosen.
                var dimension = _dimensions[parameter.Index];
                var u = dimension < 0 ? random.NextOpenDouble() : _sequence.Coordinate(ScrambledSobol.IndexOf(number, attempt), dimension);
                if (!point.IsActive(parameter.Index) && point.ConditionHolds(parameter))
                {
                    point[parameter.Index] = parameter.Distribution.FromUnit(u);
                }
            }
        }
    }
}

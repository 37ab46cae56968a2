using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.MultiObjective;

/// <summary>
/// NSGA-II (K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Trans. Evol.
/// Comput. 6, 2002). The first generation is random. After that, each trial is the child of two of the best trials so far, by nondominated
/// fronts and crowding distance.
/// </summary>
/// <remarks>
/// Failed and pruned trials have no children. Infeasible trials rank behind all feasible ones, by their violation. While a generation has
/// running trials, further trials are children of the same parents.
/// </remarks>
internal sealed class NsgaIISampler : Sampler
{
    private readonly NsgaIIOptions _options;

    public NsgaIISampler(long seed, NsgaIIOptions options)
        : base(Samplers.NsgaIIAlgorithmId, seed)
    {
        options.Validate();
        _options = options;
    }

    internal override Proposer CreateProposer(History history) => new NsgaIIProposer(history, _options);

    private sealed class NsgaIIProposer(History history, NsgaIIOptions options) : Proposer
    {
        private const int MaxTries = 10;

        private readonly Generations _generations = new(history);
        private readonly Breeding _breeding = new(history, options);
        private Parents _parents = Parents.None;

        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            if (_generations.RestartIfLate())
            {
                _parents = Parents.None;
            }

            while (_generations.Close(options.Population) is { } members)
            {
                _parents = _parents.Select(
                    history, members.Where(i => history.State(i) == TrialState.Complete), options.Population);
            }

            if (_parents.Count == 0)
            {
                RandomSampler.DrawMissing(history.Parameters, random, point);
                return;
            }

            var given = point.Copy();

            // A child that equals a parent would bring nothing new, so it is made again a few times.
            for (var i = 0; i < MaxTries; i++)
            {
                point.CopyFrom(given);
                var mother = _parents.Tournament(random);
                var father = _parents.Tournament(random);
                _breeding.MakeChild(mother, father, random, point);
                if (!IsSame(point, mother) && !IsSame(point, father))
                {
                    break;
                }
            }
        }

        private bool IsSame(ParameterValues point, int number)
        {
            for (var i = 0; i < point.Count; i++)
            {
                var other = history.Column(i)[number];
                if (point[i] != other && !(double.IsNaN(point[i]) && double.IsNaN(other)))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

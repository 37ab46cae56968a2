using System.Numerics;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Grid;

/// <summary>
/// Grid search: all combinations of the values of the parameters, as nested loops in the order of the space would give them; a branch is
/// the body of the loop over its option. A trial gets the first point of the grid that no trial has had, whatever became of those.
/// </summary>
internal sealed class GridSampler : Sampler
{
    private readonly GridOptions _options;

    public GridSampler(GridOptions options)
        : base(Samplers.GridAlgorithmId, seed: 0)
    {
        options.Validate();
        _options = options;
    }

    internal override Proposer CreateProposer(History history) => new GridProposer(history, _options);

    private sealed class GridProposer(History history, GridOptions options) : Proposer
    {
        private readonly GridAxes _grid = new(history.Parameters, options, history.Fixed);
        private readonly HashSet<BigInteger> _takenAhead = [];
        private BigInteger _next;
        private int _seen;

        public override bool HasNext()
        {
            for (; _seen < history.Count; _seen++)
            {
                if (_grid.NumberOf(history, _seen) is { } number && number >= _next)
                {
                    _takenAhead.Add(number);
                }
            }

            while (_takenAhead.Remove(_next))
            {
                _next++;
            }

            return _next < _grid.Count;
        }

        public override void Propose(int number, RandomStream random, ParameterValues point)
        {
            if (point.AsSpan().SequenceEqual(history.Fixed.AsSpan()) && HasNext())
            {
                _grid.Set(_next, point);
                return;
            }

            // Only for points of which the user has given a part: the same on the grid of the other parameters, if a point is left there.
            var rest = new GridAxes(history.Parameters, options, point);
            var taken = Enumerable.Range(0, history.Count).Select(trial => rest.NumberOf(history, trial)).ToHashSet();
            BigInteger first = BigInteger.Zero;
            while (taken.Contains(first))
            {
                first++;
            }

            rest.Set(first < rest.Count ? first : BigInteger.Zero, point);
        }
    }
}

using System.Numerics;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Grid;

/// <summary>
/// Grid search over all combinations of the values of the parameters, in the order of nested loops over the parameters of the space. A
/// branch is a loop inside of its option. A trial gets the first grid point that the search constraints allow and that no other trial has
/// had, whatever the states of the trials.
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
        // A grid may have more points than anyone can wait for.
        private const int MaxRefused = 100_000;

        private readonly GridAxes _grid = new(history.Parameters, options, history.Fixed);
        private readonly HashSet<BigInteger> _takenAhead = [];
        private bool _hasAllowed;
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

            for (var refused = 0; _next < _grid.Count; _next++)
            {
                if (_takenAhead.Remove(_next))
                {
                    _hasAllowed = true;
                }
                else if (IsAllowed(_grid, _next, history.Fixed))
                {
                    _hasAllowed = true;
                    return true;
                }
                else if (++refused == MaxRefused)
                {
                    throw history.Allowed!.NotFound(history.Count);
                }
            }

            if (!_hasAllowed && history.Allowed is not null)
            {
                throw history.Allowed.NotFound(history.Count);
            }

            return false;
        }

        public override void Propose(int number, int attempt, RandomStream random, ParameterValues point)
        {
            if (point.AsSpan().SequenceEqual(history.Fixed.AsSpan()) && HasNext())
            {
                _grid.Set(_next, point);
                return;
            }

            // The user has enqueued a part of the point. The trial gets the first free point on the grid of the other parameters, or its
            // first point if none is free.
            var rest = new GridAxes(history.Parameters, options, point);
            var taken = Enumerable.Range(0, history.Count).Select(trial => rest.NumberOf(history, trial)).ToHashSet();
            var first = BigInteger.Zero;
            for (var refused = 0; taken.Contains(first) || (first < rest.Count && !IsAllowed(rest, first, point)); first++)
            {
                refused += taken.Contains(first) ? 0 : 1;
                if (refused == MaxRefused)
                {
                    break;
                }
            }

            rest.Set(first < rest.Count ? first : BigInteger.Zero, point);
        }

        private bool IsAllowed(GridAxes grid, BigInteger number, ParameterValues given)
        {
            if (history.Allowed is null)
            {
                return true;
            }

            var point = given.Copy();
            grid.Set(number, point);
            return history.Allowed.Allows(point);
        }
    }
}

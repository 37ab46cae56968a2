using LogMl.Optimization.Distributions;
using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Maximizes the acquisition function. It scores many points from the prior and around the best trials, and starts a local search from the
/// best of them. The local search follows the gradient for continuous numbers, and steps to neighbours for integers and options.
/// </summary>
internal sealed class AcquisitionSearch
{
    private const int MaxOptionNeighbours = 16;
    private const int MaxRounds = 3;
    private const int MaxHalvings = 6;
    private const double SmallestGain = 1e-6;
    private const double FineCell = 0.01;

    // Steps are between 0.22 and 0.0009 of the width of a uniform prior.
    private const double LogLargestStep = -1.5;
    private const double LogStepRange = 5.5;

    // The search range of an unbounded number: six standard deviations to both sides of the mean.
    private const double UnboundedRange = 1.75;

    private static readonly LimitedMemoryBfgs Ascent = new(memory: 5, maxIterations: 20, tolerance: 1e-4);

    private readonly PointCoding _coding;
    private readonly Acquisition _acquisition;
    private readonly Neighbourhood _neighbourhood;
    private readonly ParameterValues _given;
    private readonly GpOptions _options;
    private readonly RandomStream _random;

    public AcquisitionSearch(
        PointCoding coding, Acquisition acquisition, ParameterValues given, GpOptions options, RandomStream random)
    {
        _coding = coding;
        _acquisition = acquisition;
        _given = given;
        _options = options;
        _random = random;
        _neighbourhood = new Neighbourhood(coding, given, random);
    }

    /// <summary>Tells which points may be proposed; null if all may.</summary>
    public AllowedPoints? Allowed { get; init; }

    /// <summary>The most promising point. If no candidate is allowed, it is one that is not.</summary>
    /// <param name="incumbents">The best known points, best first; at least one.</param>
    public Candidate Find(IReadOnlyList<ParameterValues> incumbents)
    {
        var pool = new List<Candidate>();
        for (var i = 0; i < _options.Candidates; i++)
        {
            pool.Add(Score(i % 2 == 0 ? _neighbourhood.FromPrior() : PointNear(incumbents[i / 2 % incumbents.Count])));
        }

        // The sort is stable, so that candidates with equal scores stay in their order.
        pool = [.. pool.OrderByDescending(candidate => candidate.Score)];
        Candidate[] starts = [.. pool.Where(IsAllowed).Take(Math.Max(1, _options.LocalSearches))];
        var best = starts.Length > 0 ? starts[0] : pool[0];
        for (var i = 0; i < Math.Min(_options.LocalSearches, starts.Length); i++)
        {
            var climbed = Climb(starts[i]);
            best = climbed.Score > best.Score ? climbed : best;
        }

        return best;
    }

    private bool IsAllowed(Candidate candidate) => Allowed is null || Allowed.Allows(candidate.Values);

    // Steps vary from small to large. Half of them change about two values, the others change most values.
    private ParameterValues PointNear(ParameterValues incumbent)
    {
        var scale = PortableMath.Exp(LogLargestStep - LogStepRange * _random.NextDouble());
        var rate = _random.NextDouble() < 0.5 ? Math.Min(1, 2.0 / _coding.Features.Length) : 0.8;
        return _neighbourhood.Mutate(incumbent, scale, rate);
    }

    private Candidate Climb(Candidate start)
    {
        var best = start;
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = best;
            best = ClimbNumbers(best);
            best = StepDiscrete(best);
            if (best.Score <= before.Score + SmallestGain)
            {
                break;
            }
        }

        return best;
    }

    private Candidate ClimbNumbers(Candidate start)
    {
        var features = new List<int>();
        for (var f = 0; f < _coding.Features.Length; f++)
        {
            var feature = _coding.Features[f];
            if (feature.Coordinate is { } coordinate && start.Values.IsActive(feature.ParameterIndex)
                && !_given.IsActive(feature.ParameterIndex) && IsFine(coordinate, start.Values[feature.ParameterIndex]))
            {
                features.Add(f);
            }
        }

        if (features.Count == 0)
        {
            return start;
        }

        int[] which = [.. features];
        double[] x = [.. which.Select(f => start.Row[f])];
        double[] low = [.. which.Select(f => _coding.Features[f].Coordinate!.IsBounded ? 0.0 : 0.5 - UnboundedRange)];
        double[] high = [.. which.Select(f => _coding.Features[f].Coordinate!.IsBounded ? 1.0 : 0.5 + UnboundedRange)];
        double[] row = [.. start.Row];
        double Negative(ReadOnlySpan<double> at, Span<double> gradient)
        {
            for (var i = 0; i < which.Length; i++)
            {
                row[which[i]] = at[i];
            }

            gradient.Clear();
            var value = _acquisition.At(row, which, gradient);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] = -gradient[i];
            }

            return -value;
        }

        Ascent.Minimize(Negative, x, low, high, firstStep: 0.05);
        for (var halving = 0; halving <= (Allowed is null ? 0 : MaxHalvings); halving++)
        {
            // The end of the climb may not be allowed. The best allowed point is then often near to where the way there leaves the region.
            var share = 1.0 / (1 << halving);
            var climbed = Score(Moved(start, which, i => halving == 0 ? x[i] : start.Row[which[i]] + share * (x[i] - start.Row[which[i]])));
            if (climbed.Score > start.Score && IsAllowed(climbed))
            {
                return climbed;
            }
        }

        return start;
    }

    private ParameterValues Moved(Candidate start, int[] features, Func<int, double> coordinate)
    {
        var moved = new ParameterValues(start.Values.Count);
        start.Values.CopyTo(moved);
        for (var i = 0; i < features.Length; i++)
        {
            var feature = _coding.Features[features[i]];
            moved[feature.ParameterIndex] = feature.Coordinate!.ToValue(coordinate(i));
        }

        return moved;
    }

    // A number with very narrow cells is treated as continuous: the cell at the end of the climb gives its value.
    private static bool IsFine(Coordinate coordinate, double value)
    {
        if (!coordinate.IsDiscrete)
        {
            return true;
        }

        (var low, var high) = coordinate.Cell(value);
        return high - low < FineCell;
    }

    private Candidate StepDiscrete(Candidate start)
    {
        var best = start;
        foreach (var feature in _coding.Features)
        {
            var index = feature.ParameterIndex;
            if (_given.IsActive(index))
            {
                continue;
            }

            if (feature.Coordinate is null)
            {
                var count = ((ChoiceDistribution)_coding.Parameters[index].Distribution).Options.Count;
                for (var o = 0; o < Math.Min(count, MaxOptionNeighbours) && best.Values.IsActive(index); o++)
                {
                    var option = count <= MaxOptionNeighbours ? o : (int)_random.NextBelow((ulong)count);
                    if (option != best.Values[index])
                    {
                        best = BetterOf(best, index, option);
                    }
                }
            }
            else if (feature.Coordinate.IsDiscrete)
            {
                best = StepNumber(best, feature.Coordinate);
            }
        }

        return best;
    }

    private Candidate StepNumber(Candidate best, Coordinate coordinate)
    {
        var index = coordinate.ParameterIndex;
        foreach (var jump in (ReadOnlySpan<double>)[0, 0.02, 0.1, 0.3])
        {
            foreach (var sign in (ReadOnlySpan<int>)[-1, 1])
            {
                if (!best.Values.IsActive(index))
                {
                    return best;
                }

                var value = best.Values[index];
                (var low, var high) = coordinate.Cell(value);
                var edge = sign < 0 ? low - 1e-9 : high + 1e-9;
                var target = edge + sign * jump;
                var moved = double.IsInfinity(edge) ? value
                    : coordinate.ToValue(coordinate.IsBounded ? Math.Clamp(target, 0, 1) : target);
                if (moved != value)
                {
                    best = BetterOf(best, index, moved);
                }
            }
        }

        return best;
    }

    private Candidate BetterOf(Candidate best, int index, double value)
    {
        var other = Score(_neighbourhood.Replace(best.Values, index, value));
        return other.Score > best.Score && IsAllowed(other) ? other : best;
    }

    private Candidate Score(ParameterValues values)
    {
        var row = new double[_coding.Features.Length];
        _coding.Encode(values.AsSpan(), row);
        return new Candidate(values, row, _acquisition.At(row));
    }
}

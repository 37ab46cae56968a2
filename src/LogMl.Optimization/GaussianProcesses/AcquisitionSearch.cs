using LogMl.Optimization.Evolution;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Looks for the point with the largest logarithm of expected improvement: many points from the prior and around the best trials, then a
/// local search from the most promising ones, in which numbers climb along the slope, and integers and options step to their neighbours.
/// </summary>
internal sealed class AcquisitionSearch
{
    private const int MostNeighboursOfChoice = 16;

    private readonly PointCoding _coding;
    private readonly Posterior _posterior;
    private readonly double _best;
    private readonly Neighbourhood _neighbourhood;
    private readonly ParameterValues _given;
    private readonly GpOptions _options;
    private readonly RandomStream _random;

    public AcquisitionSearch(
        PointCoding coding, Posterior posterior, double best, ParameterValues given, GpOptions options, RandomStream random)
    {
        _coding = coding;
        _posterior = posterior;
        _best = best;
        _given = given;
        _options = options;
        _random = random;
        _neighbourhood = new Neighbourhood(coding, given, random);
    }

    /// <summary>The most promising point.</summary>
    /// <param name="incumbents">The best points known, the best first.</param>
    public Candidate Find(IReadOnlyList<ParameterValues> incumbents)
    {
        var pool = new List<Candidate>();
        for (int i = 0; i < _options.PriorCandidates; i++)
        {
            pool.Add(Score(_neighbourhood.FromPrior()));
        }

        int dims = _coding.Features.Length;
        for (int i = 0; i < _options.LocalCandidates && incumbents.Count > 0; i++)
        {
            double scale = PortableMath.Exp(-1.5 - 5.5 * _random.NextDouble());
            double rate = _random.NextDouble() < 0.5 ? Math.Min(1, 2.0 / dims) : 0.8;
            pool.Add(Score(_neighbourhood.Mutate(incumbents[i % incumbents.Count], scale, rate)));
        }

        pool.Sort((a, b) => b.Score.CompareTo(a.Score));
        Candidate best = pool[0];
        for (int i = 0; i < Math.Min(_options.LocalSearches, pool.Count); i++)
        {
            Candidate climbed = Climb(pool[i]);
            best = climbed.Score > best.Score ? climbed : best;
        }

        return best;
    }

    /// <summary>The point, of some from the prior, about which least is known.</summary>
    public Candidate FindUnknown(int count)
    {
        Candidate? best = null;
        double most = -1;
        for (int i = 0; i < count; i++)
        {
            Candidate candidate = Code(_neighbourhood.FromPrior());
            double variance = _posterior.At(candidate.Row).Variance;
            if (variance > most)
            {
                (best, most) = (candidate, variance);
            }
        }

        return best!;
    }

    private Candidate Climb(Candidate start)
    {
        Candidate best = start;
        for (int round = 0; round < 3; round++)
        {
            Candidate before = best;
            best = ClimbNumbers(best);
            best = StepDiscrete(best);
            if (best.Score <= before.Score + 1e-6 || ReferenceEquals(best, before))
            {
                break;
            }
        }

        return best;
    }

    private Candidate ClimbNumbers(Candidate start)
    {
        var features = new List<int>();
        for (int f = 0; f < _coding.Features.Length; f++)
        {
            PointCoding.Feature feature = _coding.Features[f];
            if (feature.Coordinate is { IsDiscrete: false } && start.Values.IsActive(feature.ParameterIndex)
                && !_given.IsActive(feature.ParameterIndex))
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
        double[] low = [.. which.Select(f => _coding.Features[f].Coordinate!.IsBounded ? 0.0 : -1.5)];
        double[] high = [.. which.Select(f => _coding.Features[f].Coordinate!.IsBounded ? 1.0 : 2.5)];
        double[] row = [.. start.Row];
        double[] meanSlopes = new double[which.Length], varianceSlopes = new double[which.Length];
        double Negative(ReadOnlySpan<double> at, Span<double> gradient)
        {
            for (int i = 0; i < which.Length; i++)
            {
                row[which[i]] = at[i];
            }

            (double mean, double variance) = _posterior.At(row, which, meanSlopes, varianceSlopes);
            double sigma = Math.Sqrt(variance);
            double value = LogExpectedImprovement.Of(_best, mean, sigma, out double byMean, out double bySigma);
            for (int i = 0; i < which.Length; i++)
            {
                gradient[i] = -(byMean * meanSlopes[i] + bySigma * varianceSlopes[i] / (2 * sigma));
            }

            return -value;
        }

        new LimitedMemoryBfgs(memory: 5, _options.ClimbIterations, tolerance: 1e-4).Minimize(Negative, x, low, high, firstStep: 0.05);
        ParameterValues moved = Copy(start.Values);
        for (int i = 0; i < which.Length; i++)
        {
            PointCoding.Feature feature = _coding.Features[which[i]];
            moved[feature.ParameterIndex] = feature.Coordinate!.ToValue(x[i]);
        }

        Candidate climbed = Score(moved);
        return climbed.Score > start.Score ? climbed : start;
    }

    private Candidate StepDiscrete(Candidate start)
    {
        Candidate best = start;
        foreach (PointCoding.Feature feature in _coding.Features)
        {
            int index = feature.ParameterIndex;
            if (_given.IsActive(index))
            {
                continue;
            }

            if (feature.Coordinate is null)
            {
                int count = ((ChoiceDistribution)_coding.Parameters[index].Distribution).Options.Count;
                for (int o = 0; o < Math.Min(count, MostNeighboursOfChoice) && best.Values.IsActive(index); o++)
                {
                    int option = count <= MostNeighboursOfChoice ? o : (int)_random.NextBelow((ulong)count);
                    if (option != best.Values[index])
                    {
                        best = Better(best, index, option);
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
        int index = coordinate.ParameterIndex;
        foreach (double jump in (ReadOnlySpan<double>)[0, 0.02, 0.1, 0.3])
        {
            foreach (int sign in (ReadOnlySpan<int>)[-1, 1])
            {
                if (!best.Values.IsActive(index))
                {
                    return best;
                }

                double value = best.Values[index];
                (double low, double high) = coordinate.Cell(value);
                double edge = sign < 0 ? low - 1e-9 : high + 1e-9;
                double target = edge + sign * jump;
                double moved = double.IsInfinity(edge) ? value
                    : coordinate.ToValue(coordinate.IsBounded ? Math.Clamp(target, 0, 1) : target);
                if (moved != value)
                {
                    best = Better(best, index, moved);
                }
            }
        }

        return best;
    }

    private Candidate Better(Candidate best, int index, double value)
    {
        Candidate other = Score(_neighbourhood.Replace(best.Values, index, value));
        return other.Score > best.Score ? other : best;
    }

    private Candidate Score(ParameterValues values)
    {
        Candidate candidate = Code(values);
        (double mean, double variance) = _posterior.At(candidate.Row);
        candidate.Score = LogExpectedImprovement.Of(_best, mean, Math.Sqrt(variance), out _, out _);
        return candidate;
    }

    private Candidate Code(ParameterValues values)
    {
        var row = new double[_coding.Features.Length];
        _coding.Encode(values.AsSpan(), row);
        return new Candidate(values, row);
    }

    private static ParameterValues Copy(ParameterValues values)
    {
        var copy = new ParameterValues(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            copy[i] = values[i];
        }

        return copy;
    }
}

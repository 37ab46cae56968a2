namespace LogMl.Optimization.CmaEs;

/// <summary>The recombination weights of a generation, and the learning rates that follow from them (Hansen 2016, table 1).</summary>
internal sealed class RankWeights
{
    private readonly double[] _weights;

    public RankWeights(int dimensions, int population)
    {
        double n = Math.Max(dimensions, 1);
        var parents = population / 2;
        double[] raw = [.. Enumerable.Range(1, population).Select(i => PortableMath.Log((population + 1) / 2.0) - PortableMath.Log(i))];
        var positive = raw.Take(parents).Sum();
        MuEff = positive * positive / raw.Take(parents).Sum(w => w * w);
        var rest = raw[parents..];
        var negative = -rest.Where(w => w < 0).Sum();
        var muEffNegative = rest.Sum() * rest.Sum() / rest.Sum(w => w * w);

        CSigma = (MuEff + 2) / (n + MuEff + 5);
        DSigma = 1 + 2 * Math.Max(0, Math.Sqrt((MuEff - 1) / (n + 1)) - 1) + CSigma;
        Cc = (4 + MuEff / n) / (n + 4 + 2 * MuEff / n);
        C1 = 2 / ((n + 1.3) * (n + 1.3) + MuEff);
        CMu = Math.Min(1 - C1, 2 * (0.25 + MuEff + 1 / MuEff - 2) / ((n + 2) * (n + 2) + MuEff));
        var negativeScale = Math.Min(1 + C1 / CMu, Math.Min(1 + 2 * muEffNegative / (MuEff + 2), (1 - C1 - CMu) / (n * CMu)));
        _weights = [.. raw.Select(w => w >= 0 ? w / positive : w * negativeScale / negative)];
    }

    /// <summary>The variance effective selection mass.</summary>
    public double MuEff { get; }

    public double CSigma { get; }

    public double DSigma { get; }

    public double Cc { get; }

    public double C1 { get; }

    public double CMu { get; }

    /// <summary>
    /// The weights of the ranked members for the mean (at least 0, with sum 1) and for the covariance (negative for the worse half).
    /// Equally good members share their weights, so that a constant objective does not move the distribution.
    /// </summary>
    /// <param name="isTied">For each member, whether it is as good as the previous one; false for the first.</param>
    public (double[] ForMean, double[] ForCovariance) Of(IReadOnlyList<bool> isTied)
    {
        var count = isTied.Count;
        var covariance = _weights[..count];
        double[] mean = [.. covariance.Select(w => Math.Max(w, 0))];
        var sum = mean.Sum();
        for (var i = 0; i < count; i++)
        {
            mean[i] /= sum;
        }

        for (int first = 0, end; first < count; first = end)
        {
            end = first + 1;
            while (end < count && isTied[end])
            {
                end++;
            }

            foreach (var weights in (double[][])[mean, covariance])
            {
                Array.Fill(weights, weights[first..end].Average(), first, end - first);
            }
        }

        return (mean, covariance);
    }
}

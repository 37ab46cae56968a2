using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Importance;

/// <summary>
/// For each parameter, the Pearson divergence of its density in the best trials from its density in all trials: the integral of (p_best(x)
/// / p_all(x) - 1)^2 p_all(x) (Watanabe, Bansal, Hutter 2023, equation 10, with all trials as the subspace).
/// </summary>
/// <remarks>
/// The densities of numbers are kernel density estimates on a grid of quantiles; those of choices are frequencies. For a parameter of a
/// branch, the densities are those of the trials that have it, and the divergence is multiplied by the share of these trials.
/// </remarks>
internal sealed class PedAnova(TrialTable table, PedAnovaOptions options)
{
    private const int Cells = 64;

    // The weight of the prior in a density, in observations. It keeps densities positive where the prior is positive.
    private const double PriorWeight = 1;

    public double[] Importances()
    {
        var isBest = Best();
        var result = new double[table.Parameters.Count];
        foreach (var parameter in table.Parameters)
        {
            var column = table[parameter.Index];
            var all = new List<double>();
            var best = new List<double>();
            for (var row = 0; row < column.Length; row++)
            {
                if (!double.IsNaN(column[row]))
                {
                    all.Add(column[row]);
                    if (isBest[row])
                    {
                        best.Add(column[row]);
                    }
                }
            }

            // The importance is 0 if none of the best trials is in the branch.
            if (best.Count > 0)
            {
                result[parameter.Index] =
                    (double)all.Count / table.Count * Divergence(Density(parameter, best), Density(parameter, all));
            }
        }

        return result;
    }

    // The rows with the lowest losses, including all that tie with the last one.
    private bool[] Best()
    {
        double[] sorted = [.. table.Losses];
        Array.Sort(sorted);
        var threshold = sorted[Math.Max((int)Math.Ceiling(options.Quantile * sorted.Length), 1) - 1];
        return Array.ConvertAll(table.Losses, loss => loss <= threshold);
    }

    private static double Divergence(double[] best, double[] all)
    {
        double sum = 0;
        for (var i = 0; i < best.Length; i++)
        {
            if (all[i] > 0)
            {
                var excess = best[i] - all[i];
                sum += excess * excess / all[i];
            }
        }

        return sum;
    }

    private static double[] Density(Parameter parameter, List<double> observed) =>
        parameter.Distribution is ChoiceDistribution choice ? Frequencies(choice, observed) : Kernels(observed);

    private static double[] Frequencies(ChoiceDistribution choice, List<double> observed)
    {
        double[] density = [.. choice.Probabilities.Select(p => PriorWeight * p)];
        foreach (var option in observed)
        {
            density[(int)option]++;
        }

        return Array.ConvertAll(density, weight => weight / (observed.Count + PriorWeight));
    }

    // Normal kernels, truncated to [0, 1], and the uniform prior.
    private static double[] Kernels(List<double> observed)
    {
        var sigma = Bandwidth(observed);
        var density = new double[Cells];
        Array.Fill(density, PriorWeight / Cells);
        foreach (var mean in observed)
        {
            var inside = StandardNormal.Mass(-mean / sigma, (1 - mean) / sigma);
            for (var i = 0; i < Cells; i++)
            {
                var low = (double)i / Cells;
                density[i] += StandardNormal.Mass((low - mean) / sigma, (low + 1.0 / Cells - mean) / sigma) / inside;
            }
        }

        return Array.ConvertAll(density, weight => weight / (observed.Count + PriorWeight));
    }

    // D. Scott, "Multivariate density estimation" (1992): 1.059 sigma n^(-1/5), at least the width of a cell and at most the standard
    // deviation of the prior.
    private static double Bandwidth(List<double> observed)
    {
        var mean = observed.Average();
        var deviation = Math.Sqrt(observed.Sum(x => (x - mean) * (x - mean)) / Math.Max(observed.Count - 1, 1));
        var scott = 1.059 * deviation * PortableMath.Exp(-PortableMath.Log(observed.Count) / 5);
        return Math.Clamp(scott, 1.0 / Cells, Math.Sqrt(1.0 / 12));
    }
}

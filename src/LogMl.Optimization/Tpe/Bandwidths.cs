using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tpe;

/// <summary>The bandwidths of the two densities, and the shares of the prior in their kernels.</summary>
/// <remarks>
/// The kernel of an integer or a quantized number contains a share of the prior, like the kernel of Aitchison and Aitken for a choice
/// (Biometrika 63, 1976). Without it an axis with few values would freeze: when the good trials agree, the bandwidth becomes much smaller
/// than a cell, and all candidates have the same value. The share is the share for a choice times <see cref="DensityAxis.ChoiceLikeness"/>,
/// because with more values the normal kernel reaches several of them by itself.
/// </remarks>
internal static class Bandwidths
{
    // The smallest bandwidth of bad trials, as a share of the length of the axis.
    private const double SmallestBad = 0.01;

    // For a proposal that explores: the bandwidth with one good trial, as a share of the axis, and the share of the prior in the kernel of
    // a choice.
    private const double ExploringBandwidth = 0.2;
    private const double ExploringSmoothing = 0.3;

    private const double FourthRootOfTwo = 1.189207115002721;

    /// <summary>
    /// Sets the bandwidths of the good trials: a multiple of Scott's rule sigma n^(-1/4) for each axis (D. Scott, "Multivariate density
    /// estimation", 1992). The exponent does not depend on the number of dimensions d: with the -1/(4 + d) of a product kernel, large
    /// spaces converge too slowly. sigma is the standard deviation of the good trials and one more observation with the variance of the
    /// prior, so that a few similar trials do not stop the search. A bandwidth is at least 1/(1 + N) of the axis, where N is the number of
    /// all trials (the "magic clip" of S. Watanabe, arXiv:2304.11127, section 3.3.3).
    /// </summary>
    public static void FitGood(Mixture mixture, TpeOptions options, int trialCount)
    {
        for (var a = 0; a < mixture.Axes.Length; a++)
        {
            var axis = mixture.Axes[a];
            double weight = 0;
            double sum = 0;
            var seen = 0;
            for (var k = 0; k < mixture.Count; k++)
            {
                var x = mixture.Coordinate(a, k);
                if (!double.IsNaN(x))
                {
                    weight += mixture.Weights[k];
                    sum += mixture.Weights[k] * x;
                    seen++;
                }
            }

            if (axis.Choice is not null)
            {
                mixture.Bandwidths[a] = PriorShare(options, seen);
                continue;
            }

            mixture.Smoothing[a] = axis.ChoiceLikeness * PriorShare(options, seen);
            var mean = weight > 0 ? sum / weight : 0;
            double squares = 0;
            for (var k = 0; k < mixture.Count; k++)
            {
                var x = mixture.Coordinate(a, k);
                squares += double.IsNaN(x) ? 0 : mixture.Weights[k] * (x - mean) * (x - mean);
            }

            var prior = axis.PriorDeviation * axis.PriorDeviation;
            var sigma = Math.Sqrt((squares + prior) / (weight + 1));
            var least = axis.Length / (1.0 + trialCount);
            var bandwidth = options.GoodBandwidth * sigma * InverseFourthRoot(seen);
            mixture.Bandwidths[a] = Math.Clamp(bandwidth, least, Math.Max(least, axis.Length));
        }
    }

    /// <summary>
    /// Sets the bandwidths of the good trials for a proposal that explores: a fixed share of each axis, divided by n^(1/4).
    /// </summary>
    public static void FitExploring(Mixture mixture)
    {
        for (var a = 0; a < mixture.Axes.Length; a++)
        {
            var axis = mixture.Axes[a];
            mixture.Smoothing[a] = axis.ChoiceLikeness * ExploringSmoothing;
            mixture.Bandwidths[a] = axis.Choice is not null
                ? ExploringSmoothing
                : ExploringBandwidth * InverseFourthRoot(mixture.Count) * axis.Length;
        }
    }

    /// <summary>
    /// Sets the bandwidths of the bad trials: a share of the axis, divided by n^(1/4) (Optuna's rule for a joint density, without the
    /// dimension in the exponent). n is rounded down to a power of 2^(1/4), so that values that are cached for a bandwidth stay valid for
    /// many trials.
    /// </summary>
    public static void FitBad(Mixture mixture, TpeOptions options)
    {
        for (var a = 0; a < mixture.Axes.Length; a++)
        {
            var axis = mixture.Axes[a];
            var seen = 0;
            for (var k = 0; k < mixture.Count; k++)
            {
                seen += double.IsNaN(mixture.Coordinate(a, k)) ? 0 : 1;
            }

            mixture.Smoothing[a] = axis.ChoiceLikeness * PriorShare(options, seen);
            mixture.Bandwidths[a] = axis.Choice is not null
                ? PriorShare(options, seen)
                : Math.Clamp(options.BadBandwidth * InverseFourthRoot(RoundDown(seen)), SmallestBad, 1) * axis.Length;
        }
    }

    // The smoothing parameter of the kernel of Aitchison and Aitken. The prior counts as one more observation.
    private static double PriorShare(TpeOptions options, int seen) => Math.Max(options.ChoiceSmoothing, 1.0 / (1 + seen));

    private static double InverseFourthRoot(double count) => 1 / Math.Sqrt(Math.Sqrt(Math.Max(count, 1)));

    private static double RoundDown(int count)
    {
        double rounded = 1;
        while (rounded * FourthRootOfTwo <= count)
        {
            rounded *= FourthRootOfTwo;
        }

        return rounded;
    }
}

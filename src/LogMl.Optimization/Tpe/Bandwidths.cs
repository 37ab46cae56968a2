using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tpe;

/// <summary>The bandwidths of the two densities, and how much of the prior is in their kernels.</summary>
/// <remarks>
/// A kernel of an integer or a quantised number has a share of the prior, as Aitchison and Aitken's kernel of a choice has (Biometrika 63, 1976). Without it an axis of few values freezes: when
/// the good trials agree, the bandwidth falls far below the width of a cell, and no candidate has another value any more. The share is that of a choice times
/// <see cref="DensityAxis.ChoiceLikeness"/>: the more values there are, the more of them the normal kernel reaches itself.
/// </remarks>
internal static class Bandwidths
{
    // The share of its length below which the bandwidth of an axis of bad trials does not fall, and above which no bandwidth rises.
    private const double LeastOfBad = 0.01;

    // The bandwidth of wide kernels for one trial, as a share of the axis, and their share of the prior for a choice.
    private const double Wide = 0.2;
    private const double WideSmoothing = 0.3;

    private const double RootOfRootOfTwo = 1.189207115002721;

    /// <summary>
    /// Good trials: a multiple of Scott's rule sigma n^(-1/4) in each axis (D. Scott, "Multivariate density estimation", 1992; the exponent is that of
    /// one dimension or nearly so: with the -1/(4 + d) of a product kernel wide spaces converge too slowly). sigma is the standard deviation of
    /// the good trials with one more observation of the prior's variance, so that a few similar trials do not end the search, and at
    /// least 1/(1 + N) of the axis (the "magic clip" of S. Watanabe, arXiv:2304.11127, section 3.3.3, which here falls with the number N of all
    /// trials).
    /// </summary>
    public static void FitGood(Mixture mixture, TpeOptions options, int trialCount)
    {
        for (int a = 0; a < mixture.Axes.Length; a++)
        {
            DensityAxis axis = mixture.Axes[a];
            double weight = 0;
            double sum = 0;
            int seen = 0;
            for (int k = 0; k < mixture.Count; k++)
            {
                double x = mixture.Coordinate(a, k);
                if (!double.IsNaN(x))
                {
                    weight += mixture.Weights[k];
                    sum += mixture.Weights[k] * x;
                    seen++;
                }
            }

            if (axis.Choice is not null)
            {
                mixture.Bandwidths[a] = ShareOfPrior(options, seen);
                continue;
            }

            mixture.Smoothing[a] = axis.ChoiceLikeness * ShareOfPrior(options, seen);
            double mean = weight > 0 ? sum / weight : 0;
            double squares = 0;
            for (int k = 0; k < mixture.Count; k++)
            {
                double x = mixture.Coordinate(a, k);
                squares += double.IsNaN(x) ? 0 : mixture.Weights[k] * (x - mean) * (x - mean);
            }

            double prior = axis.PriorDeviation * axis.PriorDeviation;
            double sigma = Math.Sqrt((squares + prior) / (weight + 1));
            double least = axis.Length / (1.0 + trialCount);
            mixture.Bandwidths[a] = Math.Clamp(options.GoodBandwidth * sigma * FourthRoot(seen), least, Math.Max(least, axis.Length));
        }
    }

    /// <summary>Good trials of a proposal that looks wider: a fixed share of each axis, divided by n^(1/4).</summary>
    public static void FitWide(Mixture mixture)
    {
        for (int a = 0; a < mixture.Axes.Length; a++)
        {
            DensityAxis axis = mixture.Axes[a];
            mixture.Smoothing[a] = axis.ChoiceLikeness * WideSmoothing;
            mixture.Bandwidths[a] = axis.Choice is not null ? WideSmoothing : Wide * FourthRoot(mixture.Count) * axis.Length;
        }
    }

    /// <summary>
    /// Bad trials: a share of the axis, divided by n^(1/4) (Optuna's rule for a joint density, without the dimension in the exponent). n is rounded to
    /// quarter powers of 2, so that what depends on the bandwidth stays valid for many trials.
    /// </summary>
    public static void FitBad(Mixture mixture, TpeOptions options)
    {
        for (int a = 0; a < mixture.Axes.Length; a++)
        {
            DensityAxis axis = mixture.Axes[a];
            int seen = 0;
            for (int k = 0; k < mixture.Count; k++)
            {
                seen += double.IsNaN(mixture.Coordinate(a, k)) ? 0 : 1;
            }

            mixture.Smoothing[a] = axis.ChoiceLikeness * ShareOfPrior(options, seen);
            mixture.Bandwidths[a] = axis.Choice is not null
                ? ShareOfPrior(options, seen)
                : Math.Clamp(options.BadBandwidth * FourthRoot(Rounded(seen)), LeastOfBad, 1) * axis.Length;
        }
    }

    // b in Aitchison and Aitken's kernel; one more observation is the prior's.
    private static double ShareOfPrior(TpeOptions options, int seen) => Math.Max(options.ChoiceSmoothing, 1.0 / (1 + seen));

    private static double FourthRoot(double count) => 1 / Math.Sqrt(Math.Sqrt(Math.Max(count, 1)));

    private static double Rounded(int count)
    {
        double rounded = 1;
        while (rounded * RootOfRootOfTwo <= count)
        {
            rounded *= RootOfRootOfTwo;
        }

        return rounded;
    }
}

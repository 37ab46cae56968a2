using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The logarithm of the expected improvement, which has a slope also where the improvement itself is no longer a number above 0 (S. Ament
/// et al., "Unexpected improvements to expected improvement for Bayesian optimization", NeurIPS 2023, eq. 6 to 9).
/// </summary>
internal static class LogExpectedImprovement
{
    private const double FarTail = 1e4;

    /// <summary>ln E max(0, best - f), f normal.</summary>
    /// <param name="best">The value to improve on.</param>
    /// <param name="mean">The mean of f.</param>
    /// <param name="sigma">The standard deviation of f; positive.</param>
    /// <param name="byMean">Gets the derivative by the mean.</param>
    /// <param name="bySigma">Gets the derivative by the standard deviation.</param>
    public static double Of(double best, double mean, double sigma, out double byMean, out double bySigma)
    {
        double z = (best - mean) / sigma;
        double logH, ratio; // ratio = Phi(z) / h(z), h(z) = phi(z) + z Phi(z), h' = Phi
        if (z > -1)
        {
            double density = PortableMath.Exp(-z * z / 2 - StandardNormal.LogSqrtTwoPi);
            double cdf = StandardNormal.Cdf(z);
            double h = density + z * cdf;
            logH = PortableMath.Log(h);
            ratio = cdf / h;
        }
        else
        {
            double t = -z;
            double mills = StandardNormal.Mills(t);
            double rest = t < FarTail ? 1 - t * mills : 1 / (t * t);
            logH = -z * z / 2 - StandardNormal.LogSqrtTwoPi + PortableMath.Log(rest);
            ratio = mills / rest;
        }

        // d/dmean = -Phi / (sigma h); d/dsigma = phi / (sigma h) = (h - z Phi) / (sigma h).
        byMean = -ratio / sigma;
        bySigma = (1 - z * ratio) / sigma;
        return PortableMath.Log(sigma) + logH;
    }
}

using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The logarithm of the expected improvement E max(0, best - f) for normal f. It has a useful gradient even where the improvement itself
/// underflows to 0 (S. Ament et al., "Unexpected improvements to expected improvement for Bayesian optimization", NeurIPS 2023, eq. 6 to
/// 9).
/// </summary>
internal sealed class LogExpectedImprovement(Posterior posterior, double best) : NormalAcquisition(posterior)
{
    // Beyond this, 1 / t^2 is a better approximation of 1 - t Mills(t) than the computed difference.
    private const double FarTail = 1e4;

    protected override double Value(double mean, double sigma, out double byMean, out double bySigma) =>
        Of(best, mean, sigma, out byMean, out bySigma);

    /// <summary>ln E max(0, best - f).</summary>
    /// <param name="best">The value to improve on.</param>
    /// <param name="mean">The mean of f.</param>
    /// <param name="sigma">The standard deviation of f; positive.</param>
    /// <param name="byMean">Receives the derivative by the mean.</param>
    /// <param name="bySigma">Receives the derivative by the standard deviation.</param>
    public static double Of(double best, double mean, double sigma, out double byMean, out double bySigma)
    {
        // E = sigma h(z), h(z) = phi(z) + z Phi(z), h' = Phi.
        var z = (best - mean) / sigma;
        double logH, slope;
        if (z > -1)
        {
            var cdf = StandardNormal.Cdf(z);
            var h = PortableMath.Exp(-z * z / 2 - StandardNormal.LogSqrtTwoPi) + z * cdf;
            logH = PortableMath.Log(h);
            slope = cdf / h;
        }
        else
        {
            var mills = StandardNormal.Mills(-z);
            var rest = z > -FarTail ? 1 + z * mills : 1 / (z * z);
            logH = -z * z / 2 - StandardNormal.LogSqrtTwoPi + PortableMath.Log(rest);
            slope = mills / rest;
        }

        byMean = -slope / sigma;
        bySigma = (1 - z * slope) / sigma;
        return PortableMath.Log(sigma) + logH;
    }
}

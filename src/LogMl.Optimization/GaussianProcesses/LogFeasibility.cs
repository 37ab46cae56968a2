using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The logarithm of the probability that a process is negative, which is the probability that a point is feasible. The sum with the
/// logarithm of the expected improvement is the logarithm of the constrained expected improvement (J. Gardner et al., "Bayesian
/// optimization with inequality constraints", ICML 2014, eq. 4).
/// </summary>
internal sealed class LogFeasibility(Posterior posterior) : NormalAcquisition(posterior)
{
    protected override double Value(double mean, double sigma, out double byMean, out double bySigma)
    {
        var z = -mean / sigma;
        double value, slope;
        if (z > -1)
        {
            var cdf = StandardNormal.Cdf(z);
            value = PortableMath.Log(cdf);
            slope = PortableMath.Exp(-z * z / 2 - StandardNormal.LogSqrtTwoPi) / cdf;
        }
        else
        {
            var mills = StandardNormal.Mills(-z);
            value = -z * z / 2 - StandardNormal.LogSqrtTwoPi + PortableMath.Log(mills);
            slope = 1 / mills;
        }

        byMean = -slope / sigma;
        bySigma = -z * slope / sigma;
        return value;
    }
}

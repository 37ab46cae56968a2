namespace LogMl.Optimization.GaussianProcesses;

/// <summary>How little is known about a point.</summary>
internal sealed class PosteriorVariance(Posterior posterior) : NormalAcquisition(posterior)
{
    protected override double Value(double mean, double sigma, out double byMean, out double bySigma)
    {
        (byMean, bySigma) = (0, 1);
        return sigma;
    }
}

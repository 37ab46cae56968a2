namespace LogMl.Optimization.GaussianProcesses;

/// <summary>The standard deviation of the process at a point, which explores where the model is least certain.</summary>
internal sealed class PosteriorVariance(Posterior posterior) : NormalAcquisition(posterior)
{
    protected override double Value(double mean, double sigma, out double byMean, out double bySigma)
    {
        (byMean, bySigma) = (0, 1);
        return sigma;
    }
}

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>An acquisition function of the mean and the standard deviation of a process at the point.</summary>
internal abstract class NormalAcquisition(Posterior posterior) : Acquisition
{
    private double[] _meanSlopes = [];
    private double[] _varianceSlopes = [];

    public override double At(ReadOnlySpan<double> row)
    {
        (var mean, var variance) = posterior.At(row);
        return Value(mean, Math.Sqrt(variance), out _, out _);
    }

    public override double At(ReadOnlySpan<double> row, ReadOnlySpan<int> features, Span<double> gradient)
    {
        if (_meanSlopes.Length < features.Length)
        {
            _meanSlopes = new double[features.Length];
            _varianceSlopes = new double[features.Length];
        }

        (var mean, var variance) = posterior.At(row, features, _meanSlopes, _varianceSlopes);
        var sigma = Math.Sqrt(variance);
        var value = Value(mean, sigma, out var byMean, out var bySigma);
        for (var i = 0; i < features.Length; i++)
        {
            gradient[i] += byMean * _meanSlopes[i] + bySigma * _varianceSlopes[i] / (2 * sigma);
        }

        return value;
    }

    /// <summary>The value, and its derivatives by the mean and by the standard deviation.</summary>
    protected abstract double Value(double mean, double sigma, out double byMean, out double bySigma);
}

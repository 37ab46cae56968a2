namespace LogMl.Optimization.GaussianProcesses;

/// <summary>How promising points are; the larger the better.</summary>
internal abstract class Acquisition
{
    /// <summary>The value at a point.</summary>
    /// <param name="row">The features of the point.</param>
    public abstract double At(ReadOnlySpan<double> row);

    /// <summary>The value at a point, with its derivatives.</summary>
    /// <param name="row">The features of the point.</param>
    /// <param name="features">The features by which to differentiate; numbers, not choices.</param>
    /// <param name="gradient">To this the derivatives are added.</param>
    public abstract double At(ReadOnlySpan<double> row, ReadOnlySpan<int> features, Span<double> gradient);
}

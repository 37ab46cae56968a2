namespace LogMl.Optimization.GaussianProcesses;

/// <summary>An acquisition function: how promising a point is; larger is better.</summary>
internal abstract class Acquisition
{
    /// <summary>The value at a point.</summary>
    /// <param name="row">The features of the point.</param>
    public abstract double At(ReadOnlySpan<double> row);

    /// <summary>The value at a point, with its derivatives.</summary>
    /// <param name="row">The features of the point.</param>
    /// <param name="features">The features by which to differentiate, which must be numbers.</param>
    /// <param name="gradient">The derivatives are added to this.</param>
    public abstract double At(ReadOnlySpan<double> row, ReadOnlySpan<int> features, Span<double> gradient);
}

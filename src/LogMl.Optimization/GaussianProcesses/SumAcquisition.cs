namespace LogMl.Optimization.GaussianProcesses;

/// <summary>The sum of two acquisition functions. For logarithms, it is the logarithm of their product.</summary>
internal sealed class SumAcquisition(Acquisition first, Acquisition second) : Acquisition
{
    public override double At(ReadOnlySpan<double> row) => first.At(row) + second.At(row);

    public override double At(ReadOnlySpan<double> row, ReadOnlySpan<int> features, Span<double> gradient) =>
        first.At(row, features, gradient) + second.At(row, features, gradient);
}

using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>The constant mean m with the largest likelihood: (1^T K^-1 y) / (1^T K^-1 1) (Rasmussen, Williams 2006, section 2.7).</summary>
internal static class ConstantMean
{
    public static double Of(CholeskyFactor factor, ReadOnlySpan<double> targets, Span<double> work)
    {
        work.Fill(1);
        factor.SolveLower(work);
        var weight = RowMath.Dot(work, work);
        factor.SolveUpper(work);
        return RowMath.Dot(work, targets) / weight;
    }
}

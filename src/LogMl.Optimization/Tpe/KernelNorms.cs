using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// The logarithm of the normalizing constant of the truncated normal kernel of each trial: -ln(sigma sqrt(2 pi) m), where m is the
/// probability of the bounds under the untruncated kernel. The values are cached as long as the bandwidth of the axis stays the same.
/// </summary>
internal sealed class KernelNorms(Observations observations)
{
    private readonly double[][] _norms = [.. observations.Axes.Select(_ => Array.Empty<double>())];
    private readonly double[] _bandwidths = new double[observations.Axes.Length];

    public double Of(int axis, int trial, double bandwidth)
    {
        var column = Column(axis, bandwidth);
        if (double.IsNaN(column[trial]))
        {
            column[trial] = Compute(observations.Axes[axis], observations.Coordinates(axis)[trial], bandwidth);
        }

        return column[trial];
    }

    public static double Compute(DensityAxis axis, double center, double bandwidth)
    {
        var norm = -StandardNormal.LogSqrtTwoPi - PortableMath.Log(bandwidth);
        return axis.IsBounded
            ? norm - DensityAxis.LogOf(StandardNormal.Mass((axis.Low - center) / bandwidth, (axis.High - center) / bandwidth))
            : norm;
    }

    // The norms of all trials, NaN where they have not been computed yet.
    private double[] Column(int axis, double bandwidth)
    {
        var column = _norms[axis];
        var known = column.Length;
        if (known < observations.Count)
        {
            Array.Resize(ref column, observations.Coordinates(axis).Length);
            column.AsSpan(known).Fill(double.NaN);
            _norms[axis] = column;
        }

        if (_bandwidths[axis] != bandwidth)
        {
            Array.Fill(column, double.NaN);
            _bandwidths[axis] = bandwidth;
        }

        return column;
    }
}

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Transforms losses for a Gaussian process: the worse half is compressed, and then mean and variance become 0 and 1. The size of bad
/// losses tells nothing about where good ones are, but would dominate the scale.
/// </summary>
internal static class LossWarp
{
    /// <summary>Transforms losses.</summary>
    /// <param name="losses">Finite numbers, at least one.</param>
    public static double[] Warp(double[] losses)
    {
        double[] sorted = [.. losses.Order()];
        var best = sorted[0];
        var unit = sorted[sorted.Length / 2] - best;
        double[] warped = [.. losses.Select(loss => Compress(loss, best, unit))];
        var mean = warped.Average();
        var variance = warped.Sum(y => (y - mean) * (y - mean)) / warped.Length;
        var scale = variance > 0 ? 1 / Math.Sqrt(variance) : 1;
        return [.. warped.Select(y => (y - mean) * scale)];
    }

    // The distance to the best loss, in units of the distance between the best and the median loss. It is linear up to the median and
    // logarithmic above, with a continuous slope.
    private static double Compress(double loss, double best, double unit)
    {
        var u = loss / 2 - best / 2;
        var half = unit / 2;
        return !(half > 0) ? u > 0 ? 1 : 0
            : u <= half ? u / half
            : 1 + PortableMath.Log(u / half);
    }
}

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Losses as a process can model them: mean 0, variance 1, and the bad half compressed. How bad a bad loss is tells nothing about where the
/// good ones are, but would stretch the scale.
/// </summary>
internal static class LossWarp
{
    /// <summary>Warps losses.</summary>
    /// <param name="losses">Finite numbers, at least one.</param>
    public static double[] Warp(double[] losses)
    {
        double[] sorted = [.. losses.Order()];
        double best = sorted[0];
        double unit = sorted[sorted.Length / 2] - best;
        double[] warped = [.. losses.Select(loss => Compress(loss, best, unit))];
        double mean = warped.Average();
        double variance = warped.Sum(y => (y - mean) * (y - mean)) / warped.Length;
        double scale = variance > 0 ? 1 / Math.Sqrt(variance) : 1;
        return [.. warped.Select(y => (y - mean) * scale)];
    }

    // From the best loss, in units of its distance to the median one: linear up to the median, then logarithmic, without a bend.
    private static double Compress(double loss, double best, double unit)
    {
        double u = loss / 2 - best / 2;
        double half = unit / 2;
        return !(half > 0) ? u > 0 ? 1 : 0
            : u <= half ? u / half
            : 1 + PortableMath.Log(u / half);
    }
}

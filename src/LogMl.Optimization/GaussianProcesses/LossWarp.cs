using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Losses as a process can model them: mean 0, variance 1, and the bad half compressed. How bad a bad loss is tells nothing about where the
/// good ones are, but would stretch the scale.
/// </summary>
internal static class LossWarp
{
    public static double[] Warp(double[] losses, GpOptions options)
    {
        double[] sorted = [.. losses.Order()];
        double best = sorted[0];
        double middle = sorted[sorted.Length / 2];
        double unit = middle - best;
        double[] warped = [.. losses];
        if (unit > 0 && options.Warp >= 1)
        {
            for (int i = 0; i < warped.Length; i++)
            {
                double u = (losses[i] - best) / unit;
                warped[i] = options.Warp >= 2 ? Log1p(u * options.WarpStrength) / Log1p(options.WarpStrength)
                    : u <= 1 ? u : 1 + PortableMath.Log(u);
            }
        }

        double mean = warped.Average();
        double variance = warped.Sum(y => (y - mean) * (y - mean)) / warped.Length;
        double scale = variance > 0 ? 1 / Math.Sqrt(variance) : 1;
        return [.. warped.Select(y => (y - mean) * scale)];
    }

    private static double Log1p(double x) => PortableMath.Log(1 + x);
}

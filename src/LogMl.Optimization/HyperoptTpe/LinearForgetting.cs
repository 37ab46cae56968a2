namespace LogMl.Optimization.HyperoptTpe;

/// <summary>The weights of observations by age (hyperopt 0.3.0, tpe.py, linear_forgetting_weights).</summary>
internal static class LinearForgetting
{
    /// <summary>
    /// The newest <paramref name="full"/> of <paramref name="count"/> observations have the weight 1. The weights of the older ones rise in
    /// equal steps from 1/count to 1.
    /// </summary>
    /// <returns>The weights, from the oldest to the newest observation.</returns>
    public static double[] Weights(int count, int full)
    {
        var weights = new double[count];
        Array.Fill(weights, 1.0);
        var fading = count - full;
        var first = 1.0 / count;
        for (var i = 0; i < fading; i++)
        {
            weights[i] = fading == 1 ? first : first + i * (1 - first) / (fading - 1);
        }

        return weights;
    }
}

namespace LogMl.Optimization.HyperoptTpe;

/// <summary>
/// The adaptive Parzen estimator of one numeric parameter: a normal component around each observation and one for the prior (Bergstra et
/// al. 2011, section 4.2; the details are those of hyperopt 0.3.0, tpe.py, adaptive_parzen_normal).
/// </summary>
internal static class AdaptiveParzen
{
    // A component is never narrower than 1/100 of the prior.
    private const double NarrowestDivisor = 100;

    /// <summary>Fits the mixture.</summary>
    /// <param name="observed">The observations, from the oldest to the newest.</param>
    /// <param name="observedWeights">The weight of each observation.</param>
    /// <param name="priorWeight">The weight of the prior.</param>
    /// <param name="priorMean">The mean of the prior component.</param>
    /// <param name="priorSigma">The standard deviation of the prior component, and the largest one of any component.</param>
    /// <param name="low">The lower bound of the truncation.</param>
    /// <param name="high">The upper bound of the truncation.</param>
    public static NormalMixture Fit(
        IReadOnlyList<double> observed,
        IReadOnlyList<double> observedWeights,
        double priorWeight,
        double priorMean,
        double priorSigma,
        double low = double.NegativeInfinity,
        double high = double.PositiveInfinity)
    {
        var count = observed.Count + 1;
        var means = new double[count];
        var weights = new double[count];
        var prior = SortWithPrior(observed, observedWeights, priorMean, means, weights);
        weights[prior] = priorWeight;

        var sigmas = count == 2 ? [priorSigma / 2, priorSigma / 2] : Gaps(means);
        var narrowest = priorSigma / Math.Min(NarrowestDivisor, 1.0 + count);
        for (var i = 0; i < count; i++)
        {
            sigmas[i] = Math.Clamp(sigmas[i], narrowest, priorSigma);
        }

        sigmas[prior] = priorSigma;
        Normalize(weights);
        return new NormalMixture(weights, means, sigmas, low, high);
    }

    // Fills the means in ascending order, with the prior before equal observations, and the weights in the same order. Returns the index of
    // the prior.
    private static int SortWithPrior(
        IReadOnlyList<double> observed, IReadOnlyList<double> observedWeights, double priorMean, double[] means, double[] weights)
    {
        var sorted = new (double Value, int Age)[observed.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = (observed[i], i);
        }

        Array.Sort(sorted); // by value, equals by age
        var prior = 0;
        while (prior < sorted.Length && sorted[prior].Value < priorMean)
        {
            prior++;
        }

        means[prior] = priorMean;
        for (var i = 0; i < sorted.Length; i++)
        {
            var place = i < prior ? i : i + 1;
            means[place] = sorted[i].Value;
            weights[place] = observedWeights[sorted[i].Age];
        }

        return prior;
    }

    // For each mean, the larger of the distances to its two neighbours. The first and the last mean have one neighbour; the bounds do not
    // count.
    private static double[] Gaps(double[] means)
    {
        var gaps = new double[means.Length];
        for (var i = 0; i < means.Length; i++)
        {
            var left = i > 0 ? means[i] - means[i - 1] : 0;
            var right = i < means.Length - 1 ? means[i + 1] - means[i] : 0;
            gaps[i] = Math.Max(left, right);
        }

        return gaps;
    }

    private static void Normalize(double[] weights)
    {
        double sum = 0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }
    }
}

namespace BreastCancer;

/// <summary>
/// Chooses and derives features. Everything here looks at one row at a time: nothing is estimated from the data set, so nothing can
/// leak from the validation and test parts into the training, although this step runs before the split.
/// </summary>
internal static class Preprocessing
{
    public static Tumor Apply(Tumor tumor, DatasetPreprocessParameters parameters)
    {
        ReadOnlySpan<float> all = tumor.Features;
        var mean = all[..TumorFile.Measures];
        var worst = all[(2 * TumorFile.Measures)..];
        float[] chosen = parameters.Features switch
        {
            DatasetPreprocessFeatures.All => [.. all],
            DatasetPreprocessFeatures.Mean => [.. mean],
            DatasetPreprocessFeatures.Worst => [.. worst],
            DatasetPreprocessFeatures.MeanAndWorst => [.. mean, .. worst],
            _ => throw new ArgumentOutOfRangeException(nameof(parameters), parameters.Features, "Not one of the names in logml.yaml."),
        };
        return new Tumor { Features = parameters.Ratios ? [.. chosen, .. Ratios(worst, mean)] : chosen, Malignant = tumor.Malignant };
    }

    private static float[] Ratios(ReadOnlySpan<float> worst, ReadOnlySpan<float> mean)
    {
        var ratios = new float[worst.Length];
        for (var i = 0; i < ratios.Length; i++)
        {
            // Some means are zero (no concave cells at all): their worst value is zero too, and nothing got worse.
            ratios[i] = mean[i] == 0 ? 1 : worst[i] / mean[i];
        }

        return ratios;
    }
}

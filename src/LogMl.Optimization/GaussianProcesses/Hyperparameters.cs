namespace LogMl.Optimization.GaussianProcesses;

/// <summary>What a fit finds.</summary>
/// <param name="Weights">For each feature the weight of its squared differences in the joint kernel: 1 over a squared length scale.</param>
/// <param name="Variance">The variance of the joint part.</param>
/// <param name="AdditiveWeights">For each feature the weight of its squared differences in its own effect.</param>
/// <param name="AdditiveVariance">The variance of all single effects together.</param>
/// <param name="Noise">The variance of the noise.</param>
internal sealed record Hyperparameters(
    double[] Weights, double Variance, double[] AdditiveWeights, double AdditiveVariance, double Noise);

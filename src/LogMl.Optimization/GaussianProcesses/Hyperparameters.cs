namespace LogMl.Optimization.GaussianProcesses;

/// <summary>The hyper-parameters of a Gaussian process.</summary>
/// <param name="Weights">For each feature, the weight of its squared differences in the joint kernel: 1 / (length scale)^2.</param>
/// <param name="Variance">The variance of the joint kernel.</param>
/// <param name="AdditiveWeights">For each feature, the weight of its squared differences in the additive kernel.</param>
/// <param name="AdditiveVariance">The variance of the additive kernel: the sum over all features.</param>
/// <param name="Noise">The variance of the noise.</param>
internal sealed record Hyperparameters(
    double[] Weights, double Variance, double[] AdditiveWeights, double AdditiveVariance, double Noise);

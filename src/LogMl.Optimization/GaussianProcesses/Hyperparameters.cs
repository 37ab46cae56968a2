namespace LogMl.Optimization.GaussianProcesses;

/// <summary>What a fit finds: the kernel, and the variance of the noise.</summary>
internal sealed record Hyperparameters(double[] Weights, double Variance, double Noise)
{
    public MaternKernel Kernel(bool[] isChoice) => new(isChoice, Weights, Variance);
}

namespace LogMl.Shared;

/// <summary>The environment variables that say which GPU a process has.</summary>
internal static class DeviceVariables
{
    /// <summary>What CUDA reads: a process sees these GPUs and no others, and the first of them is its number 0.</summary>
    public const string Cuda = "CUDA_VISIBLE_DEVICES";

    /// <summary>The GPU that a worker was given by its host, which the trial shows.</summary>
    public const string Trial = "LOGML_DEVICE";
}

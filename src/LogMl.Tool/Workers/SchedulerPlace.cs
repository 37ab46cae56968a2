using LogMl.Shared;
using LogMl.Shared.Requests;

namespace LogMl.Tool.Workers;

/// <summary>Where a scheduler has started this worker, by the environment variables that it sets.</summary>
/// <param name="Node">The name of the machine; null for its host name.</param>
/// <param name="Slot">What the scheduler calls the worker; null when there is no scheduler.</param>
/// <param name="Devices">The GPUs that it was given.</param>
internal sealed record SchedulerPlace(string? Node, string? Slot, IReadOnlyList<string> Devices)
{
    /// <summary>Kubernetes tells a container its node only when the manifest passes it on, by this name.</summary>
    public const string NodeName = "NODE_NAME";

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">The value of an environment variable; null when it is not set.</param>
    public static SchedulerPlace Of(Func<string, string?> variable)
    {
        string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
        var devices = JoinTerms.DevicesOf(Value(DeviceVariables.Cuda) ?? Value("SLURM_JOB_GPUS"));
        if (Value("SLURM_JOB_ID") is { } job)
        {
            var task = Value("SLURM_ARRAY_JOB_ID") is { } array ? $"{array}_{Value("SLURM_ARRAY_TASK_ID")}" : job;
            var process = Value("SLURM_NTASKS") is { } tasks && tasks != "1" && Value("SLURM_PROCID") is { } rank ? $".{rank}" : "";
            var restart = Value("SLURM_RESTART_COUNT") is { } restarts && restarts != "0" ? $", restart {restarts}" : "";
            return new SchedulerPlace(Value("SLURMD_NODENAME"), $"slurm {task}{process}{restart}", devices);
        }

        var slot = Value("JOB_COMPLETION_INDEX") is { } index ? $"kubernetes {index}" : null;
        return new SchedulerPlace(Value(NodeName), slot, devices);
    }
}

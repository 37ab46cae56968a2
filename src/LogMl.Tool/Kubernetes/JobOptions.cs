namespace LogMl.Tool.Kubernetes;

/// <summary>What a command line says about a Job. Null is what was not given.</summary>
/// <param name="Image">The image that the pods run.</param>
internal sealed record JobOptions(string Image)
{
    /// <summary>The name of the Job.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>The number of pods. Each is one worker.</summary>
    public int Pods { get; init; } = 1;

    /// <summary>How many trials each pod runs at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The time after which each worker ends.</summary>
    public string? MaxTime { get; init; }

    /// <summary>The processors that each pod asks for.</summary>
    public string? Cpu { get; init; }

    /// <summary>The memory of each pod.</summary>
    public string? Memory { get; init; }

    /// <summary>The number of GPUs of each pod.</summary>
    public int Gpus { get; init; }
}

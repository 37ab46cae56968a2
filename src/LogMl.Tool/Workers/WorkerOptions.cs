namespace LogMl.Tool.Workers;

/// <summary>What a command line says about a worker. Null is what was not given.</summary>
internal sealed record WorkerOptions
{
    /// <summary>The most trials that a worker runs at the same time.</summary>
    public const int MostWorkers = 1024;

    /// <summary>The folder of the bundle.</summary>
    public string? Bundle { get; init; }

    /// <summary>The file with the location of the storage.</summary>
    public string? StorageFile { get; init; }

    /// <summary>How many trials run at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The greatest number of trials to start.</summary>
    public int? MaxTrials { get; init; }

    /// <summary>The time after which it ends, as text.</summary>
    public string? MaxTime { get; init; }

    /// <summary>The folder that gets logs and files of the trials.</summary>
    public string? Results { get; init; }

    /// <summary>The GPUs, as text.</summary>
    public string? Devices { get; init; }

    /// <summary>Whether it ends with its standard input.</summary>
    public bool EndsWithInput { get; init; }

    /// <summary>Whether it may have other code than the study.</summary>
    public bool AllowsOtherCode { get; init; }
}

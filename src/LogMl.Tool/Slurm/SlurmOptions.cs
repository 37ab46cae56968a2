namespace LogMl.Tool.Slurm;

/// <summary>What a command line of the verb <c>slurm</c> says.</summary>
internal sealed record SlurmOptions
{
    /// <summary>The folder of the bundle; null for the one that the tool is in.</summary>
    public string? Bundle { get; init; }

    /// <summary>The file with the location of the storage; null when the environment has it.</summary>
    public string? StorageFile { get; init; }

    /// <summary>How many workers the array has.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The time limit of a task in a form of Slurm; null for that of the partition.</summary>
    public string? Time { get; init; }

    /// <summary>Options of sbatch, or the id of a job.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

using LogMl.Shared;

namespace LogMl.Host;

/// <summary>The command line of the verbs.</summary>
internal sealed record HostOptions
{
    /// <summary>The user's assembly.</summary>
    public required string Assembly { get; init; }

    public required string DepsFile { get; init; }

    public required string RuntimeConfig { get; init; }

    /// <summary>Package folders in which the assembly's dependencies are found.</summary>
    public IReadOnlyList<string> ProbingPaths { get; init; } = [];

    /// <summary>LogMl.Worker.dll.</summary>
    public required string Worker { get; init; }

    /// <summary>The working directory of the trials.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The folder in which the build was called: paths are shown as seen from there. Without one, that is the project's.</summary>
    public string ShellDirectory { get => field ?? ProjectDirectory; init; }

    public required string Study { get; init; }

    /// <summary>Whether nobody has chosen that name: another project may have it by chance.</summary>
    public bool HasDefaultStudy { get; init; }

    /// <summary>The folder that gets a folder for each study.</summary>
    public required string Output { get; init; }

    /// <summary>The file with the place where studies are stored; null: nobody names one.</summary>
    public string? StorageFile { get; init; }

    /// <summary>The build's list of what the assembly was made from; null: there is none.</summary>
    public string? Inputs { get; init; }

    /// <summary>Instead of the YAML's; null: the YAML's.</summary>
    public int? MaxEvals { get; init; }

    /// <summary>Instead of the YAML's; null: the YAML's.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Instead of the YAML's; null: the YAML's.</summary>
    public long? Seed { get; init; }

    /// <summary>Number of worker processes, instead of the YAML's; null: the YAML's.</summary>
    public int? Workers { get; init; }

    /// <summary>After this time the search ends; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What a trial may take, instead of the YAML's; null: the YAML's.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>The bytes that a trial may take, instead of the YAML's; null: the YAML's.</summary>
    public long? TrialMemory { get; init; }

    /// <summary>How often a trial whose process was killed from outside is run again, instead of the YAML's; null: the YAML's.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>How many of the first trials may fail before the search ends when no other has, instead of the YAML's; null: the YAML's.</summary>
    public int? MaxFailures { get; init; }

    /// <summary>Whether failed trials are run again, also where others are complete.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Whether the best trials that were computed from other inputs are run again.</summary>
    public bool Reevaluate { get; init; }

    /// <summary>After this time of silence a host that shares the study through PostgreSQL is taken for dead; null: after the usual time.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>The build that the host belongs to; null: nobody's.</summary>
    public int? ParentProcess { get; init; }

    /// <summary>Whether progress events are sent.</summary>
    public bool ShowProgress { get; init; } = true;

    /// <summary>Reads the options after the verb.</summary>
    /// <exception cref="HostException">An option is unknown, missing, or has a wrong value.</exception>
    public static HostOptions Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine(args);
        var options = new HostOptions
        {
            Assembly = line.Path("--assembly"),
            DepsFile = line.Path("--depsfile"),
            RuntimeConfig = line.Path("--runtimeconfig"),
            ProbingPaths = line.All("--probing-path"),
            Worker = line.Optional("--worker") ?? System.IO.Path.Combine(AppContext.BaseDirectory, "..", "worker", "LogMl.Worker.dll"),
            ProjectDirectory = line.Path("--project-directory"),
            ShellDirectory = line.OptionalPath("--shell-directory") ?? line.Path("--project-directory"),
            Study = line.Required("--study"),
            HasDefaultStudy = line.Flag("--default-study"),
            Output = line.Path("--output"),
            StorageFile = line.OptionalPath("--storage-file"),
            Inputs = line.OptionalPath("--inputs"),
            MaxEvals = (int?)line.Integer("--max-evals", "HyperOptMaxEvals", 1, int.MaxValue),
            Algorithm = line.OneOf("--algorithm", "HyperOptAlgorithm", Algorithms.Names),
            Seed = line.Integer("--seed", "HyperOptSeed", long.MinValue, long.MaxValue),
            Workers = (int?)line.Integer("--workers", "HyperOptWorkers", 1, SettingLimits.MostWorkers),
            Timeout = line.Seconds("--timeout", "HyperOptTimeout"),
            TrialTimeout = line.Seconds("--trial-timeout", "HyperOptTrialTimeout"),
            TrialMemory = line.Memory("--trial-memory", "HyperOptTrialMemory"),
            MaxRetries = (int?)line.Integer("--max-retries", "HyperOptMaxRetries", 0, SettingLimits.MostRetries),
            MaxFailures = (int?)line.Integer("--max-failures", "HyperOptMaxFailures", 1, int.MaxValue),
            RetryFailed = line.Flag("--retry-failed"),
            Reevaluate = line.Flag("--reevaluate"),
            Lease = line.Seconds("--lease", null) is { } lease
                ? lease >= TimeSpan.FromSeconds(1) ? lease : throw new HostException(HostErrors.Usage, "--lease must be at least 1 second.")
                : null,
            ParentProcess = (int?)line.Integer("--parent-pid", null, 1, int.MaxValue),
            ShowProgress = !line.Flag("--no-progress"),
        };
        line.RequireAllUsed();
        return options;
    }
}

namespace LogMl.Shared.Requests;

/// <summary>
/// What a build asks of the host: the file <c>LogMl.HyperOpt.request.json</c> in the intermediate folder (docs/architecture.md, seam 5).
/// The tasks of the build write it and the host reads it, both by <see cref="Pass"/>. The location of the database never stands here.
/// </summary>
internal sealed record HostRequest
{
    private readonly string? _shellDirectory;

    /// <summary>The working directory of the trials.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The folder in which the build was called: paths are shown as seen from there. Without one, that is the project's.</summary>
    public string ShellDirectory { get => _shellDirectory ?? ProjectDirectory; init => _shellDirectory = value; }

    /// <summary>The name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Whether nobody has chosen that name: another project may have it by chance.</summary>
    public bool HasDefaultStudy { get; init; }

    /// <summary>The folder that gets a folder for each study.</summary>
    public required string Output { get; init; }

    /// <summary>The file with the place where studies are stored; null: nobody names one.</summary>
    public string? StorageFile { get; init; }

    /// <summary>The user's assembly; empty where none is needed, and so are the next ones.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>Its deps.json.</summary>
    public string DepsFile { get; init; } = "";

    /// <summary>Its runtimeconfig.json.</summary>
    public string RuntimeConfig { get; init; } = "";

    /// <summary>Package folders in which the assembly's dependencies are found.</summary>
    public IReadOnlyList<string> ProbingPaths { get; init; } = [];

    /// <summary>LogMl.Worker.dll.</summary>
    public string Worker { get; init; } = "";

    /// <summary>The build's list of what the assembly was made from; null: there is none.</summary>
    public string? Inputs { get; init; }

    /// <summary>
    /// The overrides of the YAML, by key: texts, as the properties of the build have them. There are only keys that have a property.
    /// </summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether failed trials are run again, also where others are complete.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Whether the best trials that were computed from other inputs are run again.</summary>
    public bool Reevaluate { get; init; }

    /// <summary>Whether no progress is told, whatever the YAML says.</summary>
    public bool NoProgress { get; init; }

    /// <summary>
    /// The seconds of silence after which a host that shares the study through PostgreSQL counts as dead; null for the usual time.
    /// </summary>
    public double? Lease { get; init; }

    /// <summary>The process of the build that the host belongs to; null: nobody's.</summary>
    public int? ParentProcess { get; init; }

    /// <summary>Sends each field through <paramref name="fields"/>, and makes the request of what comes back.</summary>
    /// <param name="fields">Writes fields, or reads them.</param>
    /// <param name="request">What is written; null when one is read.</param>
    public static HostRequest Pass(RequestFields fields, HostRequest? request) => new()
    {
        ProjectDirectory = fields.Path("project_directory", request?.ProjectDirectory),
        ShellDirectory = fields.PathOrNull("shell_directory", request?._shellDirectory)!,
        Study = fields.Text("study", request?.Study),
        HasDefaultStudy = fields.Flag("default_study", request?.HasDefaultStudy),
        Output = fields.Path("output", request?.Output),
        StorageFile = fields.PathOrNull("storage_file", request?.StorageFile),
        Assembly = fields.PathOrNull("assembly", request?.Assembly) ?? "",
        DepsFile = fields.PathOrNull("depsfile", request?.DepsFile) ?? "",
        RuntimeConfig = fields.PathOrNull("runtimeconfig", request?.RuntimeConfig) ?? "",
        ProbingPaths = fields.Paths("probing_paths", request?.ProbingPaths),
        Worker = fields.PathOrNull("worker", request?.Worker) ?? "",
        Inputs = fields.PathOrNull("inputs", request?.Inputs),
        Overrides = fields.Texts("overrides", request?.Overrides),
        RetryFailed = fields.Flag("retry_failed", request?.RetryFailed),
        Reevaluate = fields.Flag("reevaluate", request?.Reevaluate),
        NoProgress = fields.Flag("no_progress", request?.NoProgress),
        Lease = fields.NumberOrNull("lease", request?.Lease),
        ParentProcess = (int?)fields.NumberOrNull("parent_process", request?.ParentProcess),
    };
}

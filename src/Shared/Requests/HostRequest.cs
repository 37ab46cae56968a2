namespace LogMl.Shared.Requests;

/// <summary>
/// The request of a build to the host: the file <c>LogMl.HyperOpt.request.json</c> in the intermediate folder (docs/architecture.md, seam
/// 5). The tasks of the build write it, and the host reads it, both through <see cref="Pass"/>. It never has the location of the database.
/// </summary>
internal sealed record HostRequest
{
    private readonly string? _shellDirectory;

    /// <summary>The working directory of the trials.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>
    /// The folder in which the build was called. Messages show paths relative to it. By default it is the project's folder.
    /// </summary>
    public string ShellDirectory { get => _shellDirectory ?? ProjectDirectory; init => _shellDirectory = value; }

    /// <summary>The name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Whether the name is the default. Then another project may have it by chance.</summary>
    public bool HasDefaultStudy { get; init; }

    /// <summary>The workflow of the assembly that is searched; null for the unnamed one.</summary>
    public string? Workflow { get; init; }

    /// <summary>The study from which a new study begins; null for none.</summary>
    public string? From { get; init; }

    /// <summary>The results folder, which has a folder for each study.</summary>
    public required string Output { get; init; }

    /// <summary>The file that says where studies are stored; null when there is none.</summary>
    public string? StorageFile { get; init; }

    /// <summary>The user's assembly. Like the properties below, it is empty when the verb needs no assembly.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>Its deps.json.</summary>
    public string DepsFile { get; init; } = "";

    /// <summary>Its runtimeconfig.json.</summary>
    public string RuntimeConfig { get; init; } = "";

    /// <summary>The package folders with the assembly's dependencies.</summary>
    public IReadOnlyList<string> ProbingPaths { get; init; } = [];

    /// <summary>LogMl.Worker.dll.</summary>
    public string Worker { get; init; } = "";

    /// <summary>The build's list of the files that the assembly was made from; null when there is none.</summary>
    public string? Inputs { get; init; }

    /// <summary>
    /// The file bundle.json with the fingerprint of the files that the assembly was made from, which are not there; null when they are.
    /// </summary>
    public string? Bundle { get; init; }

    /// <summary>The seed of a study that begins, when the YAML has none; null for a random one.</summary>
    public long? NewSeed { get; init; }

    /// <summary>How the host joins a study that others search too; null when it searches by itself.</summary>
    public JoinTerms? Joining { get; init; }

    /// <summary>What is to be packed; null when nothing is.</summary>
    public PackTerms? Packing { get; init; }

    /// <summary>
    /// The overrides of the YAML by key, as text in the form of the build's properties. Only keys with a property can be overridden.
    /// </summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether failed trials run again, even when other trials are complete.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Whether the best trials from other inputs run again.</summary>
    public bool Reevaluate { get; init; }

    /// <summary>The configuration file of the workflow; null when the verb needs none.</summary>
    public string? Configuration { get; init; }

    /// <summary>The greatest loss that passes the gate, as text; null for any.</summary>
    public string? MaxLoss { get; init; }

    /// <summary>The file of the baseline; null when there is none.</summary>
    public string? Baseline { get; init; }

    /// <summary>How much worse than the baseline a result may be, in the form of the property; null for not at all.</summary>
    public string? MaxRegression { get; init; }

    /// <summary>The number of the trial whose values are applied, or which becomes the baseline, as text; null for the best one.</summary>
    public string? Trial { get; init; }

    /// <summary>
    /// What a single run is made with: <c>best</c>, the number of a trial, or the path of a file; null for the defaults.
    /// </summary>
    public string? Parameters { get; init; }

    /// <summary>Whether a verb that writes into the project only shows what it would write.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether progress is switched off, whatever the YAML says.</summary>
    public bool NoProgress { get; init; }

    /// <summary>Whether the end of a search writes no report.</summary>
    public bool NoReport { get; init; }

    /// <summary>The studies that a report shows beside its own: names and paths, with semicolons between them; null for none.</summary>
    public string? Compare { get; init; }

    /// <summary>
    /// The lease in seconds: after this time without a heartbeat, a host that shares the study through PostgreSQL counts as dead. Null for
    /// the default.
    /// </summary>
    public double? Lease { get; init; }

    /// <summary>The id of the process of the build that the host belongs to; null when there is none.</summary>
    public int? ParentProcess { get; init; }

    /// <summary>Passes each field through <paramref name="fields"/>, and creates the request from what comes back.</summary>
    /// <param name="fields">Writes fields, or reads them.</param>
    /// <param name="request">The request to write; null when one is read.</param>
    public static HostRequest Pass(RequestFields fields, HostRequest? request) => new()
    {
        ProjectDirectory = fields.Path("project_directory", request?.ProjectDirectory),
        ShellDirectory = fields.PathOrNull("shell_directory", request?._shellDirectory)!,
        Study = fields.Text("study", request?.Study),
        HasDefaultStudy = fields.Flag("default_study", request?.HasDefaultStudy),
        Workflow = fields.TextOrNull("workflow", request?.Workflow),
        From = fields.TextOrNull("from", request?.From),
        Output = fields.Path("output", request?.Output),
        StorageFile = fields.PathOrNull("storage_file", request?.StorageFile),
        Assembly = fields.PathOrNull("assembly", request?.Assembly) ?? "",
        DepsFile = fields.PathOrNull("depsfile", request?.DepsFile) ?? "",
        RuntimeConfig = fields.PathOrNull("runtimeconfig", request?.RuntimeConfig) ?? "",
        ProbingPaths = fields.Paths("probing_paths", request?.ProbingPaths),
        Worker = fields.PathOrNull("worker", request?.Worker) ?? "",
        Inputs = fields.PathOrNull("inputs", request?.Inputs),
        Bundle = fields.PathOrNull("bundle", request?.Bundle),
        NewSeed = (long?)fields.NumberOrNull("new_seed", request?.NewSeed),
        Joining = JoinTerms.Pass(fields, request?.Joining, request is not null),
        Packing = PackTerms.Pass(fields, request?.Packing, request is not null),
        Overrides = fields.Texts("overrides", request?.Overrides),
        RetryFailed = fields.Flag("retry_failed", request?.RetryFailed),
        Reevaluate = fields.Flag("reevaluate", request?.Reevaluate),
        Configuration = fields.PathOrNull("configuration", request?.Configuration),
        MaxLoss = fields.TextOrNull("max_loss", request?.MaxLoss),
        Baseline = fields.PathOrNull("baseline", request?.Baseline),
        MaxRegression = fields.TextOrNull("max_regression", request?.MaxRegression),
        Trial = fields.TextOrNull("trial", request?.Trial),
        Parameters = fields.TextOrNull("parameters", request?.Parameters),
        DryRun = fields.Flag("dry_run", request?.DryRun),
        NoProgress = fields.Flag("no_progress", request?.NoProgress),
        NoReport = fields.Flag("no_report", request?.NoReport),
        Compare = fields.TextOrNull("compare", request?.Compare),
        Lease = fields.NumberOrNull("lease", request?.Lease),
        ParentProcess = (int?)fields.NumberOrNull("parent_process", request?.ParentProcess),
    };
}

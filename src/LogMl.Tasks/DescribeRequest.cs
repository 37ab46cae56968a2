using LogMl.Shared.Requests;
using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>
/// Composes the request to the host (docs/architecture.md, seam 5). <see cref="RunHyperOpt"/>, in a project of its own, passes it on.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DescribeRequest : Microsoft.Build.Utilities.Task
{
    /// <summary>The properties of a search, with their values as metadata.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The folder of the user's project; trials run in it.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>
    /// The folder in which the build was started. Messages show paths relative to it. Empty for the folder of the project.
    /// </summary>
    public string? ShellDirectory { get; set; }

    /// <summary>The name of the study.</summary>
    [Required]
    public string Study { get; set; } = "";

    /// <summary>The workflow that is searched; empty for the unnamed one.</summary>
    public string? Workflow { get; set; }

    /// <summary>The configuration file of the workflow, absolute, or empty.</summary>
    public string? Configuration { get; set; }

    /// <summary>What a single run is made with: <c>best</c>, the number of a trial, or an absolute path; empty for the defaults.</summary>
    public string? Parameters { get; set; }

    /// <summary>The file of the baseline, absolute, or empty.</summary>
    public string? Baseline { get; set; }

    /// <summary>The results folder, which has a folder for each study.</summary>
    [Required]
    public string ResultsDirectory { get; set; } = "";

    /// <summary>The file with the storage location, absolute, or empty.</summary>
    public string? StorageFile { get; set; }

    /// <summary>The assembly with the workflow.</summary>
    public string? TargetAssembly { get; set; }

    /// <summary>Its deps.json.</summary>
    public string? DepsFile { get; set; }

    /// <summary>Its runtimeconfig.json.</summary>
    public string? RuntimeConfigFile { get; set; }

    /// <summary>The folders with its packages, separated by semicolons.</summary>
    public string? ProbingPaths { get; set; }

    /// <summary>LogMl.Worker.dll.</summary>
    public string? WorkerAssembly { get; set; }

    /// <summary>The list of inputs that <see cref="WriteInputs"/> writes.</summary>
    public string? InputsFile { get; set; }

    /// <summary>Whether a bundle is to be packed: <c>true</c>, or else empty.</summary>
    public string? IsPacking { get; set; }

    /// <summary>The .NET installation whose runtime the bundle gets, or empty.</summary>
    public string? PackRuntime { get; set; }

    /// <summary>The system that the project is built for, or empty.</summary>
    public string? RuntimeIdentifier { get; set; }

    /// <summary>The target framework.</summary>
    public string? TargetFramework { get; set; }

    /// <summary>The request: JSON in Base64, which no property changes.</summary>
    [Output]
    public string Request { get; private set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        var values = new PropertyValues(Properties);
        Request = RequestText.Pack(RequestWriter.Write(new HostRequest
        {
            ProjectDirectory = WithoutEndSeparator(ProjectDirectory),
            ShellDirectory = WithoutEndSeparator(ShellDirectory ?? ""),
            Study = Study,
            HasDefaultStudy = values[SearchProperties.Study] is null,
            Workflow = Workflow,
            From = values[SearchProperties.From],
            Output = WithoutEndSeparator(ResultsDirectory),
            StorageFile = StorageFile,
            Assembly = TargetAssembly ?? "",
            DepsFile = DepsFile ?? "",
            RuntimeConfig = RuntimeConfigFile ?? "",
            ProbingPaths =
            [
                .. (ProbingPaths ?? "").Split(';').Select(path => WithoutEndSeparator(path.Trim())).Where(path => path.Length > 0),
            ],
            Worker = WorkerAssembly ?? "",
            Inputs = InputsFile,
            Overrides = values.Overrides,
            RetryFailed = values.IsTrue(SearchProperties.RetryFailed),
            Reevaluate = values.IsTrue(SearchProperties.Reevaluate),
            Configuration = Configuration,
            MaxLoss = values[SearchProperties.MaxLoss],
            Baseline = Baseline,
            MaxRegression = values[SearchProperties.MaxRegression],
            Trial = values[SearchProperties.Trial],
            Parameters = Parameters,
            DryRun = values.IsTrue(SearchProperties.DryRun),
            NoProgress = values.IsFalse(SearchProperties.ShowProgress),
            Compare = values[SearchProperties.Compare],
            NoReport = values.IsFalse(SearchProperties.Report),
            Packing = IsPacking != "true" ? null : new PackTerms
            {
                Folder = values[SearchProperties.PackPath] is { } path
                    ? WithoutEndSeparator(Path.GetFullPath(Path.Combine(ProjectDirectory, path)))
                    : null,
                Runtime = WithoutEndSeparator(PackRuntime ?? ""),
                RuntimeIdentifier = RuntimeIdentifier,
                TargetFramework = TargetFramework,
            },
            ParentProcess = BuildProcess.Id,
        }));
        return true;
    }

    /// <summary>The path in the form in which the host compares folders. The root folder keeps its only character.</summary>
    private static string WithoutEndSeparator(string path)
    {
        var trimmed = path.TrimEnd('/', '\\');
        return trimmed.Length == 0 || trimmed.EndsWith(":", StringComparison.Ordinal) ? path : trimmed;
    }
}

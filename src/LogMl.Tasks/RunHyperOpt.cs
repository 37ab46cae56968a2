using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>Starts the host with the built assembly, and shows in the build what it tells (docs/architecture.md, seam 4).</summary>
[MSBuildMultiThreadableTask]
public sealed partial class RunHyperOpt : ToolTask
{
    private const string SearchVerb = "hyperopt";

    /// <summary>The verb that needs no built assembly.</summary>
    private const string CleanVerb = "clean";

    /// <summary>What the host shall do: <c>hyperopt</c>, <c>run</c> or <c>clean</c>.</summary>
    [Required]
    public string Verb { get; set; } = "";

    /// <summary>The full path of the <c>dotnet</c> that runs the build.</summary>
    [Required]
    public string DotNetHostPath { get; set; } = "";

    /// <summary>LogMl.Host.dll.</summary>
    [Required]
    public string HostAssembly { get; set; } = "";

    /// <summary>LogMl.Worker.dll.</summary>
    [Required]
    public string WorkerAssembly { get; set; } = "";

    /// <summary>The assembly with the workflow; <c>clean</c> needs none.</summary>
    public string TargetAssembly { get; set; } = "";

    /// <summary>Its deps.json.</summary>
    public string DepsFile { get; set; } = "";

    /// <summary>Its runtimeconfig.json.</summary>
    public string RuntimeConfigFile { get; set; } = "";

    /// <summary>The folders in which its packages are found, separated by semicolons.</summary>
    public string? ProbingPaths { get; set; }

    /// <summary>The user's project; errors that have no better place are reported there.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folder of <see cref="ProjectFile"/>; trials run in it.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The folder in which the build was started, as seen from which paths are shown; empty: <see cref="ProjectDirectory"/>.</summary>
    public string? ShellDirectory { get; set; }

    /// <summary>The name of the study.</summary>
    [Required]
    public string Study { get; set; } = "";

    /// <summary>Whether that is the default, which nobody has chosen.</summary>
    public bool HasDefaultStudy { get; set; }

    /// <summary>The folder that gets a folder for each study.</summary>
    [Required]
    public string ResultsDirectory { get; set; } = "";

    /// <summary>The file with the storage location, absolute, or empty.</summary>
    public string? StorageFile { get; set; }

    /// <summary>The list that <see cref="WriteInputs"/> wrote, or empty.</summary>
    public string? InputsFile { get; set; }

    /// <summary>Number of trials, instead of that of the YAML.</summary>
    public string? MaxEvals { get; set; }

    /// <summary>The algorithm, instead of that of the YAML.</summary>
    public string? Algorithm { get; set; }

    /// <summary>The seed, instead of that of the YAML.</summary>
    public string? Seed { get; set; }

    /// <summary>Number of worker processes, instead of that of the YAML.</summary>
    public string? Workers { get; set; }

    /// <summary>After so many seconds no further trial starts.</summary>
    public string? TimeoutSeconds { get; set; }

    /// <summary>The seconds that a trial may take, instead of those of the YAML.</summary>
    public string? TrialTimeoutSeconds { get; set; }

    /// <summary>The memory that a trial may take, instead of that of the YAML.</summary>
    public string? TrialMemory { get; set; }

    /// <summary>How often a trial whose process was killed from outside is run again, instead of what the YAML says.</summary>
    public string? MaxRetries { get; set; }

    /// <summary>How many of the first trials may fail before the search ends when no other has, instead of what the YAML says.</summary>
    public string? MaxFailures { get; set; }

    /// <summary>Whether failed trials are run again; empty: false.</summary>
    public string? RetryFailed { get; set; }

    /// <summary>Whether the best trials that were computed from other inputs are run again; empty: false.</summary>
    public string? Reevaluate { get; set; }

    /// <summary>False: no progress lines.</summary>
    public bool ShowProgress { get; set; } = true;

    /// <summary>Whether the terminal logger shows the build: <c>1</c>, or else <c>0</c> or empty.</summary>
    public string? TerminalLogger { get; set; }

    /// <summary>The files and folders that were written.</summary>
    [Output]
    public ITaskItem[] Outputs { get; private set; } = [];

    /// <inheritdoc />
    protected override string ToolName => Path.GetFileName(DotNetHostPath);

    /// <inheritdoc />
    protected override string GenerateFullPathToTool() => DotNetHostPath;

    /// <inheritdoc />
    protected override string GetWorkingDirectory() => ProjectDirectory;

    /// <inheritdoc />
    protected override bool ValidateParameters()
    {
        string[] needed = Verb == CleanVerb ? [HostAssembly] : [HostAssembly, WorkerAssembly, TargetAssembly, DepsFile, RuntimeConfigFile];
        foreach (var file in needed)
        {
            if (!File.Exists(file))
            {
                Diagnostics.Error(Log, Diagnostics.FileMissing, ProjectFile, 0, 0, MissingFile(file));
            }
        }

        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc />
    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(HostAssembly);
        line.AppendSwitch(Verb);
        Append(line, "--project-directory ", WithoutEndSeparator(ProjectDirectory));
        Append(line, "--shell-directory ", WithoutEndSeparator(ShellDirectory ?? ""));
        Append(line, "--study ", Study);
        Append(line, "--output ", WithoutEndSeparator(ResultsDirectory));
        Append(line, "--storage-file ", StorageFile);
        if (Verb != CleanVerb)
        {
            AppendRunOptions(line);
        }

        return line.ToString();
    }

    private void AppendRunOptions(CommandLineBuilder line)
    {
        Append(line, "--assembly ", TargetAssembly);
        Append(line, "--depsfile ", DepsFile);
        Append(line, "--runtimeconfig ", RuntimeConfigFile);
        foreach (var path in (ProbingPaths ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries))
        {
            Append(line, "--probing-path ", WithoutEndSeparator(path.Trim()));
        }

        Append(line, "--worker ", WorkerAssembly);
        AppendFlag(line, "--default-study", HasDefaultStudy);
        Append(line, "--inputs ", InputsFile);
        Append(line, "--max-evals ", MaxEvals);
        Append(line, "--algorithm ", Algorithm);
        Append(line, "--seed ", Seed);
        Append(line, "--workers ", Workers);
        Append(line, "--timeout ", TimeoutSeconds);
        Append(line, "--trial-timeout ", TrialTimeoutSeconds);
        Append(line, "--trial-memory ", TrialMemory);
        Append(line, "--max-retries ", MaxRetries);
        Append(line, "--max-failures ", MaxFailures);
        AppendFlag(line, "--retry-failed", IsTrue(RetryFailed));
        AppendFlag(line, "--reevaluate", IsTrue(Reevaluate));
        Append(line, "--parent-pid ", BuildProcess.Id.ToString(CultureInfo.InvariantCulture));
        AppendFlag(line, "--no-progress", !ShowProgress);
    }

    private static bool IsTrue(string? flag) => string.Equals(flag, "true", StringComparison.OrdinalIgnoreCase);

    private static void AppendFlag(CommandLineBuilder line, string flag, bool isSet)
    {
        if (isSet)
        {
            line.AppendSwitch(flag);
        }
    }

    private string MissingFile(string file) =>
        file == TargetAssembly ? $"The built assembly '{file}' does not exist."
        : file == DepsFile ? $"'{file}' does not exist. Remove GenerateDependencyFile=false from the project: the workflow is run with the dependencies listed there."
        : file == RuntimeConfigFile ? $"'{file}' does not exist. Remove GenerateRuntimeConfigurationFiles=false from the project: the workflow is run with the runtime named there."
        : $"'{file}' is missing: the package LogMl.Sdk is incomplete. Restore it again.";

    private static void Append(CommandLineBuilder line, string option, string? value)
    {
        // An empty property means "not set"; an option without its value would swallow the next one.
        if (!string.IsNullOrEmpty(value))
        {
            line.AppendSwitchIfNotNull(option, value);
        }
    }

    /// <summary>A backslash before the closing quote would escape it; the root folder keeps its only character.</summary>
    private static string WithoutEndSeparator(string path)
    {
        var trimmed = path.TrimEnd('/', '\\');
        return trimmed.Length == 0 || trimmed.EndsWith(":", StringComparison.Ordinal) ? path : trimmed;
    }
}

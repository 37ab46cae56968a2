using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>Starts the host with the built assembly, and shows its events in the build (docs/architecture.md, seam 4).</summary>
[MSBuildMultiThreadableTask]
public sealed partial class RunHyperOpt : ToolTask
{
    private const string SearchVerb = "hyperopt";

    private const string CleanVerb = "clean";

    private const string ApplyVerb = "apply";

    private const string BaselineVerb = "baseline";

    private const string ReportVerb = "report";

    private const string PackVerb = "pack";

    /// <summary>
    /// The verb of the host: <c>hyperopt</c>, <c>run</c>, <c>apply</c>, <c>baseline</c>, <c>clean</c>, <c>report</c> or <c>pack</c>.
    /// </summary>
    [Required]
    public string Verb { get; set; } = "";

    /// <summary>The full path of the <c>dotnet</c> that runs the build.</summary>
    [Required]
    public string DotNetHostPath { get; set; } = "";

    /// <summary>LogMl.Host.dll.</summary>
    [Required]
    public string HostAssembly { get; set; } = "";

    /// <summary>The request to the host, from <see cref="DescribeRequest"/>.</summary>
    [Required]
    public string Request { get; set; } = "";

    /// <summary>The absolute path of the file that passes the request to the host.</summary>
    [Required]
    public string RequestFile { get; set; } = "";

    /// <summary>The user's project. Errors without a better place are reported there.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folder of <see cref="ProjectFile"/>, in which the host runs.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Whether the terminal logger shows the build: <c>1</c>, or else <c>0</c> or empty.</summary>
    public string? TerminalLogger { get; set; }

    /// <summary>
    /// What a search has found: the file result.json, with the metadata of <see cref="ResultItem"/>. Empty for other verbs.
    /// </summary>
    [Output]
    public ITaskItem[] Result { get; private set; } = [];

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
        if (!File.Exists(HostAssembly))
        {
            var message = $"'{HostAssembly}' is missing: the package LogMl.Sdk is incomplete. Restore it again.";
            Diagnostics.Error(Log, Diagnostics.FileMissing, ProjectFile, 0, 0, message);
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
        line.AppendFileNameIfNotNull(RequestFile);
        return line.ToString();
    }
}

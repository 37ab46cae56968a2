using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LogMl.Shared;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>
/// Submits a bundle to a cluster by <c>logml slurm submit</c>, or checks before anything is built whether that could be done. The tool
/// knows what is right; this task passes the properties on as its options, and its messages back with the names of the properties.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class SubmitBundle : ToolTask
{
    /// <summary>The options of the tool, and the properties that they are in a build.</summary>
    private static readonly (string Option, string Property)[] Names =
    [
        ("--workers", SearchProperties.Workers),
        ("--time", SearchProperties.ClusterTime),
        ("--storage-file", SearchProperties.StorageFile),
    ];

    private static readonly Regex Told = new(
        "^(?<kind>error|warning) (?<code>LOGML[0-9]{4}): (?<text>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private readonly List<string> _tail = [];

    /// <summary>The properties of a search, with their values as metadata. For a check.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The full path of the <c>dotnet</c> that runs the build.</summary>
    [Required]
    public string DotNetHostPath { get; set; } = "";

    /// <summary>The folder of the package with the tool.</summary>
    [Required]
    public string HostDirectory { get; set; } = "";

    /// <summary>The file with the storage location, absolute, or empty.</summary>
    public string? StorageFile { get; set; }

    /// <summary>The bundle; empty for a check.</summary>
    public string? Bundle { get; set; }

    /// <summary>
    /// The options of the tool, in Base64, which no property changes. A check makes them from <see cref="Properties"/>, and a submission
    /// gets them from it.
    /// </summary>
    [Output]
    public string Arguments { get; set; } = "";

    /// <summary>The user's project, at which errors are reported.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folder of <see cref="ProjectFile"/>.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <inheritdoc />
    protected override string ToolName => Path.GetFileName(DotNetHostPath);

    /// <inheritdoc />
    protected override Encoding StandardOutputEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc />
    protected override Encoding StandardErrorEncoding => StandardOutputEncoding;

    private bool IsCheck => string.IsNullOrEmpty(Bundle);

    /// <inheritdoc />
    protected override string GenerateFullPathToTool() => DotNetHostPath;

    /// <inheritdoc />
    protected override string GetWorkingDirectory() => ProjectDirectory;

    /// <inheritdoc />
    protected override bool ValidateParameters()
    {
        if (!IsCheck)
        {
            return true;
        }

        var values = new PropertyValues(Properties);
        if (values[SearchProperties.Cluster] is null)
        {
            Diagnostics.Error(
                Log, Diagnostics.NoCluster, ProjectFile, 0, 0,
                "Nothing says to which cluster the bundle is submitted. "
                + $"Add -p:{SearchProperties.Cluster}={OverrideRules.Slurm}.");
        }

        Arguments = RequestText.Pack(OptionsOf(values));
        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc />
    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(Path.Combine(HostDirectory, "LogMl.Tool.dll"));
        line.AppendSwitch("slurm");
        line.AppendSwitch("submit");
        if (IsCheck)
        {
            line.AppendSwitch("--check");
        }
        else
        {
            line.AppendSwitchIfNotNull("--bundle ", Bundle);
        }

        return $"{line} {RequestText.Unpack(Arguments)}";
    }

    /// <inheritdoc />
    protected override void LogToolCommand(string message) => Diagnostics.Detail(Log, message);

    /// <inheritdoc />
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (Told.Match(singleLine) is not { Success: true } told)
        {
            _tail.Add(singleLine);
            if (!IsCheck)
            {
                BuildEngine.LogMessageEvent(LoggerRow.Line(singleLine));
            }
        }
        else if (told.Groups["kind"].Value == "error")
        {
            Diagnostics.Error(Log, told.Groups["code"].Value, ProjectFile, 0, 0, WithProperties(told.Groups["text"].Value));
        }
        else if (IsCheck)
        {
            // Said once: what comes after the check would say it again.
            Diagnostics.Warning(Log, told.Groups["code"].Value, ProjectFile, 0, 0, WithProperties(told.Groups["text"].Value));
        }
    }

    /// <summary>The tool has reported the error. Only when it has not, the exit code is reported.</summary>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            var words = LastWords.Of(string.Join("\n", _tail)) is { } last ? " It said: " + last : "";
            Diagnostics.Error(
                Log, Diagnostics.NotSubmitted, ProjectFile, 0, 0,
                "The bundle was not submitted: logml slurm submit ended unexpectedly with exit code "
                + ExitCode.ToString(CultureInfo.InvariantCulture) + "." + words);
        }

        return false;
    }

    private string OptionsOf(PropertyValues values)
    {
        var line = new CommandLineBuilder();
        line.AppendSwitchIfNotNull("--workers ", values[SearchProperties.Workers]);
        line.AppendSwitchIfNotNull("--time ", values[SearchProperties.ClusterTime]);
        line.AppendSwitchIfNotNull("--storage-file ", string.IsNullOrEmpty(StorageFile) ? null : StorageFile);

        // As they are: the words of a command line, with quotes where a word has a blank.
        return values[SearchProperties.ClusterOptions] is { } options ? $"{line} -- {options}" : line.ToString();
    }

    private static string WithProperties(string text) => Names.Aggregate(text, (said, name) => Regex.Replace(
        said, $@"(?<![\w-]){name.Option}(?![\w-])", name.Property, RegexOptions.CultureInvariant));
}

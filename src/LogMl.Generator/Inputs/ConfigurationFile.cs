using LogMl.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Inputs;

/// <summary>A YAML file of the project with its content.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Workflow">The name of its workflow; empty for the unnamed one.</param>
/// <param name="Result">What was read.</param>
internal sealed record ConfigurationFile(string Path, string Workflow, ConfigurationResult Result)
{
    /// <summary>The file without its folder, for messages.</summary>
    public string FileName => Path.Substring(Path.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>Whether the project marks the file as a configuration: <c>LogMlConfig="true"</c>.</summary>
    public static bool IsMarked(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        FileMark.IsSet("LogMlConfig", file, options);

    /// <summary>Reads a file. A file that no longer exists is read as an empty one.</summary>
    public static ConfigurationFile Read(AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancellation) =>
        new(
            file.Path,
            FileMark.WorkflowOf(file, options),
            ConfigurationReader.Read(file.GetText(cancellation)?.ToString() ?? "", cancellation));
}

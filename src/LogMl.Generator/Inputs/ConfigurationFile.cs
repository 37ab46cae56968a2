using LogMl.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Inputs;

/// <summary>A YAML file of the project with its content.</summary>
internal sealed record ConfigurationFile(string Path, ConfigurationResult Result)
{
    /// <summary>Whether the project marks the file as its configuration: <c>LogMlConfig="true"</c>.</summary>
    public static bool IsMarked(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        FileMark.IsSet("LogMlConfig", file, options);

    /// <summary>Reads a file. A file that no longer exists is read as an empty one.</summary>
    public static ConfigurationFile Read(AdditionalText file, CancellationToken cancellation) =>
        new(file.Path, ConfigurationReader.Read(file.GetText(cancellation)?.ToString() ?? "", cancellation));
}

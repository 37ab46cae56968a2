using LogMl.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Inputs;

/// <summary>A YAML file of the project with its content.</summary>
internal sealed record ConfigurationFile(string Path, ConfigurationResult Result)
{
    private const string IsConfigurationKey = "build_metadata.AdditionalFiles.LogMlConfig";

    /// <summary>Whether the project marks the file as its configuration: <c>LogMlConfig="true"</c>.</summary>
    public static bool IsMarked(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(IsConfigurationKey, out var value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file. A file that no longer exists is read as an empty one.</summary>
    public static ConfigurationFile Read(AdditionalText file, CancellationToken cancellation) =>
        new(file.Path, ConfigurationReader.Read(file.GetText(cancellation)?.ToString() ?? "", cancellation));
}

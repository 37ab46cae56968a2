using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Inputs;

/// <summary>Metadata of an additional file that says what the file is for.</summary>
internal static class FileMark
{
    /// <summary>Whether a file has the metadata with the value true.</summary>
    public static bool IsSet(string metadata, AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        string.Equals(ValueOf(metadata, file, options), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of the workflow that a file belongs to; empty for the unnamed one.</summary>
    public static string WorkflowOf(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        ValueOf("LogMlWorkflow", file, options).Trim();

    private static string ValueOf(string metadata, AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles." + metadata, out var value) ? value : "";
}

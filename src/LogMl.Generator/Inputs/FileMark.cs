using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Inputs;

/// <summary>Metadata of an additional file that says what the file is for.</summary>
internal static class FileMark
{
    /// <summary>Whether a file has the metadata with the value true.</summary>
    public static bool IsSet(string metadata, AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles." + metadata, out var value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Inputs;

/// <summary>A file of parameters that the project compiles in as <c>WorkflowParameters.Best</c>: an item HyperOptBest.</summary>
internal sealed record BestFile(string Path, string Text)
{
    /// <summary>Whether the file is such an item, which the targets pass on as an additional file with metadata.</summary>
    public static bool IsMarked(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        FileMark.IsSet("LogMlBest", file, options);

    /// <summary>Reads a file. A file that no longer exists is read as an empty one.</summary>
    public static BestFile Read(AdditionalText file, CancellationToken cancellation) =>
        new(file.Path, file.GetText(cancellation)?.ToString() ?? "");

    /// <summary>The files by path, of which the first one is used.</summary>
    public static IReadOnlyList<BestFile> Sorted(ImmutableArray<BestFile> files) =>
        [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
}

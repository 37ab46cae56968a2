using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Inputs;

/// <summary>A file of parameters that the project compiles in as <c>WorkflowParameters.Best</c>: an item HyperOptBest.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Workflow">The name of its workflow; empty for the unnamed one.</param>
/// <param name="Text">Its content.</param>
internal sealed record BestFile(string Path, string Workflow, string Text)
{
    /// <summary>Whether the file is such an item, which the targets pass on as an additional file with metadata.</summary>
    public static bool IsMarked(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        FileMark.IsSet("LogMlBest", file, options);

    /// <summary>Reads a file. A file that no longer exists is read as an empty one.</summary>
    public static BestFile Read(AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancellation) =>
        new(file.Path, FileMark.WorkflowOf(file, options), file.GetText(cancellation)?.ToString() ?? "");

    /// <summary>The files of a workflow by path, of which the first one is used.</summary>
    public static IReadOnlyList<BestFile> Of(string workflow, ImmutableArray<BestFile> files) =>
        [.. files.Where(file => file.Workflow == workflow).OrderBy(file => file.Path, StringComparer.Ordinal)];
}

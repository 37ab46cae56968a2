using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Tests.Kit;

/// <summary>What MSBuild tells the compiler about a project: properties, and which additional files are configurations.</summary>
internal sealed class ProjectOptions(string projectName, string rootNamespace) : AnalyzerConfigOptionsProvider
{
    /// <summary>Files with this in their path are not marked as configurations.</summary>
    public const string UnmarkedFolder = "/unmarked/";

    /// <summary>Files with this in their path are marked as files of parameters that are compiled in.</summary>
    public const string BestFolder = "/best/";

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(new Dictionary<string, string>
    {
        ["build_property.MSBuildProjectName"] = projectName,
        ["build_property.RootNamespace"] = rootNamespace,
    });

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options([]);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(
        textFile.Path.Contains(UnmarkedFolder, StringComparison.Ordinal) ? []
        : textFile.Path.Contains(BestFolder, StringComparison.Ordinal)
            ? new Dictionary<string, string> { ["build_metadata.AdditionalFiles.LogMlBest"] = "true" }
        : new Dictionary<string, string> { ["build_metadata.AdditionalFiles.LogMlConfig"] = "true" });

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

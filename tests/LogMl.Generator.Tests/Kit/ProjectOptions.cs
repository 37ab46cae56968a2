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

    /// <summary>Files with this in their path are marked as configurations of the workflow that has the name of the file.</summary>
    public const string WorkflowsFolder = "/workflows/";

    /// <summary>A file of parameters whose name begins with this is one of the workflow that the rest of the name names.</summary>
    public const string BestOf = "of-";

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(new Dictionary<string, string>
    {
        ["build_property.MSBuildProjectName"] = projectName,
        ["build_property.RootNamespace"] = rootNamespace,
    });

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options([]);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(
        textFile.Path.Contains(UnmarkedFolder, StringComparison.Ordinal) ? []
        : textFile.Path.Contains(BestFolder, StringComparison.Ordinal)
            ? Marked("LogMlBest", Stem(textFile).StartsWith(BestOf, StringComparison.Ordinal) ? Stem(textFile)[BestOf.Length..] : "")
        : Marked("LogMlConfig", textFile.Path.Contains(WorkflowsFolder, StringComparison.Ordinal) ? Stem(textFile) : ""));

    private static string Stem(AdditionalText file) => Path.GetFileNameWithoutExtension(file.Path);

    private static Dictionary<string, string> Marked(string mark, string workflow) => new()
    {
        ["build_metadata.AdditionalFiles." + mark] = "true",
        ["build_metadata.AdditionalFiles.LogMlWorkflow"] = workflow,
    };

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

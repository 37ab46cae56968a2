using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Tests.Kit;

/// <summary>
/// Expects that a mistake, marked as <c>[|here|]</c>, gives one diagnostic, where it is, and that what is generated compiles nevertheless.
/// </summary>
internal static class OneDiagnostic
{
    /// <summary>What every program has that is to be searched.</summary>
    public const string Evaluate = """[WorkflowStep("model_evaluate")] public static double Loss() => 1;""";

    /// <summary>A program with steps.</summary>
    public static string Program(string members) => $$"""
        using LogMl;
        public sealed class Row;
        public sealed class Net;
        public static class Steps
        {
            {{members}}
        }
        """;

    /// <summary>The mistake is in the steps.</summary>
    public static void Expect(string id, string message, string members, string? yaml = null)
    {
        var marked = MarkedCode.Find(Program(members))!.Value;
        var run = GeneratorRun.Of(marked.Text, yaml);
        Check(run, id, message, GeneratorRun.CodePath, marked);
    }

    /// <summary>The mistake is in the YAML.</summary>
    public static void ExpectInYaml(string id, string message, string members, string yaml)
    {
        var marked = MarkedCode.Find(yaml)!.Value;
        var run = GeneratorRun.Of(Program(members), marked.Text);
        Check(run, id, message, GeneratorRun.YamlPath, marked);
    }

    /// <summary>The mistake is where the mark is.</summary>
    public static void Check(GeneratorRun run, string id, string message, string path, (string Text, int Start, int Length) marked)
    {
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(path, diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(new TextSpan(marked.Start, marked.Length), diagnostic.Location.SourceSpan);
        Assert.Equal(
            SourceText.From(marked.Text).Lines.GetLinePositionSpan(diagnostic.Location.SourceSpan), diagnostic.Location.GetLineSpan().Span);

        // One mistake is one message: the generated code compiles.
        run.AssertCompiles();
    }
}

using System.Runtime.CompilerServices;
using LogMl.Configuration.Diagnostics;
using LogMl.Generator.Diagnostics;

namespace LogMl.Generator.Tests;

/// <summary>Every diagnostic of the table has its page, and every page its diagnostic.</summary>
public class DiagnosticPageTests
{
    public static TheoryData<string> Ids => [.. StepDiagnostics.All.Select(definition => definition.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_diagnostic_has_a_page_with_its_title_and_severity(string id)
    {
        var definition = StepDiagnostics.All.Single(candidate => candidate.Id == id);
        var page = File.ReadAllText(Path.Combine(Folder(), id + ".md"));
        var severity = definition.Severity switch { DiagnosticLevel.Error => "error", DiagnosticLevel.Warning => "warning", _ => "information" };

        Assert.StartsWith($"# {id}: {definition.Title}\n\nSeverity: {severity}\n", page, StringComparison.Ordinal);
        Assert.Contains(" " + id + ": ", page, StringComparison.Ordinal);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", PlacedDiagnostic.DescriptorOf(definition).HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_page_has_a_diagnostic() => Assert.Equal(
        StepDiagnostics.All.Select(definition => definition.Id),
        Directory.GetFiles(Folder(), "LOGML01*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_ids_are_different_and_in_order() => Assert.Equal(
        StepDiagnostics.All.Select(definition => definition.Id).Distinct().Order(StringComparer.Ordinal),
        StepDiagnostics.All.Select(definition => definition.Id));

    [Fact]
    public void Each_diagnostic_is_tested_by_its_id()
    {
        var tests = string.Concat(Directory.GetFiles(Path.GetDirectoryName(ThisFile())!, "*DiagnosticTests.cs").Select(File.ReadAllText));
        Assert.All(StepDiagnostics.All, definition => Assert.Contains('"' + definition.Id + '"', tests, StringComparison.Ordinal));
    }

    private static string Folder() => Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../docs/diagnostics");

    private static string ThisFile([CallerFilePath] string file = "") => file;
}

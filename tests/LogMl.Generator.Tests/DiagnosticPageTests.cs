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
        var page = DiagnosticPage.Read(id);

        Assert.Equal((definition.Title, definition.Severity.ToString().ToLowerInvariant()), (page.Title, page.Severity));
        Assert.True(page.HasMessage);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", PlacedDiagnostic.DescriptorOf(definition).HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_page_has_a_diagnostic() => Assert.Equal(
        StepDiagnostics.All.Select(definition => definition.Id),
        DiagnosticPage.Ids("LOGML01"));

    [Fact]
    public void The_ids_are_different_and_in_order() => Assert.Equal(
        StepDiagnostics.All.Select(definition => definition.Id).Distinct().Order(StringComparer.Ordinal),
        StepDiagnostics.All.Select(definition => definition.Id));

    [Fact]
    public void Each_diagnostic_is_tested_by_its_id()
    {
        var tests = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "tests", "LogMl.Generator.Tests"), "*DiagnosticTests.cs")
            .Select(File.ReadAllText));
        Assert.All(StepDiagnostics.All, definition => Assert.Contains('"' + definition.Id + '"', tests, StringComparison.Ordinal));
    }
}

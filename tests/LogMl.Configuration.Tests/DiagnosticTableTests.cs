using System.Reflection;
using System.Text.RegularExpressions;
using LogMl.Configuration.Diagnostics;

namespace LogMl.Configuration.Tests;

/// <summary>Each id has a row, a page whose example triggers it, and nothing has an id without a row.</summary>
public partial class DiagnosticTableTests
{
    public static TheoryData<string> Ids => [.. ConfigurationDiagnostics.All.Select(definition => definition.Id)];

    [Fact]
    public void The_table_lists_every_definition_once()
    {
        var fields = typeof(ConfigurationDiagnostics)
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(DiagnosticDefinition))
            .Select(field => (DiagnosticDefinition)field.GetValue(null)!)
            .ToList();

        Assert.Equal(fields, ConfigurationDiagnostics.All);
        Assert.Equal(fields.Count, fields.Select(definition => definition.Id).Distinct().Count());
        Assert.All(fields, definition => Assert.Matches("^LOGML00[0-9]{2}$", definition.Id));
        Assert.All(fields, definition => Assert.Same(definition, ConfigurationDiagnostics.Find(definition.Id)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfigurationDiagnostics.Find("LOGML9999"));
    }

    [Fact]
    public void Every_page_belongs_to_an_id() =>
        Assert.Equal(ConfigurationDiagnostics.All.Select(definition => definition.Id), DiagnosticPage.Ids("LOGML00"));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_has_the_title_and_the_severity_of_its_row(string id)
    {
        var definition = ConfigurationDiagnostics.Find(id);
        var page = DiagnosticPage.Read(id);

        Assert.Equal((definition.Title, definition.Severity.ToString().ToLowerInvariant()), (page.Title, page.Severity));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_of_a_page_triggers_it_and_shows_its_message(string id)
    {
        var page = DiagnosticPage.Read(id).Text;
        if (YamlBlock().Match(page) is not { Success: true } example)
        {
            // These cannot be shown in a text file.
            Assert.Contains(id, new[] { "LOGML0001", "LOGML0003", "LOGML0004", "LOGML0006", "LOGML0042" });
            return;
        }

        var diagnostic = Assert.Single(MarkedYaml.Read(example.Groups[1].Value).Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        var severity = diagnostic.Definition.Severity.ToString().ToLowerInvariant();
        var message = $"logml.yaml({diagnostic.Span.StartLine + 1},{diagnostic.Span.StartColumn + 1}): {severity} {id}: {diagnostic.Message}";

        // A list of names that may grow is not whole in a page.
        Assert.Single(
            page.Split('\n'), line => line.EndsWith(": ...", StringComparison.Ordinal) || line.EndsWith(", ...", StringComparison.Ordinal)
            ? message.StartsWith(line[..^"...".Length], StringComparison.Ordinal)
            : line == message);
    }

    [GeneratedRegex("## Example\n\n```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}

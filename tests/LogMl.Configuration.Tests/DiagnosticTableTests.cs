using System.Reflection;
using System.Runtime.CompilerServices;
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
    public void Every_page_belongs_to_an_id()
    {
        var pages = Directory.GetFiles(PagesFolder(), "LOGML00*.md").Select(Path.GetFileNameWithoutExtension).Order();

        Assert.Equal(ConfigurationDiagnostics.All.Select(definition => definition.Id), pages);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_says_what_how_and_the_fix(string id)
    {
        var definition = ConfigurationDiagnostics.Find(id);
        var page = File.ReadAllText(Path.Combine(PagesFolder(), id + ".md"));

        Assert.StartsWith($"# {id}: {definition.Title}\n\nSeverity: {definition.Severity.ToString().ToLowerInvariant()}\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Example\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Fix\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_of_a_page_triggers_it_and_shows_its_message(string id)
    {
        var page = File.ReadAllText(Path.Combine(PagesFolder(), id + ".md"));
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
        Assert.Single(page.Split('\n'), line => line.EndsWith(": ...", StringComparison.Ordinal) || line.EndsWith(", ...", StringComparison.Ordinal)
            ? message.StartsWith(line[..^"...".Length], StringComparison.Ordinal)
            : line == message);
    }

    [GeneratedRegex("## Example\n\n```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    private static string PagesFolder([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "diagnostics");
}

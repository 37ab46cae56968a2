using System.Reflection;
using System.Text.RegularExpressions;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Every error and warning of the host has its page, and every page its id.</summary>
public sealed partial class DiagnosticPageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "diagnostics");

    public static TheoryData<string> Ids => [.. All()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_says_what_how_and_the_fix_and_is_in_the_table(string id)
    {
        var page = File.ReadAllText(Path.Combine(Folder, id + ".md"));
        var head = Head().Match(page);
        Assert.True(head.Success, "The page begins otherwise.");
        Assert.Equal(id, head.Groups["id"].Value);
        Assert.Contains($"{head.Groups["severity"].Value} {id}: ", page, StringComparison.Ordinal);
        Assert.Contains("\n## Example\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Fix\n", page, StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {head.Groups["title"].Value} |\n", File.ReadAllText(Path.Combine(Folder, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_has_an_id() => Assert.Equal(
        All().Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder, "LOGML20*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    private static IEnumerable<string> All() => typeof(HostErrors).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetValue(null)!);

    [GeneratedRegex("^# (?<id>LOGML[0-9]{4}): (?<title>[^\n]+)\n\nSeverity: (?<severity>error|warning)\n\n")]
    private static partial Regex Head();
}

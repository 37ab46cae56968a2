using System.Text.RegularExpressions;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>Links between the pages of the repository have existing targets.</summary>
public sealed partial class DocumentationLinkTests
{
    private static readonly string[] Generated = ["artifacts", "bin", "obj", ".git", "HyperOptResults"];

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(page => !Generated.Intersect(page.Split(Path.DirectorySeparatorChar)).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_leads_to_a_file_and_to_a_heading_in_it(string page)
    {
        var path = Path.Combine(Repository.Root, page);
        string[] broken = [.. Link()
            .Matches(File.ReadAllText(path))
            .Select(match => match.Groups[1].Value)
            .Where(link => !Scheme().IsMatch(link) && !Leads(path, link))];
        Assert.Empty(broken);
    }

    private static bool Leads(string page, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(target)
            && (parts.Length == 1 || File.ReadLines(target).Any(line => line.StartsWith('#') && Anchor(line) == parts[1]));
    }

    /// <summary>The anchor that GitHub makes of a heading: lower case, no punctuation, hyphens for spaces.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.TrimStart('#').Trim().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
            .Replace(' ', '-')
            .ToLowerInvariant();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Scheme();
}

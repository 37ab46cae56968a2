using System.Text.RegularExpressions;

namespace LogMl.TestKit;

/// <summary>
/// A page of docs/diagnostics. All pages have the same form: what is wrong, an example with its message, the fix, and a row in the table of
/// all pages.
/// </summary>
public sealed partial class DiagnosticPage
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "diagnostics");

    private DiagnosticPage(string id, string text, Match head)
    {
        Id = id;
        Text = text;
        Title = head.Groups["title"].Value;
        Severity = head.Groups["severity"].Value;
    }

    /// <summary>The id that it is about.</summary>
    public string Id { get; }

    /// <summary>What is wrong, in a few words.</summary>
    public string Title { get; }

    /// <summary>error, warning or info.</summary>
    public string Severity { get; }

    /// <summary>The whole page.</summary>
    public string Text { get; }

    /// <summary>Whether it shows the message as a build prints it.</summary>
    public bool HasMessage =>
        Text.Contains($" {Severity} {Id}: ", StringComparison.Ordinal) || Text.Contains($"\n{Severity} {Id}: ", StringComparison.Ordinal);

    /// <summary>The ids that have a page, in their order.</summary>
    public static IEnumerable<string> Ids(string prefix) =>
        Directory.GetFiles(Folder, prefix + "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>Reads a page.</summary>
    /// <exception cref="ExpectationException">It does not have the form of all pages, or no row in the table.</exception>
    public static DiagnosticPage Read(string id)
    {
        var text = File.ReadAllText(Path.Combine(Folder, id + ".md"));
        var head = Head().Match(text);
        if (!head.Success || head.Groups["id"].Value != id)
        {
            throw new ExpectationException($"The page of {id} does not begin with its id, its title and its severity:\n{text}");
        }

        foreach (var heading in (string[])["\n## Example\n", "\n## Fix\n"])
        {
            if (!text.Contains(heading, StringComparison.Ordinal))
            {
                throw new ExpectationException($"The page of {id} has no heading '{heading.Trim()}'.");
            }
        }

        var page = new DiagnosticPage(id, text, head);
        return File.ReadAllText(Path.Combine(Folder, "README.md"))
            .Contains($"| [{id}]({id}.md) | {page.Title} |\n", StringComparison.Ordinal)
            ? page
            : throw new ExpectationException($"The table of all pages has no row of {id} with the title '{page.Title}'.");
    }

    [GeneratedRegex("^# (?<id>LOGML[0-9]{4}): (?<title>[^\n]+)\n\nSeverity: (?<severity>error|warning|info)\n\n")]
    private static partial Regex Head();
}

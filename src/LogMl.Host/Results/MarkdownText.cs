using System.Text;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>
/// Writes text of unknown origin into Markdown so that it is shown as it is: no format, no HTML, no link, no cell of a table.
/// </summary>
internal static class MarkdownText
{
    /// <summary>The characters that Markdown, GitHub's tables, formulas and emoji, or HTML give a meaning. Colons begin links.</summary>
    private const string Special = "\\`*_[]<>|~&#$!:";

    /// <summary>The text in one line.</summary>
    public static string Of(string text)
    {
        var markdown = new StringBuilder(text.Length + 16);
        foreach (var c in VisibleText.Of(text))
        {
            if (Special.Contains(c, StringComparison.Ordinal) || (c == '.' && EndsWithWww(markdown)))
            {
                markdown.Append('\\');
            }

            markdown.Append(c);
        }

        return markdown.ToString();
    }

    /// <summary>GitHub makes a link of www.example.org too.</summary>
    private static bool EndsWithWww(StringBuilder text) =>
        text.Length >= 3 && text.ToString(text.Length - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase);
}

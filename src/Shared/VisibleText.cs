using System.Globalization;
using System.Text;

namespace LogMl.Shared;

/// <summary>
/// Makes text of unknown origin safe for a message: an exception's message, an option of the YAML, a path. The result is on one line and
/// cannot control the terminal. Control characters are escaped (<c>\n</c>, <c>\u001b</c>), and so are the characters that reverse the
/// direction of text.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text with each such character escaped. Text that is escaped already does not change.</summary>
    public static string Of(string text) => Escaped(text, keepLines: false);

    /// <summary>The same for text that may have several lines, such as a cell of a table: line breaks and tabs stay.</summary>
    public static string OfLines(string text) => Escaped(text, keepLines: true);

    private static string Escaped(string text, bool keepLines)
    {
        StringBuilder? visible = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHidden(text[i]) && !(keepLines && text[i] is ('\t' or '\n' or '\r')))
            {
                visible ??= new StringBuilder(text, 0, i, text.Length + 16);
                Escape(text[i], visible);
            }
            else
            {
                visible?.Append(text[i]);
            }
        }

        return visible?.ToString() ?? text;
    }

    /// <summary>
    /// Whether a character is hidden: C0, DEL and C1; the line and paragraph separators; the marks, embeddings, overrides and isolates of
    /// bidirectional text.
    /// </summary>
    private static bool IsHidden(char c) =>
        char.IsControl(c) || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static void Escape(char c, StringBuilder into)
    {
        switch (c)
        {
            case '\t': into.Append("\\t"); break;
            case '\n': into.Append("\\n"); break;
            case '\r': into.Append("\\r"); break;
            default: into.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
        }
    }
}

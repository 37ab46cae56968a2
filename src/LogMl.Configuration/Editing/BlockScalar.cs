using LogMl.Shared;

namespace LogMl.Configuration.Editing;

/// <summary>Replaces a block scalar, whose text stands in the lines below its sign <c>|</c> or <c>></c>.</summary>
/// <param name="text">The text of the file.</param>
/// <param name="start">The offset of the sign.</param>
internal sealed class BlockScalar(string text, int start)
{
    private readonly int _signEnd = EndOfSign(text, start);

    /// <summary>
    /// Replaces the lines of the scalar when its style can carry the value; else the sign, and the lines go. A comment behind the sign
    /// stays.
    /// </summary>
    /// <param name="edits">Gets the replacements.</param>
    /// <param name="wanted">The new value; null for one that is no text.</param>
    /// <param name="written">The new value as a scalar in one line.</param>
    public void Replace(TextEdits edits, string? wanted, string written)
    {
        var headEnd = LineEnd(start);
        var (first, indentation, end) = Body(headEnd);
        if (wanted is not null && first >= 0 && Content(wanted, end) is { } content)
        {
            var newLine = text.Substring(headEnd, NextLine(headEnd) - headEnd);
            edits.Replace(first + indentation, end, content.Replace("\n", newLine + text.Substring(first, indentation)));
            return;
        }

        edits.Replace(start, _signEnd, written);
        if (first >= 0)
        {
            edits.Replace(headEnd, end, "");
        }
    }

    /// <summary>The value as the lines of the scalar have it; null when they cannot.</summary>
    private string? Content(string wanted, int end)
    {
        var sign = text.Substring(start, _signEnd - start);
        if (sign.Any(char.IsDigit) || sign.IndexOf('+') >= 0)
        {
            return null;
        }

        var content = wanted;
        if (sign.IndexOf('-') < 0)
        {
            if (!wanted.EndsWith("\n", StringComparison.Ordinal) || end == text.Length)
            {
                return null;
            }

            content = wanted.Substring(0, wanted.Length - 1);
        }

        // An empty line would lose its place, and white space at a start would change the indentation.
        var lines = content.Split('\n');
        return (sign[0] == '|' || lines.Length == 1)
            && Array.TrueForAll(lines, line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && YamlQuotes.CanBeSingle(line))
                ? content
                : null;
    }

    /// <summary>
    /// Where the first line with text starts, or -1; how far it is indented; and where the last line with text ends.
    /// </summary>
    private (int First, int Indentation, int End) Body(int headEnd)
    {
        var (first, indentation, end) = (-1, 0, headEnd);
        var parent = IndentationOf(LineStart(start));
        for (var line = NextLine(headEnd); line < text.Length; line = NextLine(LineEnd(line)))
        {
            var lineEnd = LineEnd(line);
            var indented = IndentationOf(line);
            if (line + indented == lineEnd)
            {
                continue;
            }

            if (first < 0 ? indented <= parent && parent > 0 : indented < indentation)
            {
                break;
            }

            (first, indentation, end) = first < 0 ? (line, indented, lineEnd) : (first, indentation, lineEnd);
        }

        return (first, indentation, end);
    }

    private int IndentationOf(int line)
    {
        var position = line;
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position - line;
    }

    private int LineStart(int offset) => offset - NodePlace.ColumnOf(text, offset);

    private int LineEnd(int offset) => text.IndexOfAny(['\n', '\r'], offset) is >= 0 and var end ? end : text.Length;

    private int NextLine(int lineEnd) => Math.Min(
        text.Length, lineEnd + (lineEnd + 1 < text.Length && text[lineEnd] == '\r' && text[lineEnd + 1] == '\n' ? 2 : 1));

    private static int EndOfSign(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (text[end] is '+' or '-' || char.IsDigit(text[end])))
        {
            end++;
        }

        return end;
    }
}

namespace LogMl.Configuration.Yaml;

/// <summary>One line of a text, without its end.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="Indentation">The number of spaces and tabs at its beginning.</param>
/// <param name="Content">Its text without indentation, comment and trailing spaces.</param>
/// <param name="IsLast">Whether no line follows.</param>
internal readonly record struct TextLine(int Start, int End, int Indentation, string Content, bool IsLast)
{
    public int ContentStart => Start + Indentation;

    public int ContentEnd => ContentStart + Content.Length;
}

/// <summary>Reads single lines out of a text.</summary>
internal readonly struct TextLines(string text)
{
    private static readonly char[] Ends = ['\n', '\r'];

    public TextLine At(int offset)
    {
        // A line end belongs to the line that it ends.
        var start = offset == 0 ? 0 : text.LastIndexOfAny(Ends, Math.Min(offset, text.Length) - 1) + 1;
        var end = text.IndexOfAny(Ends, start);
        end = end < 0 ? text.Length : end;
        var indentation = 0;
        while (start + indentation < end && text[start + indentation] is ' ' or '\t')
        {
            indentation++;
        }

        return new TextLine(
            start, end, indentation, ContentOf(text.Substring(start + indentation, end - start - indentation)), end == text.Length);
    }

    /// <summary>The line after a line that is not the last one.</summary>
    public TextLine After(TextLine line) => At(line.End + 1);

    /// <summary>The nearest line above that is not empty, or null.</summary>
    public TextLine? ContentAbove(TextLine line)
    {
        for (var start = line.Start; start > 0;)
        {
            var above = At(start - 1);
            if (above.Content.Length > 0)
            {
                return above;
            }

            start = above.Start;
        }

        return null;
    }

    private static string ContentOf(string line)
    {
        var comment = line.StartsWith("#", StringComparison.Ordinal) ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? line : line.Substring(0, comment)).TrimEnd();
    }
}

using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Editing;

/// <summary>Where the content of a node is in the text: behind its anchor and its tag.</summary>
/// <param name="Start">The offset of the first character.</param>
/// <param name="End">The offset behind the last one.</param>
internal readonly record struct NodePlace(int Start, int End)
{
    public static NodePlace Of(string text, YamlNode node)
    {
        var position = node.Start;
        while (position < node.End && text[position] is '&' or '!')
        {
            while (position < node.End && !char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            position = SkipSpace(text, position, node.End);
        }

        return new NodePlace(position, node.End);
    }

    /// <summary>The number of characters before an offset in its line.</summary>
    public static int ColumnOf(string text, int offset)
    {
        var column = 0;
        while (column < offset && text[offset - column - 1] is not ('\n' or '\r' or '\uFEFF'))
        {
            column++;
        }

        return column;
    }

    private static int SkipSpace(string text, int position, int end)
    {
        while (position < end && (char.IsWhiteSpace(text[position]) || text[position] == '#'))
        {
            if (text[position] == '#')
            {
                var lineEnd = text.IndexOfAny(['\n', '\r'], position);
                position = lineEnd < 0 ? end : lineEnd;
            }
            else
            {
                position++;
            }
        }

        return Math.Min(position, end);
    }
}

using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Editing;

/// <summary>
/// Finds the comments of a value in a block that is replaced as a whole. Those inside of it go with it. Those around it stay, and may then
/// stand beside something else.
/// </summary>
/// <param name="text">The text of the file.</param>
/// <param name="key">The key of the value.</param>
/// <param name="node">The value.</param>
/// <param name="start">Where its content starts.</param>
internal sealed class BranchComments(string text, YamlNode key, YamlNode node, int start)
{
    private const int LongestShown = 60;

    private bool IsInBlock => node is not YamlScalar && text[start] is not ('{' or '[');

    /// <summary>Where the value ends, with a comment behind its last line: that is a comment on this line.</summary>
    public int End => IsInBlock && text[node.End - 1] is not ('\n' or '\r') && CommentAfter(node.End) is { } comment
        ? EndOfLine(comment)
        : node.End;

    /// <summary>The comments inside, in their order.</summary>
    public IEnumerable<(int Start, string Text)> Inside()
    {
        var position = start;
        foreach (var leaf in Leaves(node).OrderBy(leaf => leaf.Start))
        {
            foreach (var comment in Between(position, leaf.Start))
            {
                yield return comment;
            }

            position = leaf.End;
            if (leaf.Start < leaf.End && text[NodePlace.Of(text, leaf).Start] is '|' or '>')
            {
                var headEnd = EndOfLine(leaf.Start);
                foreach (var comment in Between(leaf.Start, headEnd))
                {
                    yield return comment;
                }
            }
        }

        foreach (var comment in Between(position, End))
        {
            yield return comment;
        }
    }

    /// <summary>
    /// The comments in lines of their own above the value, below its key, and those below it that are as far to the right.
    /// </summary>
    public IEnumerable<(int Start, string Text)> Around()
    {
        if (!IsInBlock)
        {
            return [];
        }

        var column = NodePlace.ColumnOf(text, start);
        var keyLineEnd = EndOfLine(key.End);
        return (keyLineEnd < start ? Between(keyLineEnd, start) : []).Concat(Below(column));
    }

    private IEnumerable<(int Start, string Text)> Below(int column)
    {
        for (var line = NextLine(End); line < text.Length; line = NextLine(line))
        {
            var first = line;
            while (first < text.Length && text[first] is ' ' or '\t')
            {
                first++;
            }

            if (first < text.Length && text[first] is '\n' or '\r')
            {
                continue;
            }

            if (first == text.Length || text[first] != '#' || first - line <= column)
            {
                yield break;
            }

            yield return (first, Shown(first));
        }
    }

    /// <summary>The comments between two tokens: a sign # at the start, or after white space, begins one.</summary>
    private IEnumerable<(int Start, string Text)> Between(int from, int to)
    {
        for (var position = from; position < to; position++)
        {
            if (text[position] == '#' && (position == 0 || char.IsWhiteSpace(text[position - 1])))
            {
                yield return (position, Shown(position));
                position = EndOfLine(position);
            }
        }
    }

    private int? CommentAfter(int position)
    {
        var first = position;
        while (first < text.Length && text[first] is ' ' or '\t')
        {
            first++;
        }

        return first > position && first < text.Length && text[first] == '#' ? first : null;
    }

    private string Shown(int comment) => ShortText.Of(text.Substring(comment, EndOfLine(comment) - comment).TrimEnd(), LongestShown);

    private int EndOfLine(int position) => text.IndexOfAny(['\n', '\r'], position) is >= 0 and var end ? end : text.Length;

    private int NextLine(int position)
    {
        var end = EndOfLine(position);
        return Math.Min(text.Length, end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1));
    }

    private static IEnumerable<YamlNode> Leaves(YamlNode node) => node switch
    {
        YamlSequence sequence => sequence.Items.SelectMany(Leaves),
        YamlMapping mapping => mapping.Pairs.SelectMany(pair => Leaves(pair.Key).Concat(Leaves(pair.Value))),
        _ => [node],
    };
}

using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Finds the comment of a key: the comment lines directly above it with the same indentation, and the comment behind its value on the same
/// line. The parser skips comments, so they are read from the text.
/// </summary>
internal sealed class KeyComments(string text)
{
    private static readonly char[] Rule = ['-', '=', '*', '#', '~', '_'];

    /// <summary>The comment in one line; null when there is none. A key that is not the first on its line has none.</summary>
    public string? Of(YamlNode key, YamlNode value)
    {
        var start = StartOfLine(key.Start);
        if (text.Substring(start, key.Start - start).Any(c => c != ' '))
        {
            return null;
        }

        var lines = Above(start, key.Start - start);
        if (Behind(key, value) is { } behind)
        {
            lines.Add(behind);
        }

        lines.RemoveAll(line => line.Trim(Rule).Length == 0);
        return lines.Count == 0 ? null : string.Join(" ", lines);
    }

    private List<string> Above(int start, int indentation)
    {
        var lines = new List<string>();
        while (start > 0)
        {
            var end = start - 1;
            start = StartOfLine(end);

            // A line with more indentation may be a part of the previous value.
            if (start + indentation >= end || text[start + indentation] != '#' || !IsBlank(start, start + indentation))
            {
                break;
            }

            lines.Add(ContentOf(text.Substring(start + indentation, end - start - indentation)));
        }

        lines.Reverse();
        return lines;
    }

    private string? Behind(YamlNode key, YamlNode value)
    {
        var end = text.IndexOf('\n', key.End);
        end = end < 0 ? text.Length : end;
        var isInLine = value.Start > key.End && value.End <= end;
        var rest = text.Substring(isInLine ? value.End : key.End, end - (isInLine ? value.End : key.End));
        if (!isInLine && rest.StartsWith(":", StringComparison.Ordinal))
        {
            rest = rest.Substring(1);
        }

        var comment = rest.TrimStart(' ', '\t');
        return comment.Length < rest.Length && comment.StartsWith("#", StringComparison.Ordinal) ? ContentOf(comment) : null;
    }

    private int StartOfLine(int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;

    private bool IsBlank(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text[i] != ' ')
            {
                return false;
            }
        }

        return true;
    }

    private static string ContentOf(string comment) => comment.TrimStart('#').Trim();
}

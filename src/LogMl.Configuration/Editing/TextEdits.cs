using System.Globalization;
using System.Text;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Editing;

/// <summary>Replaces spans of a text. What is between the spans stays as it is.</summary>
internal sealed class TextEdits(string text)
{
    private readonly SortedList<int, TextEdit> _edits = [];

    /// <summary>The replacements in the order of the text.</summary>
    public IReadOnlyList<TextEdit> All => [.. _edits.Values];

    /// <summary>Replaces a span, which must not overlap another one.</summary>
    public void Replace(int start, int end, string replacement) => _edits.Add(start, new TextEdit(start, end, replacement));

    /// <summary>The text with the replacements.</summary>
    public string Apply()
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var edit in _edits.Values)
        {
            result.Append(text, position, edit.Start - position).Append(edit.Text);
            position = edit.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>
    /// The lines that change, as a unified diff without context shows them: for each place a line with the numbers, the old lines after a
    /// minus, and the new ones after a plus.
    /// </summary>
    public IReadOnlyList<string> Diff()
    {
        var lines = new LineMap(text);
        var diff = new List<string>();
        var shift = 0;
        foreach (var group in Groups(lines))
        {
            var start = lines.StartOfLine(group[0].Start);
            var end = lines.EndOfLine(group[group.Count - 1].End);
            var changed = new TextEdits(text.Substring(start, end - start));
            foreach (var edit in group)
            {
                changed.Replace(edit.Start - start, edit.End - start, edit.Text);
            }

            var (before, after) = (Lines(text.Substring(start, end - start)), Lines(changed.Apply()));
            var line = lines.LineOf(start) + 1;
            diff.Add($"@@ -{Range(line, before.Count)} +{Range(line + shift, after.Count)} @@");
            diff.AddRange(before.Select(old => "-" + old));
            diff.AddRange(after.Select(now => "+" + now));
            shift += after.Count - before.Count;
        }

        return diff;
    }

    /// <summary>The replacements by the lines that they change: those of one group share lines, or follow each other.</summary>
    private List<List<TextEdit>> Groups(LineMap lines)
    {
        var groups = new List<List<TextEdit>>();
        var lastLine = -2;
        foreach (var edit in _edits.Values)
        {
            if (lines.LineOf(edit.Start) > lastLine + 1)
            {
                groups.Add([]);
            }

            groups[groups.Count - 1].Add(edit);
            lastLine = lines.LineOf(edit.End);
        }

        return groups;
    }

    private static List<string> Lines(string part)
    {
        List<string> lines = [.. part.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n')];
        if (lines[lines.Count - 1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    private static string Range(int line, int count) => count == 1
        ? line.ToString(CultureInfo.InvariantCulture)
        : string.Format(CultureInfo.InvariantCulture, "{0},{1}", line, count);
}

/// <summary>The replacement of a span.</summary>
/// <param name="Start">The offset of the first character.</param>
/// <param name="End">The offset behind the last one.</param>
/// <param name="Text">What takes its place.</param>
internal sealed record TextEdit(int Start, int End, string Text);

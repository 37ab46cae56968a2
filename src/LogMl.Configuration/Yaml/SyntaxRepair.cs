using System.Text.RegularExpressions;

namespace LogMl.Configuration.Yaml;

/// <summary>
/// Guesses what a text with a syntax error was meant to be, so that the mistake does not hide the rest of the file. Each guess changes one
/// place near the error, and keeps the lines where they are.
/// </summary>
internal static class SyntaxRepair
{
    /// <summary>The greatest number of guesses. Each is parsed.</summary>
    private const int MaxGuesses = 16;

    /// <summary>The greatest number of places in which a bracket is tried.</summary>
    private const int MaxPlaces = 4;

    /// <summary>The greatest number of columns in which a line is tried.</summary>
    private const int MaxColumns = 5;

    /// <summary>The length of the longest text that is worth the guesses.</summary>
    private const int MaxCharacters = 1 << 15;

    private const string Dash = "- ";
    private static readonly int[] TabWidths = [4, 2, 8];
    private static readonly string[] ValueForms = ["$1[$2", "$1{$2", "$1"];
    private static readonly Regex WithoutColon = new(@"^((?:- )*[\w.-]+)(|\s+\S.*)\z", RegexOptions.CultureInvariant);
    private static readonly Regex WithoutSpace = new(@"^((?:- )*[\w.-]+:)(\S.*)\z", RegexOptions.CultureInvariant);
    private static readonly Regex WithValue = new(@"^((?:- )*[\w.-]+: )(.*)\z", RegexOptions.CultureInvariant);
    private static readonly Regex IndentingTab = new(@"(?<=^[ \t]*)\t", RegexOptions.CultureInvariant | RegexOptions.Multiline);
    private static readonly Regex BeginOfValue = new(@"(?<=[\[{,:] *)[^\s\[\]{},:]", RegexOptions.CultureInvariant);
    private static readonly Regex BeginOfKey = new(@"(?<=[\[{,] *)[\w.-]+:", RegexOptions.CultureInvariant);

    /// <summary>Where a bracket may end: before an item that has a bracket or a key, and at the end of a line.</summary>
    private static readonly Regex Ends = new(@",(?=\s*(?:[\[{]|[\w.-]+:))|[\r\n]", RegexOptions.CultureInvariant);


    /// <summary>The guesses, the likely ones first.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="error">The error in it.</param>
    public static IEnumerable<string> GuessesFor(string text, SyntaxError error) =>
        text.Length > MaxCharacters ? [] : All(text, error).Distinct(StringComparer.Ordinal).Take(MaxGuesses);

    private static IEnumerable<string> All(string text, SyntaxError error)
    {
        var lines = new TextLines(text);
        var suspects = Suspects(lines, error).ToList();
        return (error.OpenBracket is null
                ? suspects.SelectMany(line => Keys(text, line))
                    .Concat(suspects.Take(1).SelectMany(line => Columns(lines, line)
                        .SelectMany(column => Indented(text, line, column, error.IsInList))))
                    .Concat(Tabs(text, error))
                : [])
            .Concat(Brackets(text, error))
            .Concat(new[] { error.Noticed, error.Start }.Where(offset => offset < text.Length && text[offset] is not ('\n' or '\r'))
                .Select(offset => text.Remove(offset, 1)))
            .Concat(suspects.Take(1).SelectMany(line => Values(text, line)))
            .Concat(suspects.Take(1).Select(line => With(text, line, 0, "")));
    }

    /// <summary>The lines that may be wrong: that of the message, that where the parser stopped, and the one above.</summary>
    private static IEnumerable<TextLine> Suspects(TextLines lines, SyntaxError error)
    {
        var noticed = lines.At(error.Noticed);
        return new TextLine?[] { lines.At(error.Start), noticed, lines.ContentAbove(noticed) }
            .OfType<TextLine>().Where(line => line.Content.Length > 0).Distinct();
    }

    /// <summary>The line with a colon, or a space after it.</summary>
    private static IEnumerable<string> Keys(string text, TextLine line) =>
        new[] { WithoutColon.Replace(line.Content, "$1:$2"), WithoutSpace.Replace(line.Content, "$1 $2") }
            .Where(content => content != line.Content)
            .Select(content => With(text, line, line.Indentation, content));

    /// <summary>The text with one more bracket, or with one more comma.</summary>
    private static IEnumerable<string> Brackets(string text, SyntaxError error)
    {
        var end = Math.Min(error.Noticed, text.Length);
        if (error.OpenBracket is { } open)
        {
            var close = text[open] == '[' ? "]" : "}";
            var ends = Ends.Matches(text.Substring(open, Math.Max(0, end - open))).Cast<Match>().Reverse().Take(MaxPlaces);
            foreach (var place in ends.Select(found => open + found.Index).Prepend(end))
            {
                yield return text.Insert(place, close);
            }

            yield return text.Insert(end, ",");
        }

        if (end < text.Length && text[end] is ']' or '}')
        {
            var start = new TextLines(text).At(end).Start;
            var begins = text[end] == ']' ? BeginOfValue : BeginOfKey;
            foreach (var found in begins.Matches(text.Substring(start, end - start)).Cast<Match>().Take(MaxPlaces))
            {
                yield return text.Insert(start + found.Index, text[end] == ']' ? "[" : "{");
            }
        }
    }

    /// <summary>The line with an opening bracket before its value, or without its value.</summary>
    private static IEnumerable<string> Values(string text, TextLine line) =>
        ValueForms.Where(_ => WithValue.IsMatch(line.Content))
            .Select(form => With(text, line, line.Indentation, WithValue.Replace(line.Content, form)));

    /// <summary>The text with spaces in place of tabs.</summary>
    private static IEnumerable<string> Tabs(string text, SyntaxError error) => error.Start < text.Length && text[error.Start] == '\t'
        ? TabWidths.Select(width => IndentingTab.Replace(text, new string(' ', width)))
        : [];

    /// <summary>The line in another column, as an item of a list or not.</summary>
    private static IEnumerable<string> Indented(string text, TextLine line, int column, bool isInList)
    {
        if (!isInList)
        {
            return [With(text, line, column, line.Content)];
        }

        var dashed = With(text, line, column, Dash + line.Content);
        return [dashed, WithBlockShifted(dashed, new TextLines(dashed).At(line.Start), line.Indentation)];
    }

    /// <summary>The text with what is below a line indented as the text after its dash is.</summary>
    private static string WithBlockShifted(string text, TextLine line, int indentation)
    {
        var lines = new TextLines(text);
        while (!line.IsLast && (lines.After(line) is { Content.Length: 0 } || lines.After(line).Indentation > indentation))
        {
            line = lines.After(line);
            text = text.Insert(line.Start, new string(' ', Dash.Length));
            lines = new TextLines(text);
            line = lines.At(line.Start);
        }

        return text;
    }

    /// <summary>The columns in which a line may have been meant to begin, the near ones first.</summary>
    private static IEnumerable<int> Columns(TextLines lines, TextLine line)
    {
        var columns = new HashSet<int>();
        var isNext = true;
        for (var above = lines.ContentAbove(line); above is { } other; above = lines.ContentAbove(other))
        {
            var column = other.Indentation;
            columns.Add(column);
            for (var rest = other.Content; rest.StartsWith(Dash, StringComparison.Ordinal); rest = rest.Substring(Dash.Length))
            {
                columns.Add(column += Dash.Length);
            }

            if (isNext)
            {
                isNext = false;
                columns.Add(column + 2);
                columns.Add(column + 4);
            }

            if (other.Indentation == 0)
            {
                break;
            }
        }

        if (!line.IsLast)
        {
            columns.Add(lines.After(line).Indentation);
        }

        return columns.OrderBy(column => Math.Abs(column - line.Indentation)).Take(MaxColumns);
    }

    private static string With(string text, TextLine line, int indentation, string content) =>
        string.Concat(text.Substring(0, line.Start), new string(' ', indentation), content, text.Substring(line.ContentEnd));
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace LogMl.Configuration.Yaml;

/// <summary>
/// Recognizes common syntax mistakes and suggests a correction. The parser notices most of them a line too late: it takes a line without
/// its colon for text, which ends only at the colon of the next line.
/// </summary>
internal static class SyntaxAdvice
{
    private const string Dash = "- ";
    private static readonly Regex MissingSpace = new(@"^((?:- )*[\w.-]+):(\S.*)\z", RegexOptions.CultureInvariant);
    private static readonly Regex MissingColon = new(@"^((?:- )*[\w.-]+)(?:\s+(\S.*))?\z", RegexOptions.CultureInvariant);
    private static readonly Regex BracketWithoutColon = new(@"^(?:- )*[\w.-]+\s+[\[{]", RegexOptions.CultureInvariant);
    private static readonly Regex TwoColons = new(@"^[^\s:'""]+:\s+(?=[^\s'""\[{&*!|>])(.*:(?:\s.*)?)\z", RegexOptions.CultureInvariant);

    /// <summary>The place and the advice; null when only the parser's message is known.</summary>
    /// <param name="message">What the parser says.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="offset">Where the parser has noticed the mistake.</param>
    public static (int Start, int End, string Reason)? Find(string message, string text, int offset)
    {
        var lines = new TextLines(text);
        var line = lines.At(offset);
        return message switch
        {
            _ when !message.Contains("flow") && StrayBracket(text, offset) is { } bracket =>
                BracketWithoutColon.IsMatch(line.Content) ? WithoutColon(line) : bracket,
            _ when message.Contains("multiline plain scalar, found invalid mapping") =>
                LineWithoutColon(lines.ContentAbove(line)) ?? Mapping(line, lines),
            _ when message.Contains("found invalid mapping") => Mapping(line, lines),
            _ when message.Contains("could not find expected ':'") => LineWithoutColon(line),
            _ when message.Contains("block mapping, did not find expected key") => Key(line, lines),
            _ when message.Contains("did not find expected '-' indicator") => Item(line, lines),
            _ when message.Contains("quoted scalar, found unexpected end of stream") =>
                (offset, offset + 1, "the quote that opens here is never closed"),
            _ when message.Contains("unknown escape character") =>
                (offset, offset + 1, "a backslash in double quotes begins an escape; write it twice, or use single quotes"),
            _ when message.Contains("cannot start any token") && offset < text.Length =>
                (offset, offset + 1, $"no value can begin with '{text[offset]}'; put it in quotes"),
            _ when message.Contains("flow mapping, did not find expected") => (offset, offset + 1, "a ',' or a '}' is missing before this"),
            _ when message.Contains("flow sequence, did not find expected") =>
                (offset, offset + 1, "a ',' or a ']' is missing before this"),
            _ => null,
        };
    }

    /// <summary>
    /// Finds a closing bracket where none is open. Within brackets, a bracket of another kind rather means that an end is missing.
    /// </summary>
    private static (int, int, string)? StrayBracket(string text, int offset) =>
        offset < text.Length && text[offset] is ']' or '}'
            ? (offset, offset + 1, $"nothing is open that this '{text[offset]}' could close")
            : null;

    private static (int, int, string)? LineWithoutColon(TextLine? candidate) =>
        candidate is not { } line || line.Content.Contains(": ") || line.Content.EndsWith(":", StringComparison.Ordinal)
            ? null
            : WithoutColon(line);

    private static (int, int, string) WithoutColon(TextLine line)
    {
        var advice = MissingSpace.Match(line.Content) is { Success: true } joined
            ? $"a space is missing after the colon: write '{Pair(joined)}'"
            : MissingColon.Match(line.Content) is { Success: true } apart ? $"a colon is missing: write '{Pair(apart)}'"
            : "a colon is missing";
        return (line.ContentStart, line.ContentEnd, advice);
    }

    private static string Pair(Match match) => YamlScalar.Display(match.Groups[1].Value + ": " + match.Groups[2].Value).TrimEnd();

    /// <summary>Finds a colon where a value cannot have one.</summary>
    private static (int, int, string)? Mapping(TextLine line, TextLines lines)
    {
        if (TwoColons.Match(line.Content) is { Success: true } match)
        {
            var value = match.Groups[1];
            return (
                line.ContentStart + value.Index, line.ContentEnd,
                $"a value with a colon needs quotes: '{YamlScalar.Display(value.Value)}'");
        }

        return lines.ContentAbove(line) is { } above && line.Indentation > above.Indentation
            ? (line.ContentStart, line.ContentEnd, "this is indented below a key that has a value already; indent it like that key")
            : null;
    }

    /// <summary>Finds a line among the keys of a mapping that is no key.</summary>
    private static (int, int, string)? Key(TextLine line, TextLines lines)
    {
        if (line.Content == "-" || line.Content.StartsWith(Dash, StringComparison.Ordinal))
        {
            return (line.ContentStart, line.ContentEnd, "an item of a list stands among the keys of a mapping");
        }

        var columns = KeyColumns(line, lines);
        return columns.Contains(line.Indentation)
            ? LineWithoutColon(line) ?? LineWithoutColon(lines.ContentAbove(line))
            : (line.ContentStart, line.ContentEnd,
                $"this is indented by {Show(line.Indentation)}, and no key above that it could belong to is "
                + $"({string.Join(", ", columns.Select(Show))})");
    }

    /// <summary>Finds a line among the items of a list that is none.</summary>
    private static (int, int, string) Item(TextLine line, TextLines lines)
    {
        var columns = new List<int>();
        for (var above = lines.ContentAbove(line); columns.Count == 0 && above is { } item; above = lines.ContentAbove(item))
        {
            var rest = item.Content;
            for (var column = item.Indentation; rest.StartsWith(Dash, StringComparison.Ordinal); column += Dash.Length)
            {
                columns.Add(column);
                rest = rest.Substring(Dash.Length);
            }
        }

        var indentation = columns.Count == 0 || columns.Contains(line.Indentation)
            ? ""
            : $", indented by {Show(columns[columns.Count - 1])} as the item above";
        return (
            line.ContentStart, line.ContentEnd,
            $"the dash of this item of the list is missing: write '{YamlScalar.Display(Dash + line.Content)}'{indentation}");
    }

    /// <summary>The indentations of the mappings that a line can continue.</summary>
    private static List<int> KeyColumns(TextLine line, TextLines lines)
    {
        var columns = new List<int>();
        for (var above = lines.ContentAbove(line); above is { } key; above = lines.ContentAbove(key))
        {
            if (columns.Count == 0 || key.Indentation < columns[0])
            {
                columns.Insert(0, key.Indentation);
            }

            if (key.Indentation == 0)
            {
                break;
            }
        }

        return columns;
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Text.RegularExpressions;

namespace LogMl.Tool.Filters;

/// <summary>Takes an expression apart.</summary>
internal static partial class FilterTokens
{
    /// <exception cref="FormatException">A piece cannot be read.</exception>
    public static IReadOnlyList<FilterToken> Of(string text)
    {
        var tokens = new List<FilterToken>();
        for (var at = 0; !string.IsNullOrWhiteSpace(text[at..]);)
        {
            var found = Form().Match(text, at);
            if (!found.Success)
            {
                throw new FormatException($"'{text[at..].Trim()}' cannot be read.");
            }

            tokens.Add(Token(found));
            at = found.Index + found.Length;
        }

        return tokens;
    }

    private static FilterToken Token(Match found)
    {
        string? Value(string group) => found.Groups[group] is { Success: true, Value: var value } ? value : null;
        return (Value("number"), Value("text"), Value("quoted"), Value("name"), Value("sign")) switch
        {
            ({ } number, _, _, _, _) => new(TokenKind.Number, number, number),
            (_, { } quoted, _, _, _) => new(TokenKind.Text, $"'{quoted}'", quoted),
            (_, _, { } quoted, _, _) => new(TokenKind.Name, $"`{quoted}`", quoted),
            (_, _, _, "and" or "or" or "not", _) => new(TokenKind.Word, found.Groups["name"].Value, found.Groups["name"].Value),
            (_, _, _, { } name, _) => new(TokenKind.Name, name, name),
            (_, _, _, _, var sign) => new(TokenKind.Word, sign!, sign!),
        };
    }

    [GeneratedRegex(
        @"\G\s*(?:(?<number>[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)(?![\w.])|'(?<text>[^']*)'|`(?<quoted>[^`]+)`|"
        + @"(?<name>[\p{L}_][\p{L}\p{N}_.-]*)|(?<sign><=|>=|==|!=|&&|\|\||[<>=~!()]))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

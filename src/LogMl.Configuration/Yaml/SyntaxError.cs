using System.Globalization;
using YamlDotNet.Core;

namespace LogMl.Configuration.Yaml;

/// <summary>Where and why YamlDotNet gave up, in words for the author of the file.</summary>
internal readonly record struct SyntaxError(int Start, int End, string Reason)
{
    /// <param name="exception">What YamlDotNet threw. For some malformed texts it is not a <see cref="YamlException"/>.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="offset">Where the parsed text starts in it.</param>
    /// <param name="position">Where the scanner stands.</param>
    public static SyntaxError From(Exception exception, string text, int offset, Mark position)
    {
        if (exception is not YamlException yaml)
        {
            var place = Math.Min(offset + (int)position.Index, text.Length);
            return new SyntaxError(place, place + 1, "what stands here does not fit what comes before it");
        }

        var start = Math.Min(offset + (int)yaml.Start.Index, text.Length);
        if (yaml.Message.Contains("tab") && IndentingTab(text, start) is >= 0 and var tab)
        {
            return new SyntaxError(tab, tab + 1, "a tab cannot indent; use spaces");
        }

        var reason = yaml.Message.Replace("  ", " ").TrimEnd('.');
        return new SyntaxError(start, Math.Max(start + 1, offset + (int)yaml.End.Index), reason);
    }

    /// <summary>Adds which bracket still waits for its end: it is there that the mistake was made.</summary>
    public SyntaxError WithOpenBracket(char bracket, int line) =>
        this with { Reason = $"{Reason} (the '{bracket}' of line {line.ToString(CultureInfo.InvariantCulture)} is still open)" };

    /// <summary>The first tab in the indentation of a line, from the line of an offset on; -1 when there is none.</summary>
    private static int IndentingTab(string text, int from)
    {
        var isIndentation = from == 0 || text[from - 1] is '\n' or '\r';
        for (var i = from; i < text.Length; i++)
        {
            if (isIndentation && text[i] == '\t')
            {
                return i;
            }

            isIndentation = text[i] is '\n' or '\r' || (isIndentation && text[i] == ' ');
        }

        return -1;
    }
}

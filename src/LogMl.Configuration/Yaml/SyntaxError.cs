using System.Globalization;
using YamlDotNet.Core;

namespace LogMl.Configuration.Yaml;

/// <summary>Where and why YamlDotNet stopped, in words for the author of the file.</summary>
internal readonly record struct SyntaxError(int Start, int End, string Reason)
{
    /// <summary>Where the parser has noticed it.</summary>
    public int Noticed { get; private init; }

    /// <summary>The offset of the innermost bracket that is open there; null when none is.</summary>
    public int? OpenBracket { get; private init; }

    /// <summary>Whether an item of a list was expected.</summary>
    public bool IsInList { get; private init; }

    /// <summary>Whether a bracket that is still open can be the cause.</summary>
    private bool MayBeOpenBracket { get; init; }

    /// <param name="exception">What YamlDotNet threw. For some malformed texts it is not a <see cref="YamlException"/>.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="offset">Where the parsed text starts in it.</param>
    /// <param name="position">Where the scanner stands.</param>
    public static SyntaxError From(Exception exception, string text, int offset, Mark position)
    {
        var yaml = exception as YamlException;
        var start = Math.Min(offset + (int)(yaml?.Start ?? position).Index, text.Length);
        return Of(yaml, text, start, yaml is null ? start : offset + (int)yaml.End.Index) with
        {
            Noticed = start,
            IsInList = yaml?.Message.Contains("block collection") == true,
        };
    }

    /// <summary>Adds the bracket that is still open. Where it can be the mistake, the message says so.</summary>
    public SyntaxError WithOpenBracket(char bracket, int offset, int line) => this with
    {
        OpenBracket = offset,
        Reason = MayBeOpenBracket
            ? $"{Reason} (the '{bracket}' of line {line.ToString(CultureInfo.InvariantCulture)} is still open)"
            : Reason,
    };

    private static SyntaxError Of(YamlException? yaml, string text, int start, int end)
    {
        if (IndentingTab(text, start, onlyThisLine: yaml?.Message.Contains("tab") != true) is >= 0 and var tab)
        {
            return new SyntaxError(tab, tab + 1, "a tab cannot indent; use spaces");
        }

        if (yaml is null)
        {
            return new SyntaxError(start, start + 1, "what stands here does not fit what comes before it") { MayBeOpenBracket = true };
        }

        var message = yaml.Message.Replace("  ", " ");
        return SyntaxAdvice.Find(message, text, start) is var (from, to, advice)
            ? new SyntaxError(from, to, advice) { MayBeOpenBracket = message.Contains("flow") }
            : new SyntaxError(start, Math.Max(start + 1, end), message.TrimEnd('.')) { MayBeOpenBracket = true };
    }

    /// <summary>The first tab in the indentation of the line of an offset, or of a later one; -1 when there is none.</summary>
    private static int IndentingTab(string text, int offset, bool onlyThisLine)
    {
        var lines = new TextLines(text);
        for (var line = lines.At(offset); line.Start <= text.Length; line = lines.After(line))
        {
            var tab = text.IndexOf('\t', line.Start, line.Indentation);
            if (tab >= 0 || onlyThisLine || line.IsLast)
            {
                return tab;
            }
        }

        return -1;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace LogMl.Host;

/// <summary>A place in the user's sources.</summary>
/// <param name="File">The path, or empty.</param>
/// <param name="Line">From 1; 0 when unknown.</param>
internal sealed partial record SourcePlace(string File, int Line)
{
    public static readonly SourcePlace Unknown = new("", 0);

    /// <summary>The first frame of a stack trace that has a file and a line: with symbols present, user code.</summary>
    public static SourcePlace OfStack(string stack)
    {
        var frame = Frame().Match(stack);
        return frame.Success && int.TryParse(frame.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? new SourcePlace(frame.Groups["file"].Value, line)
            : Unknown;
    }

    [GeneratedRegex(@"^   at .* in (?<file>.+):line (?<line>\d+)\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Frame();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace LogMl.Host;

/// <summary>A place in the user's sources.</summary>
/// <param name="File">The path, or empty.</param>
/// <param name="Line">From 1; 0 when unknown.</param>
internal sealed partial record SourcePlace(string File, int Line)
{
    /// <summary>The column, from 1; 0 when unknown.</summary>
    public int Column { get; init; }

    public static readonly SourcePlace Unknown = new("", 0);

    /// <summary>
    /// The first frame of a stack trace whose source file is on this machine. It is code of the user, not of a library that was built
    /// elsewhere.
    /// </summary>
    public static SourcePlace OfStack(string stack)
    {
        foreach (Match frame in Frame().Matches(stack))
        {
            var file = frame.Groups["file"].Value;
            if (System.IO.File.Exists(file)
                && int.TryParse(frame.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
            {
                return new SourcePlace(file, line);
            }
        }

        return Unknown;
    }

    [GeneratedRegex(@"^   at .* in (?<file>.+):line (?<line>\d+)\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Frame();
}

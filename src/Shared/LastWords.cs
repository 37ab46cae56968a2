namespace LogMl.Shared;

/// <summary>Finds, in what a process printed before it died, the line that says why.</summary>
internal static class LastWords
{
    /// <summary>How the .NET runtime and its launcher begin, and how the line begins that tells the rest: the cause, the frame, the framework.</summary>
    private static readonly (string Beginning, string? Detail)[] Known =
    [
        ("Unhandled exception. ", "--->"),
        ("Stack overflow", "at "),
        ("Out of memory", null),
        ("Process terminated.", null),
        ("Fatal error.", "at "),
        ("You must install or update .NET", "Framework:"),
    ];

    /// <summary>The line, with what belongs to it; without a known one, the last line that is no part of a stack trace. Null when there is none.</summary>
    public static string? Of(string output)
    {
        var lines = Array.ConvertAll(output.Split('\n'), line => line.Trim());
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var known = Array.Find(Known, candidate => line.StartsWith(candidate.Beginning, StringComparison.Ordinal));
            if (known.Beginning is not null)
            {
                return known.Detail is { } start && lines.Skip(i + 1).FirstOrDefault(rest => rest.StartsWith(start, StringComparison.Ordinal)) is { } detail ? line + " " + detail : line;
            }
        }

        return Array.FindLast(lines, line => line.Length > 0 && !line.StartsWith("at ", StringComparison.Ordinal) && !line.StartsWith("---", StringComparison.Ordinal));
    }
}

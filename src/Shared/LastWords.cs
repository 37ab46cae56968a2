namespace LogMl.Shared;

/// <summary>Finds the line in a dead process's output that says why it died.</summary>
internal static class LastWords
{
    /// <summary>
    /// How fatal messages of the .NET runtime and its launcher begin, and how a later line begins that has the detail: the cause, the
    /// frame, the framework.
    /// </summary>
    private static readonly (string Beginning, string? Detail)[] Known =
    [
        ("Unhandled exception. ", "--->"),
        ("Stack overflow", "at "),
        ("Out of memory", null),
        ("Process terminated.", null),
        ("Fatal error.", "at "),
        ("You must install or update .NET", "Framework:"),
    ];

    /// <summary>The known line with its detail; else the last line that is no part of a stack trace; null when there is none.</summary>
    public static string? Of(string output)
    {
        var lines = Array.ConvertAll(output.Split('\n'), line => line.Trim());
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var known = Array.Find(Known, candidate => line.StartsWith(candidate.Beginning, StringComparison.Ordinal));
            if (known.Beginning is not null)
            {
                return known.Detail is { } start
                    && lines.Skip(i + 1).FirstOrDefault(rest => rest.StartsWith(start, StringComparison.Ordinal)) is { } detail
                    ? line + " " + detail
                    : line;
            }
        }

        return Array.FindLast(lines, line => line.Length > 0 && !IsOfStackTrace(line));
    }

    /// <summary>Whether a line without the spaces around it is how a known message begins.</summary>
    public static bool IsKnown(string line) => Array.Exists(Known, known => line.StartsWith(known.Beginning, StringComparison.Ordinal));

    /// <summary>Whether a line without the spaces around it is part of a stack trace.</summary>
    public static bool IsOfStackTrace(string line) =>
        line.StartsWith("at ", StringComparison.Ordinal) || line.StartsWith("---", StringComparison.Ordinal)
            || line.StartsWith("Repeated ", StringComparison.Ordinal);
}

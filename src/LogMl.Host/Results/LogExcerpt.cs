using System.Text.RegularExpressions;

namespace LogMl.Host.Results;

/// <summary>The last lines that a failed trial has printed: what is stored with it, for those who cannot see its machine.</summary>
internal static partial class LogExcerpt
{
    /// <summary>How much of the end of each of the two streams is kept, in UTF-16 code units.</summary>
    private const int Longest = 2_000;

    /// <summary>The end of the output, then that of the errors; null when there is neither.</summary>
    /// <param name="output">What the trial has printed, or the end of it.</param>
    /// <param name="errors">What it has printed as errors, or the end of that.</param>
    public static string? Of(string output, string errors)
    {
        string[] texts = [.. ((string[])[output, errors]).Select(Tail).Where(text => text.Length > 0)];
        return texts.Length == 0 ? null : string.Join("\n", texts);
    }

    private static string Tail(string printed)
    {
        // A progress bar overwrites its line: only its last state is worth the room.
        var lines = Colours().Replace(printed, "").Split('\n').Select(line => line.TrimEnd('\r'))
            .Select(line => line[(line.LastIndexOf('\r') + 1)..]);

        // Casts of PostgreSQL refuse NUL, and terminals obey the others.
        var text = string.Concat(string.Join('\n', lines).Where(c => !char.IsControl(c) || c is '\n' or '\t')).Trim();
        if (text.Length <= Longest)
        {
            return text;
        }

        // The first line that is kept is whole, unless there is no other.
        text = text[^Longest..];
        return text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[(end + 1)..].TrimStart()
            : char.IsLowSurrogate(text[0]) ? text[1..] : text;
    }

    /// <summary>Matches the control sequences of a terminal.</summary>
    [GeneratedRegex(@"\u001b\[[0-?]*[ -/]*[@-~]", RegexOptions.CultureInvariant)]
    private static partial Regex Colours();
}

using System.Globalization;

namespace LogMl.Shared;

/// <summary>
/// Limits the length of texts that user code decides: an exception may have a message of any size. Compiled into host and worker: the
/// worker sends nothing longer, and the host stores nothing longer, whoever has sent it.
/// </summary>
internal static class BoundedText
{
    /// <summary>The longest message of a failure, in UTF-16 code units.</summary>
    public const int LongestMessage = 4 * 1024;

    /// <summary>The longest exception with its stack trace, in UTF-16 code units.</summary>
    public const int LongestStack = 64 * 1024;

    /// <summary>The greatest length of the note that replaces what is left out.</summary>
    private const int LongestGap = 64;

    /// <summary>
    /// Cuts a text to at most <paramref name="most"/> characters. Of a longer text the beginning and the end stay, with a note between them
    /// of how much is missing.
    /// </summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var head = (most - LongestGap) / 4 * 3;
        var tail = text.Length - ((most - LongestGap) / 4);

        // The cut must not split a surrogate pair.
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Create(
            CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)} [... {tail - head} characters left out ...] {text.AsSpan(tail)}");
    }
}

using System.Globalization;

namespace LogMl.Shared;

/// <summary>
/// Bounds the texts whose length user code decides: an exception may have a message of any size. Compiled into host and worker: the worker sends nothing longer, and the host stores nothing longer, whoever sent it.
/// </summary>
internal static class BoundedText
{
    /// <summary>The longest message of a failure, in UTF-16 code units.</summary>
    public const int LongestMessage = 4 * 1024;

    /// <summary>The longest exception with its stack trace, in UTF-16 code units.</summary>
    public const int LongestStack = 64 * 1024;

    /// <summary>Of the sentence that stands for what is left out.</summary>
    private const int LongestGap = 64;

    /// <summary>A text that is not longer than <paramref name="most"/>: of a longer one the beginning and the end, and how much is missing between them.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var head = (most - LongestGap) / 4 * 3;
        var tail = text.Length - ((most - LongestGap) / 4);

        // No half of a surrogate pair.
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)} [... {tail - head} characters left out ...] {text.AsSpan(tail)}");
    }
}

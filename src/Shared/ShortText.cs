namespace LogMl.Shared;

/// <summary>Shortens what messages and documentation quote.</summary>
internal static class ShortText
{
    /// <summary>The text, or of one that is longer the beginning and three dots.</summary>
    /// <param name="text">What is quoted.</param>
    /// <param name="most">How many UTF-16 code units of it are shown.</param>
    public static string Of(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // No half of a surrogate pair.
        return text.Remove(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most) + "...";
    }

    /// <summary>A list in brackets. Of a long list, only the first items, followed by three dots.</summary>
    /// <param name="items">The items.</param>
    /// <param name="most">The maximum number of items.</param>
    /// <param name="show">Returns the text of an item.</param>
    public static string OfList<T>(IReadOnlyCollection<T> items, int most, Func<T, string> show) =>
        "[" + string.Join(", ", items.Take(most).Select(show)) + (items.Count > most ? ", ...]" : "]");
}

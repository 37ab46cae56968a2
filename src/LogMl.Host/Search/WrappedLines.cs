namespace LogMl.Host.Search;

/// <summary>Items of the summary with commas between them, in as many lines as they need.</summary>
internal static class WrappedLines
{
    private const int WrapAt = 78;

    /// <summary>The lines, each with the indentation of the summary. An item is not cut.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> items)
    {
        var line = "";
        foreach (var item in items)
        {
            if (line.Length > 0 && SearchSummary.Indent.Length + line.Length + 2 + item.Length > WrapAt)
            {
                yield return SearchSummary.Indent + line + ",";
                line = "";
            }

            line += line.Length == 0 ? item : ", " + item;
        }

        yield return SearchSummary.Indent + line;
    }
}

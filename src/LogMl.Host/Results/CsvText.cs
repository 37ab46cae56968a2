namespace LogMl.Host.Results;

/// <summary>Rows as RFC 4180 has them, with a line feed at the end.</summary>
internal static class CsvText
{
    public static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Field)) + "\n";

    /// <summary>The number of whole rows of a file; a line feed within quotes ends none.</summary>
    public static int CountRows(string path)
    {
        var rows = 0;
        var isQuoted = false;
        using var file = File.OpenRead(path);
        var buffer = new byte[64 * 1024];
        while (file.Read(buffer) is > 0 and var read)
        {
            foreach (var value in buffer.AsSpan(0, read))
            {
                isQuoted ^= value == '"';
                rows += value == '\n' && !isQuoted ? 1 : 0;
            }
        }

        return rows;
    }

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") || text.StartsWith(' ') || text.EndsWith(' ') ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}

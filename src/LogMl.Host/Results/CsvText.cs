namespace LogMl.Host.Results;

/// <summary>Rows as RFC 4180 has them, with a line feed at the end.</summary>
internal static class CsvText
{
    public static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Field)) + "\n";

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") || text.StartsWith(' ') || text.EndsWith(' ') ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}

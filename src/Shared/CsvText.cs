using System.Text;

namespace LogMl.Shared;

/// <summary>Writes and reads rows of a CSV file in the form of RFC 4180, with a line feed at the end.</summary>
internal static class CsvText
{
    public static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Field)) + "\n";

    /// <summary>
    /// A text as a cell that no spreadsheet takes for a formula: an apostrophe goes before =, +, -, @, their full-width forms, tab and
    /// carriage return. Some spreadsheets skip blanks, so blanks before such a character make no difference. Control characters other than
    /// tabs and line breaks are escaped, so that the file cannot control the terminal that shows it.
    /// </summary>
    public static string Cell(string text)
    {
        var visible = VisibleText.OfLines(text);
        return visible.Length > 0
            && (BeginsFormula(visible[0]) || (visible.AsSpan().TrimStart() is [var first, ..] && BeginsFormula(first)))
            ? "'" + visible
            : visible;
    }

    /// <summary>A cell that is not text. A number stays a number, whatever its sign.</summary>
    public static string Literal(string text) => VisibleText.OfLines(text);

    /// <summary>The number of complete rows of a file. A line feed within quotes ends no row.</summary>
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

    /// <summary>
    /// The first fields of each complete row of a file. They must be short and without quotes, as numbers and states are.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="count">How many fields to read. A row with fewer is left out.</param>
    public static List<string[]> ReadStarts(string path, int count)
    {
        var starts = new List<string[]>();
        var row = new StringBuilder();
        var (isQuoted, commas) = (false, 0);
        using var file = new StreamReader(path);
        while (file.Read() is >= 0 and var read)
        {
            var c = (char)read;
            isQuoted ^= c == '"';
            commas += c == ',' && !isQuoted ? 1 : 0;
            if (c == '\n' && !isQuoted)
            {
                starts.Add(row.ToString().Split(','));
                row.Clear();
                commas = 0;
            }
            else if (commas < count)
            {
                row.Append(c);
            }
        }

        starts.RemoveAll(start => start.Length < count);
        return starts;
    }

    /// <summary>Some spreadsheets read the full-width forms as the usual characters.</summary>
    private static bool BeginsFormula(char c) => c is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") || text.StartsWith(' ') || text.EndsWith(' ')
            ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : text;
}

using System.Text;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>Rows as RFC 4180 has them, with a line feed at the end.</summary>
internal static class CsvText
{
    public static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Field)) + "\n";

    /// <summary>
    /// A text as a cell that no spreadsheet takes for a formula: an apostrophe before = + - @, their full-width forms, and what else begins one, also behind blanks, which some leave out. And no cell has power over the terminal that shows the file: control characters but tabs and line breaks are written as escapes.
    /// </summary>
    public static string Cell(string text)
    {
        var visible = VisibleText.OfLines(text);
        return visible.Length > 0 && (BeginsFormula(visible[0]) || (visible.AsSpan().TrimStart() is [var first, ..] && BeginsFormula(first))) ? "'" + visible : visible;
    }

    /// <summary>What is no text: a number stays one, whatever its sign.</summary>
    public static string Literal(string text) => VisibleText.OfLines(text);

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

    /// <summary>The first fields of each whole row of a file, where they are short and without quotes, as numbers and states are.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">How many fields; a row with fewer is left out.</param>
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

    /// <summary>Some spreadsheets take the full-width forms for the others.</summary>
    private static bool BeginsFormula(char c) => c is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") || text.StartsWith(' ') || text.EndsWith(' ') ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}

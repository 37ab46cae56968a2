using System.Globalization;

namespace LogMl.Benchmarks;

/// <summary>Prints rows of figures under a header, right-aligned but for the first column.</summary>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(string name, params ReadOnlySpan<string> cells) => _rows.Add([name, .. cells]);

    public void Print()
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows)
        {
            Console.WriteLine("  "
                + string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))));
        }
    }

    public static string Milliseconds(double milliseconds) =>
        milliseconds.ToString(milliseconds < 10 ? "0.00" : milliseconds < 1000 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + " ms";

    public static string Kilobytes(double bytes) => (bytes / 1024).ToString("#,0", CultureInfo.InvariantCulture) + " kB";
}

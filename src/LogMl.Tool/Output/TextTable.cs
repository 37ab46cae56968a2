using System.Globalization;
using LogMl.Shared;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LogMl.Tool.Output;

/// <summary>
/// Prints a table: with lines and colours on a terminal, and as columns between blanks for other programs. What a cell has in it is text,
/// and neither markup nor a command to the terminal.
/// </summary>
internal static class TextTable
{
    private const int Gap = 2;

    /// <summary>What a column of a framed table takes besides its text.</summary>
    private const int FramedGap = 3;

    /// <summary>Prints the table.</summary>
    /// <param name="console">The console.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="wholeIn">The options that print all columns, for the line below a table that the terminal has no room for.</param>
    public static void Print(
        ToolConsole console, IReadOnlyList<TableColumn> columns, IReadOnlyList<string[]> rows, string wholeIn = "--json")
    {
        string[] titles = [.. columns.Select(column => VisibleText.Of(column.Title))];
        string[][] cells = [.. rows.Select(row => columns.Select((column, i) => Cell(row[i], console, column)).ToArray())];
        int[] widths = [.. columns.Select((_, i) => cells.Select(row => Width(row[i])).Append(Width(titles[i])).Max())];
        var shown = Fitting(columns, widths, console.Width);
        if (console.Width is null)
        {
            PrintPlain(console.Output, columns, titles, cells, widths, shown);
        }
        else
        {
            PrintFramed(console, columns, titles, cells, shown);
        }

        if (columns.Count - shown.Length is > 0 and var hidden)
        {
            var what = hidden == 1 ? "One column does" : string.Create(CultureInfo.InvariantCulture, $"{hidden} columns do");
            console.Output.WriteLine($"{what} not fit into the terminal. All are in {wholeIn}.");
        }
    }

    private static string Cell(string text, ToolConsole console, TableColumn column)
    {
        var visible = VisibleText.Of(text);
        return console.Width is not null && column.Longest is { } most ? ShortText.Of(visible, most) : visible;
    }

    private static int Width(string text) => text.GetCellWidth();

    /// <summary>The columns that fit. Of those that may be left out, the last ones are.</summary>
    private static int[] Fitting(IReadOnlyList<TableColumn> columns, int[] widths, int? width)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (width is { } most && shown.Sum(i => widths[i] + FramedGap) + 1 > most
            && shown.FindLastIndex(i => columns[i].MayBeLeftOut) is >= 0 and var last)
        {
            shown.RemoveAt(last);
        }

        return [.. shown];
    }

    private static void PrintPlain(
        TextWriter output, IReadOnlyList<TableColumn> columns, string[] titles, string[][] cells, int[] widths, int[] shown)
    {
        foreach (var row in cells.Prepend(titles))
        {
            var line = shown.Select(i =>
            {
                var blanks = new string(' ', widths[i] - Width(row[i]));
                return columns[i].IsNumber ? blanks + row[i] : row[i] + blanks;
            });
            output.WriteLine(string.Join(new string(' ', Gap), line).TrimEnd());
        }
    }

    private static void PrintFramed(
        ToolConsole console, IReadOnlyList<TableColumn> columns, string[] titles, string[][] cells, int[] shown)
    {
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = new Style(Color.Grey) };
        foreach (var i in shown)
        {
            var column = new Spectre.Console.TableColumn(new Text(titles[i], new Style(decoration: Decoration.Bold)));
            table.AddColumn(columns[i].IsNumber ? column.RightAligned() : column);
        }

        foreach (var row in cells)
        {
            table.AddRow(shown.Select(i => (IRenderable)new Text(row[i])));
        }

        Terminal.Of(console).Write(table);
    }
}

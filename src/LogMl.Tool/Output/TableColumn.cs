namespace LogMl.Tool.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="IsNumber">Whether its cells are numbers, which stand at the right.</param>
internal sealed record TableColumn(string Title, bool IsNumber = false)
{
    /// <summary>Whether it is left out first where the terminal is narrow.</summary>
    public bool MayBeLeftOut { get; init; }

    /// <summary>How many characters of a cell a terminal shows; null for all, on more lines where it is narrow.</summary>
    public int? Longest { get; init; }
}

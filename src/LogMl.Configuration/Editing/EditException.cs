namespace LogMl.Configuration.Editing;

/// <summary>Ends the work on a file that cannot be changed.</summary>
internal sealed class EditException(int start, int end, string message) : Exception(message)
{
    /// <summary>Where the reason is in the text.</summary>
    public int Start { get; } = start;

    /// <summary>The offset behind it.</summary>
    public int End { get; } = end;
}

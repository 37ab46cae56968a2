namespace LogMl.Shared.Parameters;

/// <summary>A file of parameters that cannot be used: why, and where.</summary>
internal sealed class ParameterFileException(string message, FilePlace place) : Exception(message)
{
    public FilePlace Place { get; } = place;
}

/// <summary>A place in a file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 code units, from 1.</param>
/// <param name="Start">The same as an offset from the beginning of the file, from 0.</param>
/// <param name="Length">The number of UTF-16 code units, all in this line.</param>
internal readonly record struct FilePlace(int Line, int Column, int Start, int Length);

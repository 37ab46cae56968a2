namespace LogMl.Configuration.Diagnostics;

/// <summary>
/// A piece of the YAML text. All numbers are 0-based and count UTF-16 code units, as Roslyn's <c>TextSpan</c> and <c>LinePosition</c> do;
/// the end is exclusive.
/// </summary>
/// <param name="Start">Offset of the first character.</param>
/// <param name="Length">Number of characters; 0 for a place where something is missing.</param>
/// <param name="StartLine">Line of the first character.</param>
/// <param name="StartColumn">Column of the first character.</param>
/// <param name="EndLine">Line of the end.</param>
/// <param name="EndColumn">Column of the end.</param>
public readonly record struct SourceSpan(int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn);

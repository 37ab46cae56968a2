using LogMl.Configuration.Diagnostics;

namespace LogMl.Configuration.Yaml;

/// <summary>
/// Turns offsets into lines and columns. Lines end where Roslyn's SourceText ends them: CR LF, LF, CR, U+0085, U+2028, U+2029.
/// </summary>
internal sealed class LineMap
{
    private readonly List<int> _starts = [0];
    private readonly int _length;

    public LineMap(string text)
    {
        _length = text.Length;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\n' or '\u0085' or '\u2028' or '\u2029' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                _starts.Add(i + 1);
            }
        }
    }

    /// <summary>The number of lines.</summary>
    public int Count => _starts.Count;

    public int LineOf(int offset)
    {
        var index = _starts.BinarySearch(offset);
        return index >= 0 ? index : ~index - 1;
    }

    /// <summary>The span between two offsets, cut to the text.</summary>
    public SourceSpan Span(int start, int end)
    {
        start = Math.Max(0, Math.Min(start, _length));
        end = Math.Max(start, Math.Min(end, _length));
        var startLine = LineOf(start);
        var endLine = LineOf(end);
        return new SourceSpan(start, end - start, startLine, start - _starts[startLine], endLine, end - _starts[endLine]);
    }

    /// <summary>Where the line of an offset starts.</summary>
    public int StartOfLine(int offset) => BoundsOf(LineOf(offset)).Start;

    /// <summary>Where the line of an offset ends: the start of the next line, or the end of the text.</summary>
    public int EndOfLine(int offset) => BoundsOf(LineOf(offset)).End;

    /// <summary>Where a line starts, and where the next one does or the text ends.</summary>
    public (int Start, int End) BoundsOf(int line) => (_starts[line], line + 1 < _starts.Count ? _starts[line + 1] : _length);
}

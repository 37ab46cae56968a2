using LogMl.Configuration.Diagnostics;

namespace LogMl.Configuration.Yaml;

/// <summary>
/// Where the places of a repaired text stand in the text of the author. A guess of <see cref="SyntaxRepair"/> moves what comes after its
/// change, and an editor shows the author's text.
/// </summary>
/// <param name="written">The text of the author.</param>
/// <param name="repaired">The guess that was read in its place.</param>
internal sealed class RepairedPositions(string written, string repaired)
{
    private readonly LineMap _written = new(written);
    private readonly LineMap _repaired = new(repaired);

    /// <summary>The map of the repaired text, with the spans of the author's text.</summary>
    public SourceMap Translate(SourceMap positions) => new(
        positions.Entries
            .Select(entry => entry with
            {
                Span = _written.Span(Written(entry.Span.Start), Written(entry.Span.Start + entry.Span.Length)),
            })
            .ToEquatableArray());

    /// <summary>
    /// The offset in the author's text. What both texts have in common at the begin and at the end of a line keeps its place; what stands
    /// between them is at the begin of the change.
    /// </summary>
    private int Written(int offset)
    {
        // A guess that drops a separator of lines (U+2028 inside of a value) leaves no lines to compare: both texts are one line then.
        var keepsLines = _written.Count == _repaired.Count;
        var line = _repaired.LineOf(offset);
        var (from, to) = keepsLines ? _repaired.BoundsOf(line) : (0, repaired.Length);
        var (start, end) = keepsLines ? _written.BoundsOf(line) : (0, written.Length);
        var shortest = Math.Min(to - from, end - start);
        var same = 0;
        while (same < shortest && repaired[from + same] == written[start + same])
        {
            same++;
        }

        var sameAtEnd = 0;
        while (sameAtEnd < shortest - same && repaired[to - 1 - sameAtEnd] == written[end - 1 - sameAtEnd])
        {
            sameAtEnd++;
        }

        return offset - from <= same ? start + offset - from
            : to - offset <= sameAtEnd ? end - (to - offset)
            : start + same;
    }
}

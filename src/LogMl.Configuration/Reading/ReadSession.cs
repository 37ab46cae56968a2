using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>The state that the readers of one file share.</summary>
internal sealed class ReadSession(string text, DiagnosticBag diagnostics, CancellationToken cancellation)
{
    private readonly Dictionary<string, SourceSpan> _positions = new(StringComparer.Ordinal);

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public KeyComments Comments { get; } = new(text);

    public TakenNames Names { get; } = new(diagnostics);

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>
    /// Whether a mistake hides parameters of the file. Then something that is missing because of it is no mistake of its own.
    /// </summary>
    public bool IsIncomplete { get; set; }

    /// <summary>
    /// Whether a branch whose name is a value, <c>{type: svm, c: ...}</c>, is reported. It is one mistake in all options of a file.
    /// </summary>
    public bool HasNameAsValue { get; set; }

    /// <summary>Whether what is read is in a branch of which a reported mistake hides parameters.</summary>
    public bool IsBranchIncomplete { get; set; }

    /// <summary>Records the position of the key of a path. The first one counts.</summary>
    public void Mark(string path, YamlNode key)
    {
        if (!_positions.ContainsKey(path))
        {
            _positions.Add(path, Diagnostics.SpanOf(key));
        }
    }

    /// <summary>
    /// Whether a parameter without a distribution has none because of a mistake, which is reported: the space has it, or may have it.
    /// </summary>
    public bool HasMistakeIn(string path) => IsIncomplete || _positions.ContainsKey(path);

    public SourceMap Positions() => new(_positions
        .Select(position => new SourceMapEntry(position.Key, position.Value))
        .OrderBy(entry => entry.Path, StringComparer.Ordinal)
        .ToEquatableArray());
}

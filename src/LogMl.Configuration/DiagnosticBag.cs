using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration;

/// <summary>Collects the diagnostics of one file.</summary>
internal sealed class DiagnosticBag(LineMap lines)
{
    /// <summary>The greatest number of names that a message lists.</summary>
    private const int MaxListed = 24;

    private readonly HashSet<ConfigurationDiagnostic> _found = [];
    private bool _closed;

    /// <summary>Whether something made the rest of the file unreliable, so that its meaning is unknown.</summary>
    public bool IsClosed => _closed;

    private bool IsFull => _closed || _found.Count >= YamlLimits.Diagnostics;

    public SourceSpan SpanOf(YamlNode node) => lines.Span(node.Start, node.End);

    /// <summary>The 1-based line of an offset, for messages.</summary>
    public int LineOf(int offset) => lines.LineOf(offset) + 1;

    public void Report(DiagnosticDefinition definition, YamlNode node, params string[] arguments)
    {
        if (!node.IsInvalid)
        {
            Report(definition, node.Start, node.End, arguments);
        }
    }

    public void Report(DiagnosticDefinition definition, int start, int end, params string[] arguments)
    {
        // A set, because a node with several aliases is read, and reported, several times.
        if (!IsFull)
        {
            _found.Add(new ConfigurationDiagnostic(definition.Id, lines.Span(start, end), arguments.ToEquatableArray()));
        }
    }

    /// <summary>
    /// Reports what makes the rest of the file unreliable, and drops all other diagnostics: what is found in the rest would only be
    /// consequences.
    /// </summary>
    public void ReportOnly(DiagnosticDefinition definition, int start, int end, params string[] arguments)
    {
        if (!_closed)
        {
            _found.Clear();
            Report(definition, start, Math.Min(end, lines.EndOfLine(start)), arguments);
            _closed = true;
        }
    }

    /// <summary>"; did you mean 'x'? There are: x, y": what was probably meant, and what could stand there.</summary>
    public string Choices(string typed, IReadOnlyCollection<string> candidates)
    {
        if (IsFull || candidates.Count == 0)
        {
            return "";
        }

        var list = string.Join(", ", candidates.Take(MaxListed).Select(YamlScalar.Display)) + (candidates.Count > MaxListed ? ", ..." : "");
        return Suggest(typed, candidates) is { Length: > 0 } suggestion ? $"{suggestion} There are: {list}" : $"; there are: {list}";
    }

    /// <summary>"; did you mean 'x'?" when a candidate is near to what was typed, else nothing.</summary>
    public string Suggest(string typed, IEnumerable<string> candidates, string prefix = "") =>
        Nearest(typed, candidates) is { } name ? $"; did you mean '{prefix}{name}'?" : "";

    /// <summary>The candidate that was probably meant, or null. The work is bounded for files with many typing errors.</summary>
    public string? Nearest(string typed, IEnumerable<string> candidates) =>
        IsFull ? null : NearestName.Find(typed, candidates.Take(YamlLimits.Diagnostics));

    public EquatableArray<ConfigurationDiagnostic> ToArray() =>
        _found.OrderBy(diagnostic => diagnostic.Span.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal).ToEquatableArray();
}

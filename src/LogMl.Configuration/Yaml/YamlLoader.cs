using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LogMl.Configuration.Yaml;

/// <summary>
/// Builds the tree of a document from the events of YamlDotNet's parser, without recursion and within <see cref="YamlLimits"/>. A text that
/// cannot be parsed gets one diagnostic, and the tree of what comes before the error.
/// </summary>
internal sealed class YamlLoader
{
    private const string StandardTag = "tag:yaml.org,2002:";

    private readonly DiagnosticBag _diagnostics;
    private readonly int _offset;
    private readonly string _text;
    private readonly Stack<OpenCollection> _open = new();
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private YamlNode? _root;
    private SyntaxError? _error;
    private int _weight;

    private YamlLoader(string text, DiagnosticBag diagnostics)
    {
        // A byte-order mark is not part of the document, but the positions count it.
        _offset = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        _text = text;
        _diagnostics = diagnostics;
    }

    /// <summary>The root of the document, or null when the file has none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="error">Where the text is no YAML; null when it is.</param>
    public static YamlNode? Load(string text, DiagnosticBag diagnostics, CancellationToken cancellation, out SyntaxError? error)
    {
        var loader = new YamlLoader(text, diagnostics);
        loader.Run(cancellation);
        error = loader._error;
        return loader._root;
    }

    private void Run(CancellationToken cancellation)
    {
        var scanner = new LookaheadScanner(new Scanner(new StringReader(_text.Substring(_offset)), skipComments: true));
        var parser = new Parser(scanner);
        try
        {
            while (parser.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                if (!Accept(parser.Current!))
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ReportMalformed(SyntaxError.From(exception, _text, _offset, scanner.CurrentPosition));
        }

        while (_open.Count > 0)
        {
            Add(Close(end: null));
        }
    }

    /// <summary>Processes one event. Returns false when reading must stop.</summary>
    private bool Accept(ParsingEvent current)
    {
        switch (current)
        {
            case DocumentStart when _root is not null:
                _diagnostics.ReportOnly(ConfigurationDiagnostics.SeveralDocuments, Start(current), End(current));
                return false;
            case Scalar scalar:
                return Add(Anchored(scalar, Read(scalar)), scalar);
            case AnchorAlias alias:
                return Resolve(alias) is { } target && Add(target, alias);
            case SequenceStart sequence:
                return Open(sequence, isMapping: false, sequence.Style == SequenceStyle.Flow);
            case MappingStart mapping:
                return Open(mapping, isMapping: true, mapping.Style == MappingStyle.Flow);
            case SequenceEnd or MappingEnd:
                Add(Close(current));
                return true;
            default:
                return true;
        }
    }

    private YamlScalar Read(Scalar scalar)
    {
        var customTag = CustomTag(scalar.Tag);
        var isPlain = scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.Value is not ("!" or StandardTag + "str"));
        return new YamlScalar(scalar.Value, isPlain, Start(scalar), End(scalar))
        {
            CustomTag = customTag,
            IsInvalid = customTag is not null,
            TaggedKind = scalar.Tag.IsEmpty ? null : scalar.Tag.Value switch
            {
                StandardTag + "bool" => ParameterKind.Bool,
                StandardTag + "int" => ParameterKind.Int,
                StandardTag + "float" => ParameterKind.Double,
                _ => null,
            },
        };
    }

    private YamlNode? Resolve(AnchorAlias alias)
    {
        var name = alias.Value.Value;
        if (_anchors.TryGetValue(name, out var target))
        {
            return target;
        }

        var reason = _open.Any(collection => collection.Anchor == name) ? "stands inside of what it repeats" : "has no anchor before it";
        _diagnostics.ReportOnly(ConfigurationDiagnostics.BadAlias, Start(alias), End(alias), YamlScalar.Display(name), reason);
        return null;
    }

    private bool Open(NodeEvent start, bool isMapping, bool isFlow)
    {
        if (_open.Count >= YamlLimits.Depth)
        {
            return ReportTooDeep(start);
        }

        _open.Push(new OpenCollection(start, isMapping, isFlow));
        return Count(1, start);
    }

    private YamlNode Close(ParsingEvent? end)
    {
        var collection = _open.Pop();
        var start = Start(collection.StartEvent);

        // The end event of a block collection has the position of the next token, after blank lines and comments.
        var contentEnd = collection.Children.Count > 0 ? collection.Children.Max(child => child.End) : End(collection.StartEvent);
        var nodeEnd = collection.IsFlow && end is not null ? EndOfBracket(end) : Math.Max(start, contentEnd);
        var customTag = CustomTag(collection.StartEvent.Tag);
        YamlNode node = collection.IsMapping
            ? new YamlMapping(collection.Pairs(_text), start, nodeEnd) { CustomTag = customTag, IsInvalid = customTag is not null }
            : new YamlSequence(collection.Children, start, nodeEnd) { CustomTag = customTag, IsInvalid = customTag is not null };
        return Anchored(collection.StartEvent, node);
    }

    private YamlNode Anchored(NodeEvent start, YamlNode node)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    /// <summary>Adds a node that is read or repeated, within the limits.</summary>
    private bool Add(YamlNode node, ParsingEvent at)
    {
        if (_open.Count + node.Height > YamlLimits.Depth)
        {
            return ReportTooDeep(at);
        }

        if (!Count(node.Weight, at))
        {
            return false;
        }

        Add(node);
        return true;
    }

    /// <summary>Counts nodes, each at most as heavy as the limit, so that the sum cannot overflow.</summary>
    private bool Count(int weight, ParsingEvent at)
    {
        _weight += weight;
        if (_weight <= YamlLimits.Nodes)
        {
            return true;
        }

        var limit = YamlLimits.Nodes.ToString("N0", CultureInfo.InvariantCulture);
        _diagnostics.ReportOnly(ConfigurationDiagnostics.TooManyNodes, Start(at), End(at), limit);
        return false;
    }

    private void Add(YamlNode node)
    {
        if (_open.Count == 0)
        {
            _root ??= node;
        }
        else
        {
            _open.Peek().Children.Add(node);
        }
    }

    private bool ReportTooDeep(ParsingEvent at)
    {
        var limit = YamlLimits.Depth.ToString(CultureInfo.InvariantCulture);
        _diagnostics.ReportOnly(ConfigurationDiagnostics.TooDeep, Start(at), End(at), limit);
        return false;
    }

    private void ReportMalformed(SyntaxError error)
    {
        if (_open.FirstOrDefault(collection => collection.IsFlow) is { } open)
        {
            var start = Start(open.StartEvent);
            error = error.WithOpenBracket(open.IsMapping ? '{' : '[', start, _diagnostics.LineOf(start));
        }

        _error = error;
        _diagnostics.ReportOnly(ConfigurationDiagnostics.MalformedYaml, error.Start, error.End, error.Reason);
    }

    private int Start(ParsingEvent current) => _offset + (int)current.Start.Index;

    private int End(ParsingEvent current) => _offset + (int)current.End.Index;

    /// <summary>The offset behind the closing bracket: the end event of a flow collection has the position before it.</summary>
    private int EndOfBracket(ParsingEvent end) => Math.Min(_text.Length, Start(end) + 1);

    /// <summary>The tag as the file would write it, or null when it is absent or one of YAML's own (<c>!!str</c> and the like).</summary>
    private static string? CustomTag(TagName tag)
    {
        if (tag.IsEmpty || tag.IsNonSpecific)
        {
            return null;
        }

        var isStandard = tag.Value.StartsWith(StandardTag, StringComparison.Ordinal);
        var name = isStandard ? tag.Value.Substring(StandardTag.Length) : tag.Value;
        return isStandard && name is "str" or "int" or "float" or "bool" or "null" or "seq" or "map"
            ? null
            : YamlScalar.Display(isStandard ? "!!" + name : name);
    }

    private sealed class OpenCollection(NodeEvent start, bool isMapping, bool isFlow)
    {
        public NodeEvent StartEvent { get; } = start;

        public bool IsMapping { get; } = isMapping;

        public bool IsFlow { get; } = isFlow;

        public string? Anchor { get; } = start.Anchor.IsEmpty ? null : start.Anchor.Value;

        /// <summary>The items; in a mapping, keys and values in turn.</summary>
        public List<YamlNode> Children { get; } = [];

        public List<YamlPair> Pairs(string text)
        {
            var pairs = new List<YamlPair>();
            for (var i = 0; i < Children.Count; i += 2)
            {
                var key = Children[i];
                var value = i + 1 < Children.Count ? Children[i + 1] : new YamlScalar("", isPlain: true, key.Start, key.End);

                // A missing value has no place of its own, so messages about it are placed at its key.
                pairs.Add(value is YamlScalar { Text: "", IsPlain: true }
                    ? new YamlPair(
                        key,
                        new YamlScalar("", isPlain: true, key.Start, key.End) { CustomTag = value.CustomTag, IsInvalid = value.IsInvalid })
                    {
                        IsBare = IsFlow && value.Start >= key.End && text.IndexOf(':', key.End, value.Start - key.End) < 0,
                    }
                    : new YamlPair(key, value));
            }

            return pairs;
        }
    }
}

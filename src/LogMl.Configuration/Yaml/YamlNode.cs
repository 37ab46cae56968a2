using LogMl.Configuration.Model;
using LogMl.Shared;

namespace LogMl.Configuration.Yaml;

/// <summary>
/// A node of the YAML document with its place in the text (UTF-16 offsets, end exclusive). An alias is not a node: it is the anchored node
/// itself, so a node may be reached on several ways.
/// </summary>
internal abstract class YamlNode(int start, int end)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>Whether the node is reported already as unreadable. Then consequences are not reported.</summary>
    public bool IsInvalid { get; init; }

    /// <summary>A custom tag such as <c>!include</c>, or null.</summary>
    public string? CustomTag { get; init; }

    /// <summary>Number of nodes in it, aliases expanded.</summary>
    public abstract int Weight { get; }

    /// <summary>Levels of collections in it, itself included; 0 for a scalar.</summary>
    public abstract int Height { get; }

    /// <summary>Its name in messages.</summary>
    public abstract string Description { get; }
}

internal sealed class YamlScalar(string text, bool isPlain, int start, int end) : YamlNode(start, end)
{
    private const int LongestShown = 60;

    public string Text { get; } = text;

    /// <summary>False for a scalar in quotes, a block scalar, and one tagged as a string: by themselves these are text.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <summary>The kind that a standard tag of YAML sets: <c>!!float 1</c> is a double. Null without such a tag.</summary>
    public ParameterKind? TaggedKind { get; init; }

    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override int Weight => 1;

    public override int Height => 0;

    public override string Description => IsNull ? "nothing" : "'" + Display(Text) + "'";

    /// <summary>A text in the form for messages: on one line, and cut when it is long.</summary>
    public static string Display(string text) =>
        ShortText.Of(text.Replace("\r", "\\r").Replace("\n", "\\n").Replace("\t", "\\t"), LongestShown);
}

internal sealed class YamlSequence(IReadOnlyList<YamlNode> items, int start, int end) : YamlNode(start, end)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override int Weight { get; } = 1 + items.Sum(item => item.Weight);

    public override int Height { get; } = 1 + items.Select(item => item.Height).DefaultIfEmpty().Max();

    public override string Description => Items.Count == 0 ? "an empty list" : "a list";
}

internal sealed class YamlMapping(IReadOnlyList<YamlPair> pairs, int start, int end) : YamlNode(start, end)
{
    /// <summary>The pairs as written: keys may repeat, be collections, or be merge keys.</summary>
    public IReadOnlyList<YamlPair> Pairs { get; } = pairs;

    public override int Weight { get; } = 1 + pairs.Sum(pair => pair.Key.Weight + pair.Value.Weight);

    public override int Height { get; } =
        1 + pairs.Select(pair => Math.Max(pair.Key.Height, pair.Value.Height)).DefaultIfEmpty().Max();

    public override string Description => "a mapping";
}

internal readonly record struct YamlPair(YamlNode Key, YamlNode Value)
{
    /// <summary>Whether it is a key alone, as flow style allows: <c>{ a, b: 1 }</c> has no colon after a.</summary>
    public bool IsBare { get; init; }
}

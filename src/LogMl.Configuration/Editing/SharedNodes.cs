using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Editing;

/// <summary>
/// Finds the nodes that a file has in several places: those with an anchor that some alias repeats, and what is in them. To change one
/// would change all these places.
/// </summary>
internal sealed class SharedNodes
{
    private readonly HashSet<YamlNode> _repeated = [];
    private readonly Dictionary<YamlNode, YamlNode> _shared = [];

    public SharedNodes(YamlNode root)
    {
        Count(root, []);
        foreach (var node in _repeated)
        {
            Mark(node, node);
        }
    }

    /// <summary>The anchored node that is a node or around it and stands in several places; null when there is none.</summary>
    public YamlNode? Around(YamlNode node) => _shared.TryGetValue(node, out var anchored) ? anchored : null;

    /// <summary>A node in this one that stands in several places; null when there is none.</summary>
    public YamlNode? Inside(YamlNode node) =>
        _repeated.Contains(node) ? node : Children(node).Select(Inside).FirstOrDefault(found => found is not null);

    /// <summary>A node that is reached a second time is repeated by an alias: an alias is the anchored node itself.</summary>
    private void Count(YamlNode node, HashSet<YamlNode> seen)
    {
        if (!seen.Add(node))
        {
            _repeated.Add(node);
            return;
        }

        foreach (var child in Children(node))
        {
            Count(child, seen);
        }
    }

    private void Mark(YamlNode node, YamlNode anchored)
    {
        if (!_shared.ContainsKey(node))
        {
            _shared.Add(node, anchored);
            foreach (var child in Children(node))
            {
                Mark(child, anchored);
            }
        }
    }

    private static IEnumerable<YamlNode> Children(YamlNode node) => node switch
    {
        YamlSequence sequence => sequence.Items,
        YamlMapping mapping => mapping.Pairs.SelectMany(pair => new[] { pair.Key, pair.Value }),
        _ => [],
    };
}

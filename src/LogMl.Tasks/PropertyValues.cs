using LogMl.Shared;
using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>The values of <see cref="SearchProperties"/> that are set. An empty property is not set.</summary>
/// <param name="items">An item for each property, with its value as metadata.</param>
internal sealed class PropertyValues(IEnumerable<ITaskItem> items)
{
    /// <summary>The name of the metadata with the value.</summary>
    public const string Metadata = "Value";

    private readonly Dictionary<string, string> _values = items
        .Select(item => (Name: item.ItemSpec, Value: item.GetMetadata(Metadata)))
        .Where(property => property.Value.Length > 0)
        .ToDictionary(property => property.Name, property => property.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a property, null when it is not set.</summary>
    public string? this[string property] => _values.TryGetValue(property, out var value) ? value : null;

    /// <summary>The overrides of the YAML, by key.</summary>
    public Dictionary<string, string> Overrides => SearchKeys.Table
        .Where(key => key.Property is { } property && _values.ContainsKey(property))
        .ToDictionary(key => key.Name, key => _values[key.Property!], StringComparer.Ordinal);

    /// <summary>Whether a property is true.</summary>
    public bool IsTrue(string property) => string.Equals(this[property], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a property is false. A property that is not set is not false.</summary>
    public bool IsFalse(string property) => string.Equals(this[property], "false", StringComparison.OrdinalIgnoreCase);
}

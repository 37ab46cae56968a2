using System.Collections.Immutable;

namespace LogMl.Generator.Switches;

/// <summary>What is known about a value and its properties.</summary>
internal sealed class KnownValue
{
    private readonly ImmutableSortedDictionary<string, ValuePart> _parts;

    private KnownValue(ImmutableSortedDictionary<string, ValuePart> parts) => _parts = parts;

    public static KnownValue Of(ValuePlace place, ValuePart part) =>
        new(ImmutableSortedDictionary.Create<string, ValuePart>(StringComparer.Ordinal).Add(place.Path, part));

    /// <summary>The part of the values at a place; null when it is not known.</summary>
    public ValuePart? At(ValuePlace place) => _parts.TryGetValue(place.Path, out var part) ? part : null;

    public KnownValue With(ValuePlace place, ValuePart part) => new(_parts.SetItem(place.Path, part));

    /// <summary>The value as a pattern: <c>ModelCreateClassifier.Svm { Kernel: ModelCreateClassifierSvmKernel.Rbf }</c>.</summary>
    /// <param name="place">The place of the value.</param>
    public string ToPattern(ValuePlace place) => place.Elements is { IsEmpty: false } elements
        ? "(" + string.Join(", ", elements.Select(
            element => At(element) is null && element.Elements.IsEmpty ? "_" : ToPattern(element))) + ")"
        : PatternAt(place.Path);

    private string PatternAt(string path)
    {
        var members = _parts.Keys
            .Where(key => key.Length > path.Length
                && key.StartsWith(path + ".", StringComparison.Ordinal) && key.IndexOf('.', path.Length + 1) < 0)
            .Select(key => key.Substring(path.Length + 1) + ": " + PatternAt(key))
            .ToList();
        var pattern = _parts[path].Pattern;
        return members.Count == 0 ? pattern
            : (pattern == ValuePart.NotNull ? "" : pattern + " ") + "{ " + string.Join(", ", members) + " }";
    }
}

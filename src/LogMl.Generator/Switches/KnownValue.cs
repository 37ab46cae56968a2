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
    public override string ToString() => PatternAt("");

    private string PatternAt(string path)
    {
        var members = _parts.Keys
            .Where(key => key.Length > path.Length
                && key.StartsWith(path + ".", StringComparison.Ordinal) && key.IndexOf('.', path.Length + 1) < 0)
            .Select(key => key.Substring(path.Length + 1) + ": " + PatternAt(key))
            .ToList();
        return _parts[path].Pattern + (members.Count == 0 ? "" : " { " + string.Join(", ", members) + " }");
    }
}

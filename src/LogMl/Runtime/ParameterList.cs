using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LogMl.Runtime;

/// <summary>Makes the lists of generated records, which are equal when their items are. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterList
{
    /// <summary>A copy of a list that is compared and printed by its items; null for null.</summary>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <param name="items">The items.</param>
    [return: NotNullIfNotNull(nameof(items))]
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T>? items) => items is null or List<T> ? items : new List<T>([.. items]);

    private sealed class List<T>(T[] items) : IReadOnlyList<T>
    {
        public int Count => items.Length;

        public T this[int index] => items[index];

        public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override bool Equals(object? obj) => obj is List<T> other && items.AsSpan().SequenceEqual(other.AsSpan());

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var item in items)
            {
                hash.Add(item);
            }

            return hash.ToHashCode();
        }

        public override string ToString() =>
            $"[{string.Join(", ", items.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))}]";

        private ReadOnlySpan<T> AsSpan() => items;
    }
}

using System.Collections;
using System.Collections.ObjectModel;

namespace LogMl.Optimization;

/// <summary>A list that only grows. One thread at a time may add to it. Any thread may read it at any time, without a lock.</summary>
/// <remarks>
/// The items below a count never change. So a snapshot is the array with a count. It takes the same time for a list of any length, and is
/// made only on demand.
/// </remarks>
internal sealed class AppendOnlyList<T> : IReadOnlyList<T>
{
    private const int FirstCapacity = 16;

    private T[] _items = [];
    private int _count;
    private ReadOnlyCollection<T> _snapshot = ReadOnlyCollection<T>.Empty;

    public int Count => Volatile.Read(ref _count);

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Volatile.Read(ref _items)[index];
        }
    }

    public void Add(T item)
    {
        var items = _items;
        if (_count == items.Length)
        {
            Array.Resize(ref items, Math.Max(FirstCapacity, 2 * items.Length));
        }

        // The count is written last, so that a reader of the new count also sees the new item.
        items[_count] = item;
        Volatile.Write(ref _items, items);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The items so far. The snapshot does not change when the list grows.</summary>
    public IReadOnlyList<T> Snapshot()
    {
        var count = Count;
        var snapshot = Volatile.Read(ref _snapshot);
        if (snapshot.Count != count)
        {
            snapshot = new ReadOnlyCollection<T>(new ArraySegment<T>(Volatile.Read(ref _items), 0, count));
            Volatile.Write(ref _snapshot, snapshot);
        }

        return snapshot;
    }

    public IEnumerator<T> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

namespace LogMl;

/// <summary>
/// What dataset_* stages gave, kept between the trials of one worker: the least recently used go first, and when memory gets short only
/// the newest of each step stays, which the trial that runs needs anyway. A stage that throws leaves nothing behind.
/// </summary>
internal sealed class StageCache
{
    /// <summary>With more keys than this the parameters of the stage are hardly ever drawn again.</summary>
    private const int MostEntries = 32;

    /// <summary>The share of the memory at which the garbage collector starts to work hard (GCMemoryInfo) that kept data may use.</summary>
    private const double MemoryShare = 0.8;

    private readonly Dictionary<(string Step, string Key), LinkedListNode<Entry>> _byKey = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Func<bool> _isMemoryShort;

    /// <param name="isMemoryShort">Asked whenever a result is kept; null: what the garbage collector reports.</param>
    public StageCache(Func<bool>? isMemoryShort = null) => _isMemoryShort = isMemoryShort ?? IsMemoryShort;

    public int Count => _byUse.Count;

    public async ValueTask<T> GetAsync<T>(string step, string key, Func<ValueTask<T>> compute)
    {
        if (_byKey.TryGetValue((step, key), out var kept))
        {
            _byUse.Remove(kept);
            _byUse.AddFirst(kept);
            return (T)kept.Value.Result!;
        }

        var value = await compute();
        Keep(step, key, value);
        return value;
    }

    private void Keep(string step, string key, object? value)
    {
        _byKey[(step, key)] = _byUse.AddFirst(new Entry(step, key, value));
        if (_byUse.Count > MostEntries)
        {
            Remove(_byUse.Last!);
        }

        if (_isMemoryShort())
        {
            KeepNewestOfEachStep();
        }
    }

    private void KeepNewestOfEachStep()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var node = _byUse.First; node is not null;)
        {
            var next = node.Next;
            if (!seen.Add(node.Value.Step))
            {
                Remove(node);
            }

            node = next;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byKey.Remove((node.Value.Step, node.Value.Key));
        _byUse.Remove(node);
    }

    private static bool IsMemoryShort()
    {
        var memory = GC.GetGCMemoryInfo();
        return memory.HighMemoryLoadThresholdBytes > 0 && memory.MemoryLoadBytes > MemoryShare * memory.HighMemoryLoadThresholdBytes;
    }

    private sealed record Entry(string Step, string Key, object? Result);
}

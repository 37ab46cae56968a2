namespace LogMl;

/// <summary>
/// Keeps the results of dataset_* stages between the trials of one worker. The least recently used go first. When memory gets short, only
/// the newest of each step stays, which the running trial needs anyway. A stage that throws leaves nothing in the cache.
/// </summary>
internal sealed class StageCache
{
    /// <summary>The greatest number of results. A stage with more keys than this hardly ever gets the same parameters again.</summary>
    private const int MaxEntries = 32;

    /// <summary>
    /// The cache shrinks when the memory load exceeds this share of the load at which the garbage collector starts to work hard
    /// (GCMemoryInfo).
    /// </summary>
    private const double MemoryShare = 0.8;

    private readonly Dictionary<(string Step, string Key), LinkedListNode<Entry>> _byKey = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Func<bool> _isMemoryShort;

    /// <param name="isMemoryShort">Called whenever a result is added; null to ask the garbage collector.</param>
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
        if (_byUse.Count > MaxEntries)
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

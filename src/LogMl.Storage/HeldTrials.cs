namespace LogMl.Storage;

/// <summary>
/// The trials that this process runs, for all studies of one storage. The database knows only the process. Without this, two objects for
/// the same study would each take the other's trials for ones whose creation got no answer from the database.
/// </summary>
internal sealed class HeldTrials
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _ids = [];

    /// <summary>Takes a trial and records it, under one lock, so that no other object sees it taken but unrecorded.</summary>
    /// <param name="take">Takes a trial from the storage. Returns its key, or null when there was none to take.</param>
    public long? Add(Func<long?> take)
    {
        lock (_lock)
        {
            var id = take();
            if (id is { } taken)
            {
                _ids.Add(taken);
            }

            return id;
        }
    }

    public bool Contains(long id)
    {
        lock (_lock)
        {
            return _ids.Contains(id);
        }
    }

    public void Remove(long id)
    {
        lock (_lock)
        {
            _ids.Remove(id);
        }
    }
}

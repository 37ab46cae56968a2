namespace LogMl.Storage;

/// <summary>
/// The trials that the studies of one storage run in this process. The storage knows the process only: without this, two objects for one
/// study would take each other's trials for ones of which the answer of the database was lost.
/// </summary>
internal sealed class HeldTrials
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _ids = [];

    /// <summary>Takes a trial, and holds it before anybody can see that it was taken.</summary>
    /// <param name="take">Takes it from the storage; null when it was not to be had.</param>
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

using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// A sample of fixed size of all trials, which limits the cost of the density of the bad ones. It consists of the trials whose numbers have
/// the smallest hashes (a bottom-k sketch), so it depends on their numbers alone.
/// </summary>
internal sealed class BadSample(int size)
{
    private readonly (ulong Hash, int Trial)[] _smallest = new (ulong, int)[size];
    private int _seen;

    public int Count { get; private set; }

    public int this[int index] => _smallest[index].Trial;

    public void Update(int trialCount)
    {
        for (; _seen < trialCount; _seen++)
        {
            var hash = RandomStream.Mix((ulong)_seen + RandomStream.GoldenGamma);
            if (Count == size && hash > _smallest[size - 1].Hash)
            {
                continue;
            }

            var place = Array.BinarySearch(_smallest, 0, Count, (hash, _seen));
            place = place < 0 ? ~place : place;
            var moved = Math.Min(Count, size - 1) - place;
            Array.Copy(_smallest, place, _smallest, place + 1, moved);
            _smallest[place] = (hash, _seen);
            Count = Math.Min(Count + 1, size);
        }
    }
}

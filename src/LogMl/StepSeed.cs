namespace LogMl;

/// <summary>Derives the seed of a step from a seed and the step's name. It is the same on every machine and in every process.</summary>
internal static class StepSeed
{
    // FNV-1a (Fowler, Noll, Vo), 64 bit. string.GetHashCode would differ in every process.
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static int Of(long seed, string step)
    {
        var hash = OffsetBasis;
        for (var shift = 0; shift < 64; shift += 8)
        {
            hash = (hash ^ (byte)(seed >> shift)) * Prime;
        }

        hash = Add(hash, step + "\u001f");
        return (int)(hash ^ (hash >> 32)) & int.MaxValue;
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * Prime;
            hash = (hash ^ (byte)(c >> 8)) * Prime;
        }

        return hash;
    }
}

using System.Security.Cryptography;

namespace LogMl.Host.Search;

/// <summary>The seeds of a study and of its trials.</summary>
internal static class Seeds
{
    /// <summary>A new seed for a study that sets none. It is small enough to be typed.</summary>
    public static long New() => RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>
    /// The seed of one trial, from 0: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) of the
    /// study's seed and the trial's number. So a trial has the same seed whichever worker runs it, and whenever.
    /// </summary>
    public static long OfTrial(long studySeed, int number)
    {
        unchecked
        {
            var z = (ulong)studySeed + (((ulong)number + 1) * 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (long)((z ^ (z >> 31)) >> 1);
        }
    }
}

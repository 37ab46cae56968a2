namespace LogMl.Optimization.Numerics;

/// <summary>The random numbers of a trial as a <see cref="Random"/>, for custom samplers. They are the same on every machine.</summary>
internal sealed class TrialRandom(RandomStream stream) : Random
{
    public override double NextDouble() => stream.NextDouble();

    public override float NextSingle() => (stream.NextUInt64() >> 40) * (1f / (1 << 24));

    public override int Next() => (int)NextInt64(0, int.MaxValue);

    public override int Next(int maxValue) => (int)NextInt64(0, maxValue);

    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    public override long NextInt64() => NextInt64(0, long.MaxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    // As in Random, an empty range gives its lower bound.
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var count = unchecked((ulong)maxValue - (ulong)minValue);
        return count == 0 ? minValue : unchecked(minValue + (long)stream.NextBelow(count));
    }

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var item in buffer)
        {
            item = (byte)(stream.NextUInt64() >> 56);
        }
    }

    protected override double Sample() => stream.NextDouble();
}

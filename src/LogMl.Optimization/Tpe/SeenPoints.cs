using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// The points of a study without continuous parameters, which a search may propose again. Points with a continuous parameter practically
/// never repeat and are not stored.
/// </summary>
internal sealed class SeenPoints(History history)
{
    private readonly bool _areAllNew = history.Parameters.Any(parameter => parameter.Parent is null && IsContinuous(parameter));
    private readonly HashSet<ulong> _seen = [];
    private readonly double[] _row = new double[history.Parameters.Count];
    private int _count;

    public void Update()
    {
        if (_areAllNew)
        {
            return;
        }

        for (; _count < history.Count; _count++)
        {
            for (var a = 0; a < _row.Length; a++)
            {
                _row[a] = history.Column(a)[_count];
            }

            if (HashOf(_row) is { } hash)
            {
                _seen.Add(hash);
            }
        }
    }

    public bool Contains(ReadOnlySpan<double> values) => !_areAllNew && HashOf(values) is { } hash && _seen.Contains(hash);

    // Null for a point with a continuous parameter. With 64 bits, the probability that two of a million points share a hash is 3e-8.
    private ulong? HashOf(ReadOnlySpan<double> values)
    {
        var hash = RandomStream.GoldenGamma;
        for (var a = 0; a < values.Length; a++)
        {
            var exists = !double.IsNaN(values[a]);
            if (exists && IsContinuous(history.Parameters[a]))
            {
                return null;
            }

            hash = RandomStream.Mix(hash ^ (exists ? BitConverter.DoubleToUInt64Bits(values[a] + 0.0) : ulong.MaxValue));
        }

        return hash;
    }

    private static bool IsContinuous(Parameter parameter) => parameter.Distribution is NumericDistribution { Quantum: null };
}

using LogMl.Optimization;

namespace LogMl.Storage.Encoding;

/// <summary>Values of parameters as the storage has them.</summary>
internal static class StoredValue
{
    /// <summary>By how much, relative to the step or to the value, another program's arithmetic may be off.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The value of the distribution that a stored number means. Another program computes the points of a grid in its own way, and includes upper bounds.</summary>
    /// <returns>Null when the distribution has no such value.</returns>
    public static double? Read(Distribution distribution, double stored)
    {
        if (distribution.Contains(stored))
        {
            return stored;
        }

        if (distribution is not NumericDistribution number || !double.IsFinite(stored))
        {
            return null;
        }

        var near = number.Quantum is { } q
            ? Math.Round(stored / q, MidpointRounding.ToEven) * q
            : stored >= number.Highest ? Math.Max(number.Lowest, Math.BitDecrement(number.Highest)) : Math.Max(number.Lowest, stored);
        var scale = number.Quantum ?? Math.Abs(near);
        return Math.Abs(near - stored) <= Tolerance * scale && distribution.Contains(near) ? near : null;
    }

    /// <summary>The number that stands for a value of the distribution. <see cref="Read"/> gives the value back, to the last digit.</summary>
    public static double Write(Distribution distribution, double value) =>
        distribution is NumericDistribution { Quantum: { } q, IsInteger: false } ? StoredDistribution.Multiple(Math.Round(value / q, MidpointRounding.ToEven), q) : value;
}

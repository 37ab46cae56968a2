using LogMl.Optimization;

namespace LogMl.Storage.Encoding;

/// <summary>Values of parameters as the storage has them.</summary>
internal static class StoredValue
{
    /// <summary>The value of the distribution that a stored number means. Another program computes the points of a grid in its own way.</summary>
    /// <returns>Null when the distribution has no such value.</returns>
    public static double? Read(Distribution distribution, double stored) => distribution.ValueOf(stored);

    /// <summary>The number that stands for a value of the distribution. <see cref="Read"/> gives the value back, to the last digit.</summary>
    public static double Write(Distribution distribution, double value) =>
        distribution is NumericDistribution { Quantum: { } q, IsInteger: false } ? StoredDistribution.Multiple(Math.Round(value / q, MidpointRounding.ToEven), q) : value;
}
